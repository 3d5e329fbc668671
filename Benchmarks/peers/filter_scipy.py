"""Band-pass 20-450 Hz, notch 50 Hz and harmonics, rectification and a 6 Hz envelope, zero phase.

usage: filter_scipy.py ARCHIVE_FOLDER OUTPUT_FOLDER
reads /emg of every recording of a MyoTask archive, filters it with scipy.signal.sosfiltfilt in
double precision channel by channel (scipy's faster form) and writes it with the compression that
MyoTask uses; prints one JSON line: values, seconds of the filtering alone and of everything, both
without imports.
"""

import glob
import json
import os
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
    source, target = sys.argv[1:]
    os.makedirs(target, exist_ok=True)
    filter_seconds = 0.0
    values = 0
    whole = time.perf_counter()
    for number, path in enumerate(sorted(glob.glob(os.path.join(source, "*", "*", "*.h5")))):
        with h5py.File(path, "r") as file:
            samples = file["emg"][()]
            rate = float(file.attrs["sampling_rate_hz"])
        begin = time.perf_counter()
        linear, envelope = chain(rate)
        result = np.empty_like(samples)
        for channel in range(samples.shape[1]):
            column = samples[:, channel].astype(np.float64)
            column = np.abs(signal.sosfiltfilt(linear, column))
            result[:, channel] = signal.sosfiltfilt(envelope, column)
        filter_seconds += time.perf_counter() - begin
        values += result.size
        with h5py.File(os.path.join(target, f"{number}.h5"), "w") as file:
            file.create_dataset(
                "emg", data=result, chunks=(1024, result.shape[1]), shuffle=True,
                compression="gzip", compression_opts=1, fletcher32=True)
    print(
        json.dumps(
            {
                "values": values,
                "filter_seconds": filter_seconds,
                "seconds": time.perf_counter() - whole,
            }
        )
    )


if __name__ == "__main__":
    main()
