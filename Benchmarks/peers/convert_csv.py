"""Converts a recording's CSV to HDF5 as a notebook does: reads it, hashes it, writes signal and labels
with the compression that MyoTask uses.

usage: convert_csv.py {pandas,polars,loadtxt} FILE OUTPUT.h5
prints one JSON line: rows, seconds of reading alone and of everything, both without imports.
"""

import hashlib
import json
import sys
import time

import h5py
import numpy as np


def main():
    tool, path, output = sys.argv[1:]
    if tool == "pandas":
        import pandas

        begin = time.perf_counter()
        frame = pandas.read_csv(path)
        emg = frame[[name for name in frame.columns if name.startswith("emg")]].to_numpy(np.float32)
        labels = frame["gt"].to_numpy(np.uint8)
    elif tool == "polars":
        import polars

        begin = time.perf_counter()
        frame = polars.read_csv(path)
        emg = frame.select("^emg.*$").to_numpy().astype(np.float32)
        labels = frame["gt"].to_numpy().astype(np.uint8)
    else:
        begin = time.perf_counter()
        table = np.loadtxt(path, delimiter=",", skiprows=1, usecols=[1, *range(5, 13)])
        emg, labels = table[:, 1:].astype(np.float32), table[:, 0].astype(np.uint8)
    reading = time.perf_counter() - begin
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    filters = {"shuffle": True, "compression": "gzip", "compression_opts": 1, "fletcher32": True}
    with h5py.File(output, "w") as file:
        file.create_dataset("emg", data=emg, chunks=(2048, emg.shape[1]), **filters)
        file.create_dataset("label", data=labels, chunks=(65536,), **filters)
        file.attrs["source_sha256"] = digest
    print(
        json.dumps(
            {
                "rows": int(emg.shape[0]),
                "read_seconds": reading,
                "seconds": time.perf_counter() - begin,
            }
        )
    )


if __name__ == "__main__":
    main()
