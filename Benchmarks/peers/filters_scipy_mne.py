"""Band-pass 20-450 Hz, notch 50 Hz with 4 harmonics, 6 Hz envelope on 16 channels at 2 kHz: what
`filter-bench` measures of MyoTask, in scipy and MNE, from memory to memory.

usage: filters_scipy_mne.py scipy|mne [--precision double|single] [--minutes 10] [--threads 1]
                            [--repeats 2]
       filters_scipy_mne.py stream [--chunks 20000]

scipy filters channel by channel, which is its fastest form; MNE designs FIR filters by its
automatic rules for the band and the notches and runs the envelope as `iir`, and has no threads.
`stream` is scipy's causal chain on chunks of 10 samples with its state carried. Prints one line of
JSON: seconds and CPU seconds of each repeat, without imports, or percentiles in microseconds.
"""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import signal

RATE = 2000
CHANNELS = 16


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


def mne_chain(columns, _):
    import mne

    quiet = {"verbose": "ERROR"}
    columns = mne.filter.filter_data(columns, RATE, 20, 450, copy=False, **quiet)
    columns = mne.filter.notch_filter(columns, RATE, [50, 100, 150, 200], copy=False, **quiet)
    np.abs(columns, out=columns)
    return mne.filter.filter_data(columns, RATE, None, 6, method="iir", copy=False, **quiet)


def offline(options):
    chain = scipy_chain if options.tool == "scipy" else mne_chain
    samples = options.minutes * 60 * RATE
    dtype = np.float64 if options.precision == "double" else np.float32
    noise = np.random.default_rng(1).standard_normal((CHANNELS, samples), dtype=dtype) * 50
    chain(noise[:, : 20 * RATE].copy(), options.threads)
    seconds, cpu = [], []
    for _ in range(options.repeats):
        columns = noise.copy()
        begin, begin_cpu = time.perf_counter(), time.process_time()
        chain(columns, options.threads)
        seconds.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - begin_cpu)
    return {"seconds": seconds, "cpu_seconds": cpu}


def stream(options):
    linear, envelope = sections()
    states = [np.zeros((len(part), 2, CHANNELS)) for part in (linear, envelope)]
    chunk = np.random.default_rng(1).normal(0, 50, (10, CHANNELS))
    times = np.empty(options.chunks)
    for index in range(options.chunks):
        begin = time.perf_counter()
        samples, states[0] = signal.sosfilt(linear, chunk, axis=0, zi=states[0])
        samples, states[1] = signal.sosfilt(envelope, np.abs(samples), axis=0, zi=states[1])
        times[index] = time.perf_counter() - begin
    return {"median_us": np.median(times) * 1e6, "p99_us": np.percentile(times, 99) * 1e6}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool", choices=["scipy", "mne", "stream"])
    parser.add_argument("--precision", choices=["double", "single"], default="double")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--chunks", type=int, default=20_000)
    options = parser.parse_args()
    print(json.dumps(stream(options) if options.tool == "stream" else offline(options)))


if __name__ == "__main__":
    main()
