"""Computes scipy.json beside this file; see HOW-MADE.md."""

import json
import pathlib

import numpy
import scipy
from scipy import signal


def synthetic(count, channels, rate):
    """The input of every case. SyntheticSignal.swift computes the same numbers."""
    state = 12345
    values = numpy.empty((count, channels))
    for sample in range(count):
        for channel in range(channels):
            state = (1664525 * state + 1013904223) % 2**32
            noise = state / 2**32 - 0.5
            hum = numpy.sin(2 * numpy.pi * ((50 * sample) % rate) / rate)
            burst = 1.0 if (sample // 400) % 2 else 0.25
            values[sample, channel] = 200 * burst * noise + 20 * hum + 30 * (channel + 1)
    return values


def probes(count):
    """Which samples are kept: both ends, and about 60 between."""
    return sorted(set(range(0, min(8, count))) | set(range(max(0, count - 8), count))
                  | set(range(0, count, count // 60 + 1)))


CASES = []


def case(name, engine, rate, count, stages, result, **extra):
    keep = probes(count)
    CASES.append({
        "name": name, "engine": engine, "rate_hz": rate, "count": count, "channels": 2,
        "stages": stages, "peak": float(numpy.abs(result).max()), "samples": keep,
        "values": [list(map(float, result[i])) for i in keep], **extra})


def butter(kind, corners, order, rate):
    return signal.butter(order, corners, btype=kind, fs=rate, output="sos")


def notches(rate, mains, quality, harmonics):
    return numpy.vstack([signal.tf2sos(*signal.iirnotch(mains * k, quality, fs=rate))
                         for k in range(1, harmonics + 1)])


BAND = {"band_pass": {"low_hz": 20, "high_hz": 450, "order": 4}}
NOTCH = {"notch": {"mains_hz": 50, "q": 30, "harmonics": 1}}
LOW = {"low_pass": {"cutoff_hz": 6, "order": 4}}

FILTERS = [
    ("band-pass", 2000, [BAND], butter("bandpass", [20, 450], 4, 2000)),
    ("band-pass odd order", 2000, [{"band_pass": {"low_hz": 30, "high_hz": 300, "order": 3}}],
     butter("bandpass", [30, 300], 3, 2000)),
    ("band-pass 200 Hz", 200, [{"band_pass": {"low_hz": 20, "high_hz": 90, "order": 4}}],
     butter("bandpass", [20, 90], 4, 200)),
    ("high-pass", 2000, [{"high_pass": {"cutoff_hz": 20, "order": 2}}],
     butter("highpass", 20, 2, 2000)),
    ("high-pass odd order", 1000, [{"high_pass": {"cutoff_hz": 15, "order": 5}}],
     butter("highpass", 15, 5, 1000)),
    ("low-pass", 2000, [LOW], butter("lowpass", 6, 4, 2000)),
    ("low-pass first order", 100, [{"low_pass": {"cutoff_hz": 3, "order": 1}}],
     butter("lowpass", 3, 1, 100)),
    ("band-stop", 2000, [{"band_stop": {"low_hz": 45, "high_hz": 55, "order": 2}}],
     butter("bandstop", [45, 55], 2, 2000)),
    ("band-stop odd order", 1000, [{"band_stop": {"low_hz": 90, "high_hz": 130, "order": 3}}],
     butter("bandstop", [90, 130], 3, 1000)),
    ("notch", 2000, [NOTCH], notches(2000, 50, 30, 1)),
    ("notch harmonics", 2000, [{"notch": {"mains_hz": 50, "q": 30, "harmonics": 4}}],
     notches(2000, 50, 30, 4)),
    ("fused band-pass and notch", 2000, [BAND, NOTCH],
     numpy.vstack([butter("bandpass", [20, 450], 4, 2000), notches(2000, 50, 30, 1)])),
]

for name, rate, stages, sos in FILTERS:
    x = synthetic(3000, 2, rate)
    case(name, "sosfilt", rate, 3000, stages, signal.sosfilt(sos, x, axis=0))
    case(name, "sosfiltfilt", rate, 3000, stages, signal.sosfiltfilt(sos, x, axis=0))
    # Long enough to have an interior beyond the ring-in of a narrow notch on both sides.
    x = synthetic(40000, 2, rate)
    case(name, "interior", rate, 40000, stages, signal.sosfiltfilt(sos, x, axis=0))

x = synthetic(40000, 2, 2000)
band = signal.sosfiltfilt(butter("bandpass", [20, 450], 4, 2000), x, axis=0)
low = butter("lowpass", 6, 4, 2000)
case("linear envelope", "interior", 2000, 40000,
     [BAND, {"envelope": {"cutoff_hz": 6, "order": 4}}],
     signal.sosfiltfilt(low, numpy.abs(band), axis=0))
x = synthetic(3000, 2, 2000)
band = signal.sosfilt(butter("bandpass", [20, 450], 4, 2000), x, axis=0)
case("linear envelope", "sosfilt", 2000, 3000,
     [BAND, {"rectify": {}}, LOW], signal.sosfilt(low, numpy.abs(band), axis=0))

WELCH = []
for rate, count, length in [(2000, 3000, 256), (2000, 3000, 1024), (200, 500, 255),
                            (1000, 100, 256)]:
    x = synthetic(count, 2, rate)[:, 0]
    frequencies, density = signal.welch(x, rate, nperseg=min(length, count))
    WELCH.append({"rate_hz": rate, "count": count, "segment": length,
                  "frequencies": list(map(float, frequencies)),
                  "density": list(map(float, density))})

HALF_POWER = []
for name, rate, stages, sos in FILTERS:
    for passes in (1, 2):
        # Where |H|^passes crosses 1/sqrt(2), by bisection between a grid's neighbors.
        def excess(hertz):
            _, response = signal.sosfreqz(sos, worN=[hertz], fs=rate)
            return abs(response[0]) ** passes - 0.5 ** 0.5
        if "harmonics" in name or "fused" in name:
            continue
        grid = numpy.concatenate([[1e-6], numpy.linspace(0.05, rate / 2 - 0.05, 40 * rate // 2),
                                  numpy.linspace(49, 51, 2001) if "notch" in name else []])
        grid = numpy.unique(grid)
        _, response = signal.sosfreqz(sos, worN=grid, fs=rate)
        above = abs(response) ** passes > 0.5 ** 0.5
        corners = []
        for i in numpy.flatnonzero(above[1:] != above[:-1]):
            from scipy.optimize import brentq
            corners.append(float(brentq(excess, grid[i], grid[i + 1], xtol=1e-11)))
        HALF_POWER.append({"name": name, "rate_hz": rate, "stages": stages, "passes": passes,
                           "corners": corners})



def lines(name, entries):
    """One entry a line, so that a change shows as one."""
    rows = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    return f'"{name}":[\n{rows}\n]'


path = pathlib.Path(__file__).with_name("scipy.json")
path.write_text(",\n".join([
    f'{{"scipy":"{scipy.__version__}","numpy":"{numpy.__version__}"', lines("cases", CASES),
    lines("welch", WELCH), lines("half_power", HALF_POWER)]) + "}\n")
