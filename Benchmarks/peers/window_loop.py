"""What the field's programs do to make windows of one recording: a NumPy array of all of them, filled window by
window, scaled by the support's mean and spread.

usage: window_loop.py RECORDING.h5 [--window N] [--stride N]
prints one JSON line: wall and CPU seconds without reading, bytes of the windows, how many.
"""

import argparse
import json
import resource
import time

import h5py
import numpy as np


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recording")
    parser.add_argument("--window", type=int, default=200)
    parser.add_argument("--stride", type=int, default=1)
    options = parser.parse_args()
    with h5py.File(options.recording) as file:
        signal, labels = file["emg"][()].astype(np.float64), file["label"][()]
    begin, spent = time.perf_counter(), time.process_time()
    half = len(signal) // 4
    signal = (signal - signal[:half].mean(axis=0)) / signal[:half].std(axis=0)
    count = (len(signal) - options.window) // options.stride + 1
    windows = np.zeros((count, options.window, signal.shape[1]))
    chosen = np.zeros(count)
    for index in range(count):
        start = index * options.stride
        windows[index] = signal[start : start + options.window]
        chosen[index] = labels[start + options.window - 1]
    print(json.dumps({
        "wall": time.perf_counter() - begin, "cpu": time.process_time() - spent, "windows": count,
        "bytes": windows.nbytes, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
