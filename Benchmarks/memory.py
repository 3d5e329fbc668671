"""Peak memory of `myotask convert` on sources that are larger than memory should have to be.

usage: memory.py MYOTASK [--gigabytes N] [--rows N]

Makes a recording of 5 million rows of CSV, one HDF5 recording of 5 GB in the layout of emg2qwerty, and an
archive of 5 GB of plain HDF5 recordings, converts each and prints the peak memory of the command and its
workers together, sampled twenty times a second, and the operating system's figure for the largest process. Needs three times the size on the disk.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "scratch", "memory")
BLOCK = 100_000


def noise(rows, columns, seed):
    """Band-limited numbers of a 16-bit converter in microvolts."""
    generator = np.random.default_rng(seed)
    return (generator.integers(-2_000, 2_000, (rows, columns)) * 0.25).astype(np.float32)


def table(myotask, rows):
    folder = os.path.join(WORK, "csv")
    # A cycle of that style has about 2,089 rows.
    cycles = rows // 2_089 + 1
    subprocess.run(
        [myotask, "synth", "--style", "myo", "--patients", "1", "--conditions", "1", "--cycles", str(cycles),
         "--output", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def keyboard(gigabytes):
    folder = os.path.join(WORK, "qwerty")
    os.makedirs(folder)
    kind = np.dtype([("time", "<f8"), ("emg_left", "<f4", (16,)), ("emg_right", "<f4", (16,))])
    rows = int(gigabytes * 1e9 / kind.itemsize)
    with h5py.File(os.path.join(folder, "session.hdf5"), "w") as file:
        group = file.create_group("emg2qwerty")
        group.attrs.update(session_name="session", user="1", condition="on_keyboard", duration_mins=rows / 120e3)
        series = group.create_dataset("timeseries", (rows,), kind, chunks=(4_096,))
        for start in range(0, rows, BLOCK):
            count = min(BLOCK, rows - start)
            block = np.empty(count, kind)
            block["time"] = 1.6e9 + np.arange(start, start + count) / 2_000
            block["emg_left"] = noise(count, 16, start)
            block["emg_right"] = noise(count, 16, start + 1)
            series[start:start + count] = block
    return folder


def archive(gigabytes, recordings=25):
    folder = os.path.join(WORK, "plain")
    rows = int(gigabytes * 1e9 / recordings / 64)
    for number in range(recordings):
        session = os.path.join(folder, f"2024_01_01_p{number}")
        os.makedirs(session)
        with h5py.File(os.path.join(session, f"p{number}_rest.h5"), "w") as file:
            emg = file.create_dataset("emg", (rows, 16), "<f4", chunks=(4_096, 16), compression="gzip",
                                      compression_opts=1, shuffle=True)
            emg.attrs["fs"] = 2_000.0
            for start in range(0, rows, BLOCK):
                count = min(BLOCK, rows - start)
                emg[start:start + count] = noise(count, 16, number * 10**9 + start)
    return folder


def size(folder):
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names)


def resident(root):
    """Bytes in memory of a process and its children together, what they share counted once."""
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        try:
            with open(f"/proc/{process}/smaps_rollup") as file:
                total += sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
            for thread in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{thread}/children") as file:
                    waiting += [int(child) for child in file.read().split()]
        except OSError:
            continue  # It has just ended.
    return total


def measure(myotask, title, folder, *options):
    output = os.path.join(WORK, "converted")
    shutil.rmtree(output, ignore_errors=True)
    begin = time.perf_counter()
    with open(os.path.join(WORK, "problems.txt"), "w+") as problems:
        child = subprocess.Popen(
            [myotask, "convert", folder, "--output", output, *options], stdout=subprocess.DEVNULL,
            stderr=problems)
        together = 0
        while child.poll() is None:
            together = max(together, resident(child.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - begin
        problems.seek(0)
        if child.returncode != 0:
            sys.exit(f"{title}: {problems.read()[-2_000:]}")
    # The largest single process that was waited for, to the byte and without gaps in time.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"| {title} | {size(folder) / 1e9:.2f} | {together / 2**20:.0f} | {largest:.0f} | {seconds:.0f} |",
          flush=True)
    shutil.rmtree(folder)
    shutil.rmtree(output)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("myotask")
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--rows", type=int, default=5_000_000)
    arguments = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    print("| source | GB on disk | peak MB, all processes | of the largest so far | seconds |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    measure(arguments.myotask, f"one CSV of {arguments.rows:,} rows", table(arguments.myotask, arguments.rows))
    measure(arguments.myotask, "one HDF5 recording (compound rows)", keyboard(arguments.gigabytes))
    measure(arguments.myotask, "25 HDF5 recordings, compressed", archive(arguments.gigabytes))
    shutil.rmtree(WORK)


if __name__ == "__main__":
    main()
