"""Measures archives of many small recordings: what a command takes a recording must not grow with their number.

usage: archive-scale.py MYOTASK [--sizes 320,1000,10000,100000] [--shards N] [--folder FOLDER] [--keep]

Makes laboratories of recordings of 2 s (8 channels, 100 Hz, three classes, CSV of 12 kB) and goes the whole way with
each: convert (in shards where the command has them), merge, list, window features, build, audit, verify, train for a
meta-epoch, and build leave-one-patient-out designs of a few people. Prints a table of wall and CPU seconds and peak
memory, and what they are a recording; writes archive-scale.json beside it and the figure archive-scale.svg. Ends with
status 1 when something grows faster than linearly. 100,000 recordings take about 5 GB on the disk.
"""

import argparse
import datetime
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, CHANNELS, SESSIONS, CONDITIONS = 200, 8, 4, 2
CONFIGURATION = """seed: 45
window: {length: 20, stride: 10, label_rule: last}
split: {rule: fraction, fraction: 0.5}
normalization: standard
splits: {test: %d, validation: %d}
"""
DESIGN = """seed: 45
window: {length: 20, stride: 10, label_rule: last}
split: {rule: fraction, fraction: 0.5}
normalization: standard
design: {rule: leave_one_patient_out, patients: [p1, p2, p3]}
"""
TRAINING = """algorithm: first_order_maml
model: {name: dnn, hidden: [16]}
inner: {optimizer: sgd, learning_rate: 1.0e-2, epochs: 1, batch_size: 32}
outer: {optimizer: adam, learning_rate: 1.0e-3}
meta_epochs: 1
tasks_per_step: 16
baselines: {random: false, pretrained: false}
"""
#: Growth of seconds or bytes a recording from one size to the ten times larger that is still called flat: a disk's
#: caches and trees cost something, a loop over all for each would cost ten.
BOUND = 2.0


# MARK: The laboratory


def patient(arguments):
    """Writes the recordings of a person; which ones depends on the person alone."""
    folder, number = arguments
    generator = np.random.default_rng(number)
    name = f"p{number + 1}"
    phases = np.repeat(np.array([0, 1, 0, 2, 0, 1, 0, 2]), ROWS // 8)
    levels = generator.integers(20, 400, (3, CHANNELS))
    times = [f"{2 + row / 100:.2f}" for row in range(ROWS)]
    for session in range(SESSIONS):
        day = datetime.date(2000, 1, 1) + datetime.timedelta(days=number % 3_000 + 7 * session)
        place = os.path.join(folder, f"{day:%Y_%m_%d}_{name}")
        os.makedirs(place, exist_ok=True)
        for condition in range(CONDITIONS):
            samples = levels[phases] + generator.integers(0, 60, (ROWS, CHANNELS))
            lines = ["gt,time_elapsed," + ",".join(f"emg{channel}" for channel in range(CHANNELS))]
            lines += [f"{label},{second},{','.join(map(str, row))}"
                      for label, second, row in zip(phases.tolist(), times, samples.tolist())]
            with open(os.path.join(place, f"{name}_{111 + 20 * condition}.csv"), "w") as file:
                file.write("\n".join(lines) + "\n")


def laboratory(folder, count):
    people = count // (SESSIONS * CONDITIONS)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(patient, ((folder, number) for number in range(people)), chunksize=32))
    return people * SESSIONS * CONDITIONS


# MARK: Measuring


def measured(command, folder, accepted=(0,)):
    """Runs a command: wall and CPU seconds and the peak memory of its largest process, in bytes."""
    begin = time.perf_counter()
    with open(os.path.join(folder, "output.txt"), "w") as output, \
            open(os.path.join(folder, "problems.txt"), "w") as problems:
        child = subprocess.Popen(command, stdout=output, stderr=problems)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if child.returncode not in accepted:
        with open(os.path.join(folder, "problems.txt")) as file:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{file.read()[-2_000:]}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}


def together(runs):
    """Several runs one after the other as one."""
    return {"wall": sum(run["wall"] for run in runs), "cpu": sum(run["cpu"] for run in runs),
            "peak": max(run["peak"] for run in runs)}


def size(folder):
    files, total = 0, 0
    for root, _, names in os.walk(folder):
        files += len(names)
        total += sum(os.path.getsize(os.path.join(root, name)) for name in names)
    return files, total


def knows(myotask, command, option):
    text = subprocess.run([myotask, *command, "--help"], capture_output=True, text=True)
    return text.returncode == 0 and (option is None or option in text.stdout)


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def whole_way(myotask, folder, count, shards):
    """Every command on a laboratory of so many recordings; what is known is in FOLDER.json after each."""
    lab, archive = os.path.join(folder, "lab"), os.path.join(folder, "archive")
    collection, run = os.path.join(folder, "collection.json"), os.path.join(folder, "run")
    begin = time.perf_counter()
    count = laboratory(lab, count)
    print(f"made {count:,} recordings in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    steps = {}

    def step(name, *commands, accepted=(0,)):
        steps[name] = together([measured([myotask, *command], folder, accepted) for command in commands])
        figures = steps[name]
        with open(folder + ".json", "w") as file:
            json.dump({"recordings": count, "steps": steps}, file, indent=1)
        print(f"{count:>9,}  {name:<12} {figures['wall']:9.2f} s  {figures['cpu']:9.2f} s CPU  "
              f"{figures['peak'] / 2**20:7.0f} MB", file=sys.stderr, flush=True)

    if shards > 1 and knows(myotask, ["convert"], "--shard"):
        step("convert", *(["convert", lab, "--output", archive, "--shard", f"{part}/{shards}"]
                          for part in range(1, shards + 1)))
    else:
        shards = 1
        step("convert", ["convert", lab, "--output", archive])
    if knows(myotask, ["archive", "merge"], None):
        step("status", ["archive", "status", archive, "--json"], accepted=(0, 1))
        step("merge", ["archive", "merge", archive], accepted=(0, 1))
    step("convert again", ["convert", lab, "--output", archive])
    people = count // (SESSIONS * CONDITIONS)
    settings = write(folder, "collection.yaml", CONFIGURATION % (max(2, people // 10), max(1, people // 10)))
    step("build", ["build", archive, "--config", settings, "--output", collection])
    step("show", ["show", collection])
    step("audit", ["audit", collection])
    step("train", ["train", collection, "--config", write(folder, "training.yaml", TRAINING), "--output", run])
    step("verify", ["verify", collection, "--archive", archive])
    step("window", ["window", archive, "--length", "20", "--stride", "10", "--features", "mav", "--output",
                    os.path.join(folder, "windows.h5")])
    step("design of 3", ["build", archive, "--config", write(folder, "design.yaml", DESIGN), "--output",
                         os.path.join(folder, "design")])
    shutil.rmtree(os.path.join(folder, "design"))
    files, stored = size(archive)
    return {
        "recordings": count, "shards": shards, "steps": steps, "archive_files": files, "archive_bytes": stored,
        "manifest_bytes": os.path.getsize(collection),
        "tensor_bytes": os.path.getsize(os.path.splitext(collection)[0] + ".h5"), "run_files": size(run)[0]}


# MARK: What came out


def growth(results):
    """How much faster than linearly seconds and bytes grow from the second largest size to the largest."""
    if len(results) < 2:
        return {}
    less, more = results[-2], results[-1]
    base = results[0]
    factors = {}
    for name in more["steps"]:
        pairs = {}
        for figure in ("cpu", "peak"):
            # What starting takes whatever there is to do is told by the smallest size.
            def per(result):
                value = result["steps"][name][figure]
                if result is not base and base is not less:
                    value = max(value - base["steps"][name][figure], 1e-9)
                return value / result["recordings"]

            pairs[figure] = per(more) / per(less)
        factors[name] = pairs
    return factors


def table(results):
    lines = []
    for result in results:
        count = result["recordings"]
        lines += [
            f"\n### {count:,} recordings of 2 s, converted in {result['shards']} "
            f"{'shard' if result['shards'] == 1 else 'shards'}\n",
            "| step | seconds | CPU seconds | peak MB | CPU ms a recording | peak KiB a recording |",
            "| --- | ---: | ---: | ---: | ---: | ---: |"]
        lines += [
            f"| {name} | {step['wall']:.1f} | {step['cpu']:.1f} | {step['peak'] / 2**20:.0f} | "
            f"{step['cpu'] / count * 1e3:.2f} | {step['peak'] / count / 1024:.1f} |"
            for name, step in result["steps"].items()]
        lines.append(
            f"\n{result['archive_files']:,} files of {result['archive_bytes'] / 1e6:,.0f} MB in the archive, a manifest "
            f"of {result['manifest_bytes'] / 1e6:.1f} MB ({result['manifest_bytes'] / count:.0f} bytes a task), tensors "
            f"of {result['tensor_bytes'] / 1e6:.0f} MB, {result['run_files']} files in the run.")
    return "\n".join(lines)


COLORS = ["#1b6ca8", "#c8553d", "#3a7d44", "#8c4ba0", "#b08d1e", "#3f8f9b", "#c25a8b", "#555555", "#7a5230", "#5b7bd5",
          "#17becf"]


def figure(results):
    """Two panels over the number of recordings, both axes logarithmic: CPU milliseconds and KiB a recording."""
    names = list(results[-1]["steps"])
    panels = [("CPU ms a recording", lambda step, count: step["cpu"] / count * 1e3),
              ("peak KiB a recording", lambda step, count: step["peak"] / count / 1024)]
    width, height, left, top, plot_width, plot_height, gap = 1010, 400, 60, 30, 340, 300, 80
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
             'font-size="12">', f'<rect width="{width}" height="{height}" fill="white"/>']
    counts = [result["recordings"] for result in results]
    low, high = math.floor(math.log10(min(counts))), math.ceil(math.log10(max(counts)))
    for index, (title, value) in enumerate(panels):
        x0 = left + index * (plot_width + gap)
        values = [value(result["steps"][name], result["recordings"]) for result in results for name in names
                  if name in result["steps"]]
        bottom, summit = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

        def x(count):
            return x0 + (math.log10(count) - low) / (high - low) * plot_width

        def y(number):
            return top + (summit - math.log10(number)) / (summit - bottom) * plot_height

        parts.append(f'<text x="{x0}" y="{top - 10}">{title}</text>')
        for power in range(low, high + 1):
            parts.append(f'<path d="M{x(10**power):.1f} {top}V{top + plot_height}" stroke="#ddd"/>'
                         f'<text x="{x(10**power):.1f}" y="{top + plot_height + 18}" text-anchor="middle">'
                         f'{10**power:,}</text>')
        for power in range(bottom, summit + 1):
            text = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
            parts.append(f'<path d="M{x0} {y(10.0**power):.1f}H{x0 + plot_width}" stroke="#ddd"/>'
                         f'<text x="{x0 - 6}" y="{y(10.0**power) + 4:.1f}" text-anchor="end">{text}</text>')
        for color, name in zip(COLORS, names):
            points = [(x(result["recordings"]), y(value(result["steps"][name], result["recordings"])))
                      for result in results if name in result["steps"]]
            line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
            parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{color}"/>' for a, b in points]
        parts.append(f'<text x="{x0 + plot_width / 2}" y="{top + plot_height + 40}" text-anchor="middle">recordings'
                     '</text>')
    for place, (color, name) in enumerate(zip(COLORS, names)):
        y0 = top + 10 + 20 * place
        x0 = left + 2 * (plot_width + gap) - gap + 20
        parts.append(f'<path d="M{x0} {y0}h18" stroke="{color}" stroke-width="2"/><text x="{x0 + 24}" y="{y0 + 4}">'
                     f'{name}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("myotask")
    parser.add_argument("--sizes", default="320,1000,10000,100000")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--folder", default=os.path.join(HERE, "scratch", "archives"))
    parser.add_argument("--keep", action="store_true", help="leave laboratories, archives and collections there")
    options = parser.parse_args()
    options.folder = os.path.abspath(options.folder)
    print(f"## {platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}")
    print(f"\nLoad at the start {os.getloadavg()[0]:.1f}", flush=True)
    results = []
    for count in map(int, options.sizes.split(",")):
        folder = os.path.join(options.folder, str(count))
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        results.append(whole_way(options.myotask, folder, count, options.shards))
        if not options.keep:
            shutil.rmtree(folder)
    print(f"Load at the end {os.getloadavg()[0]:.1f}")
    print(table(results))
    factors = growth(results)
    worst = [f"{name}: {what} × {factor:.1f} a recording" for name, pairs in factors.items()
             for what, factor in pairs.items() if factor > BOUND]
    if factors:
        print(f"\nFrom {results[-2]['recordings']:,} to {results[-1]['recordings']:,} recordings, CPU seconds a recording "
              f"grow at most {max(pairs['cpu'] for pairs in factors.values()):.2f}-fold, peak memory a recording "
              f"{max(pairs['peak'] for pairs in factors.values()):.2f}-fold, start-up left out.")
    with open(os.path.join(options.folder, "archive-scale.json"), "w") as file:
        json.dump(results, file, indent=1)
    with open(os.path.join(options.folder, "archive-scale.svg"), "w") as file:
        file.write(figure(results))
    if worst:
        sys.exit("grows faster than linearly: " + "; ".join(worst))


if __name__ == "__main__":
    main()
