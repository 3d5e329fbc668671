"""Writes and reads one signal with h5py, with the chunks, filters and level of MyoTask's archive.

usage: hdf5_h5py.py make  SAMPLES.f32 [--seconds 600] [--channels 16]
       hdf5_h5py.py write SAMPLES.f32 FILE.h5 [--channels 16] [--chunk-rows 4096] [--level 1] [--repeats 1]
       hdf5_h5py.py read  FILE.h5 [--repeats 1]
"make" writes EMG-like samples: noise whose strength comes and goes, in whole steps of a 16-bit
converter, at 2 kHz. The others print one JSON line as `myotask-bench hdf5-write` and `hdf5-read` do:
bytes of the values, bytes of the file, wall and CPU seconds of each run without imports, sum of values.
"""

import argparse
import json
import os
import resource
import time

import h5py
import numpy as np


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def make(arguments):
    rate, step = 2000, np.float32(0.195)
    random = np.random.default_rng(1)
    rows = arguments.seconds * rate
    time_s = np.arange(rows) / rate
    with open(arguments.samples, "wb") as file:
        for start in range(0, rows, 1 << 16):
            moment = time_s[start : start + (1 << 16), None]
            phase = np.arange(arguments.channels)[None, :] * 0.7
            strength = 8 + 150 * np.maximum(0, np.sin(2 * np.pi * moment / 6 + phase)) ** 2
            counts = np.rint(random.standard_normal(strength.shape) * strength)
            (counts.astype(np.float32) * step).tofile(file)


def write(arguments):
    values = np.fromfile(arguments.samples, np.float32).reshape(-1, arguments.channels)
    wall, cpu = [], []
    for _ in range(arguments.repeats):
        if os.path.exists(arguments.file):
            os.remove(arguments.file)
        begin, spent = time.perf_counter(), processor_seconds()
        with h5py.File(arguments.file, "w") as file:
            file.create_dataset(
                "emg",
                data=values,
                chunks=(arguments.chunk_rows, arguments.channels),
                shuffle=True,
                compression="gzip",
                compression_opts=arguments.level,
                fletcher32=True,
            )
        wall.append(time.perf_counter() - begin)
        cpu.append(processor_seconds() - spent)
    report(arguments.file, values, wall, cpu)


def read(arguments):
    wall, cpu = [], []
    for _ in range(arguments.repeats):
        begin, spent = time.perf_counter(), processor_seconds()
        with h5py.File(arguments.file, "r") as file:
            values = file["emg"][()]
        wall.append(time.perf_counter() - begin)
        cpu.append(processor_seconds() - spent)
    report(arguments.file, values, wall, cpu)


def report(path, values, wall, cpu):
    print(
        json.dumps(
            {
                "bytes": values.nbytes,
                "file_bytes": os.path.getsize(path),
                "wall": wall,
                "cpu": cpu,
                "sum": float(values.sum(dtype=np.float64)),
            }
        )
    )


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("make")
    command.add_argument("samples")
    command.add_argument("--seconds", type=int, default=600)
    command.add_argument("--channels", type=int, default=16)
    command.set_defaults(run=make)
    command = commands.add_parser("write")
    command.add_argument("samples")
    command.add_argument("file")
    command.add_argument("--channels", type=int, default=16)
    command.add_argument("--chunk-rows", type=int, default=4096)
    command.add_argument("--level", type=int, default=1)
    command.add_argument("--repeats", type=int, default=1)
    command.set_defaults(run=write)
    command = commands.add_parser("read")
    command.add_argument("file")
    command.add_argument("--repeats", type=int, default=1)
    command.set_defaults(run=read)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
