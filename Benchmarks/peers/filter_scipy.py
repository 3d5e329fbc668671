"""Band-pass 20-450 Hz, notch 50 Hz and harmonics, rectification and a 6 Hz envelope, zero phase.

usage: filter_scipy.py ARCHIVE_FOLDER
reads /emg of every recording of a MyoTask archive, filters it with scipy.signal.sosfiltfilt in
double precision channel by channel (scipy's faster form) and writes nothing; prints one JSON line:
samples, seconds of the filtering alone and of reading, peak resident memory.
"""

import glob
import json
import os
import resource
import sys
import time

import h5py
import numpy as np
from scipy import signal


def chain(rate):
    sections = [signal.butter(4, [20, 450], btype="bandpass", fs=rate, output="sos")]
    for harmonic in (50, 100, 150, 200):
        sections.append(signal.tf2sos(*signal.iirnotch(harmonic, 30, fs=rate)))
    return np.vstack(sections), signal.butter(4, 6, fs=rate, output="sos")


def main():
    read_seconds = filter_seconds = 0.0
    values = 0
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*", "*", "*.h5"))):
        begin = time.perf_counter()
        with h5py.File(path, "r") as file:
            samples = file["emg"][()]
            rate = float(file.attrs["sampling_rate_hz"])
        read_seconds += time.perf_counter() - begin
        begin = time.perf_counter()
        linear, envelope = chain(rate)
        result = np.empty_like(samples)
        for channel in range(samples.shape[1]):
            column = samples[:, channel].astype(np.float64)
            column = np.abs(signal.sosfiltfilt(linear, column))
            result[:, channel] = signal.sosfiltfilt(envelope, column)
        filter_seconds += time.perf_counter() - begin
        values += result.size
    print(
        json.dumps(
            {
                "values": values,
                "seconds": filter_seconds,
                "read_seconds": read_seconds,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
