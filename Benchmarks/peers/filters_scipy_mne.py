"""Band-pass 20-450 Hz, notch 50 Hz with 4 harmonics, 6 Hz envelope, zero phase: scipy, MNE and
MyoTask in turn, from memory to memory, in one run.

usage: filters_scipy_mne.py FILTER_BENCH [--minutes 10] [--rounds 3]

FILTER_BENCH is `.build/release/filter-bench` (`swift build -c release --product filter-bench`).
scipy filters channel by channel, which is its fastest form, on one and on two threads; MNE designs
FIR filters by its automatic rules for the band and the notches and runs the envelope as `iir`. Each
tool counts with its best number of threads. Prints a table of medians and ratios.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import signal

RATE = 2000


def sections():
    linear = [signal.butter(4, [20, 450], btype="bandpass", fs=RATE, output="sos")]
    for harmonic in (50, 100, 150, 200):
        linear.append(signal.tf2sos(*signal.iirnotch(harmonic, 30, fs=RATE)))
    return np.vstack(linear), signal.butter(4, 6, fs=RATE, output="sos")


def scipy_chain(columns, threads):
    linear, envelope = (part.astype(columns.dtype) for part in sections())

    def one(channel):
        column = np.abs(signal.sosfiltfilt(linear, columns[channel]))
        columns[channel] = signal.sosfiltfilt(envelope, column)

    if threads == 1:
        for channel in range(len(columns)):
            one(channel)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, range(len(columns))))


def mne_chain(columns):
    import mne

    quiet = {"verbose": "ERROR"}
    columns = mne.filter.filter_data(columns, RATE, 20, 450, copy=False, **quiet)
    columns = mne.filter.notch_filter(columns, RATE, [50, 100, 150, 200], copy=False, **quiet)
    np.abs(columns, out=columns)
    return mne.filter.filter_data(columns, RATE, None, 6, method="iir", copy=False, **quiet)


def timed(function, *arguments):
    begin = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    samples = options.minutes * 60 * RATE
    noise = np.random.default_rng(1).normal(0, 50, (16, samples))
    figures = {}
    peaks = {}

    def ours(engine, precision, threads):
        command = [options.bench, "offline", engine, precision, str(options.minutes), str(threads), "2"]
        result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        peaks[f"{engine} {precision}"] = result["peak_mb"] / result["signal_mb"]
        return min(result["seconds"])

    contestants = {
        "spectral double": lambda: min(ours("spectral", "double", n) for n in (1, 2)),
        "spectral single": lambda: min(ours("spectral", "single", n) for n in (1, 2)),
        "recursive double": lambda: min(ours("recursive", "double", n) for n in (1, 2)),
        "scipy double": lambda: min(timed(scipy_chain, noise.copy(), n) for n in (1, 2)),
        "scipy single": lambda: min(
            timed(scipy_chain, noise.astype(np.float32), n) for n in (1, 2)),
        "mne double": lambda: timed(mne_chain, noise.copy()),
    }
    for _ in range(options.rounds):
        for name, run in contestants.items():
            figures.setdefault(name, []).append(run())
    median = {name: statistics.median(values) for name, values in figures.items()}
    print("| tool | seconds | peak over signal |\n| --- | ---: | ---: |")
    for name, value in median.items():
        peak = f"{peaks[name]:.2f}" if name in peaks else ""
        print(f"| {name} | {value:.3f} | {peak} |")
    for left, right in [
        ("spectral double", "scipy double"), ("spectral double", "mne double"),
        ("spectral single", "scipy single"), ("recursive double", "scipy double"),
    ]:
        print(f"{left}: {median[right] / median[left]:.1f} times as fast as {right}")


if __name__ == "__main__":
    sys.exit(main())
