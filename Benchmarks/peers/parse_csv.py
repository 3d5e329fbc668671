"""Parses a recording's CSV into arrays on one thread: samples float32, labels uint8, times float64.

usage: parse_csv.py {pandas,polars,loadtxt} FILE
prints one JSON line: rows, wall and CPU seconds without imports, bytes of the arrays. Each tool reads only
the columns it needs, which is its fastest way.
"""

import json
import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np

NEEDED = ["gt", "time_elapsed", *(f"emg{channel}" for channel in range(8))]


def main():
    tool, path = sys.argv[1:]
    if tool == "pandas":
        import pandas

        begin = time.perf_counter(), time.process_time()
        frame = pandas.read_csv(path, engine="c", usecols=NEEDED)
        emg = frame[NEEDED[2:]].to_numpy(np.float32)
        labels = frame["gt"].to_numpy(np.uint8)
        times = frame["time_elapsed"].to_numpy(np.float64)
    elif tool == "polars":
        import polars

        begin = time.perf_counter(), time.process_time()
        frame = polars.read_csv(path, columns=NEEDED)
        emg = np.column_stack([frame[name].to_numpy().astype(np.float32) for name in NEEDED[2:]])
        labels = frame["gt"].to_numpy().astype(np.uint8)
        times = frame["time_elapsed"].to_numpy()
    else:
        begin = time.perf_counter(), time.process_time()
        table = np.loadtxt(path, delimiter=",", skiprows=1, usecols=[1, 2, *range(5, 13)])
        emg, labels = table[:, 2:].astype(np.float32), table[:, 0].astype(np.uint8)
        times = table[:, 1].copy()
    wall, cpu = time.perf_counter() - begin[0], time.process_time() - begin[1]
    print(
        json.dumps(
            {
                "rows": int(emg.shape[0]),
                "seconds": wall,
                "cpu_seconds": cpu,
                "array_bytes": emg.nbytes + labels.nbytes + times.nbytes,
            }
        )
    )


if __name__ == "__main__":
    main()
