"""Reads a recording's CSV into an EMG array and labels, as a notebook does.

usage: read_csv.py {pandas,polars,loadtxt} FILE
prints one JSON line: rows, seconds of the read without imports, peak resident memory.
"""

import json
import resource
import sys
import time

import numpy as np


def main():
    tool, path = sys.argv[1:]
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
    seconds = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "rows": int(emg.shape[0]),
                "checksum": float(emg.sum(dtype=np.float64)) + int(labels.sum(dtype=np.int64)),
                "seconds": seconds,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
