"""Measures MyoTask beside the tools that people use today: same machine, same input, one run.

usage: bench.py MYOTASK [--rounds N]

The contestants of a comparison are run in turn, A B A B, as processes of their own; the table gives
the median and the ratio of medians. Times of a tool that is a library are taken inside the process, without
imports; times of `myotask` are of the whole process where not said otherwise. Peak memory is the operating system's figure for the whole process. Absolute times say
nothing on a shared machine; ratios do.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "scratch")
PACKAGE = os.path.dirname(HERE)


class Process:
    """A finished process: wall and CPU seconds, peak memory in MB, what it printed."""

    def __init__(self, command, environment=None):
        begin = time.perf_counter()
        output = os.path.join(WORK, "output.txt")
        with open(output, "w") as file:
            child = subprocess.Popen(
                command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
            )
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        with open(output) as file:
            self.output = file.read()
        if child.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{self.output}")


def peer(script, *arguments):
    process = Process([sys.executable, os.path.join(HERE, "peers", script), *arguments])
    result = json.loads(process.output.strip().splitlines()[-1])
    result["peak_mb"] = process.peak
    return result


def compare(title, rounds, contestants, note=""):
    """Runs contestants in turn; each is (name, function giving (seconds, peak MB))."""
    figures = {name: [] for name, _ in contestants}
    for _ in range(rounds):
        for name, run in contestants:
            figures[name].append(run())
    ours = statistics.median(seconds for seconds, _ in figures[contestants[0][0]])
    our_peak = statistics.median(peak for _, peak in figures[contestants[0][0]])
    print(f"\n### {title}\n\n| tool | seconds (min–max) | MyoTask is | peak MB | of its memory |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, _ in contestants:
        seconds = [value for value, _ in figures[name]]
        median = statistics.median(seconds)
        peak = statistics.median(value for _, value in figures[name])
        first = name == contestants[0][0]
        ratio = "" if first else f"{median / ours:.1f}× as fast"
        share = "" if first else f"{100 * our_peak / peak:.0f} %"
        print(f"| {name} | {median:.3f} ({min(seconds):.3f}–{max(seconds):.3f}) | {ratio} | {peak:.0f} | {share} |")
    if note:
        print(f"\n{note}")


def fresh(name):
    path = os.path.join(WORK, name)
    shutil.rmtree(path, ignore_errors=True)
    return path


def csv(myotask, rounds):
    laboratory = fresh("lab-csv")
    Process([myotask, "synth", "--style", "myo", "--patients", "1", "--conditions", "1",
             "--cycles", "480", "--output", laboratory])
    path = next(
        os.path.join(folder, name)
        for folder, _, names in os.walk(laboratory) for name in names if name.endswith(".csv"))
    size = os.path.getsize(path) / 1e6
    with open(path, "rb") as file:
        rows = sum(1 for _ in file) - 1

    def ours():
        archive = fresh("archive-csv")
        process = Process([myotask, "convert", path, "--output", archive, "--threads", "1"])
        return process.wall, process.peak

    def theirs(tool):
        def run():
            result = peer("convert_csv.py", tool, path, os.path.join(WORK, "peer.h5"))
            assert result["rows"] == rows
            return result["seconds"], result["peak_mb"]

        return run

    compare(
        f"One recording of {rows:,} rows ({size:.0f} MB of CSV), one core", rounds,
        [("myotask convert (whole process)", ours), ("polars + h5py", theirs("polars")),
         ("pandas + h5py", theirs("pandas")), ("numpy.loadtxt + h5py", theirs("loadtxt"))],
        "The same work for all: read, SHA-256 of the source, write compressed HDF5 with the same settings. "
        "MyoTask also looks at the quality of every sample, hashes the result and flushes it to the disk; "
        "its figure is the whole process, the others' are without their imports.")


def measured(myotask):
    """The program that measures parts of the library, beside the command."""
    return os.path.join(os.path.dirname(os.path.abspath(myotask)), "myotask-bench")


def parse(myotask, rounds):
    laboratory = fresh("lab-parse")
    Process([myotask, "synth", "--style", "myo", "--patients", "1", "--conditions", "1",
             "--cycles", "480", "--output", laboratory])
    path = next(
        os.path.join(folder, name)
        for folder, _, names in os.walk(laboratory) for name in names if name.endswith(".csv"))
    size = os.path.getsize(path) / 1e6
    rows = {}

    def ours(*options):
        def run():
            process = Process([measured(myotask), "parse-csv", path, *options])
            result = json.loads(process.output.strip().splitlines()[-1])
            rows["ours"], rows["bytes"] = result["rows"], result["bytes"]
            return result["cpu"][0], process.peak

        return run

    def theirs(tool):
        def run():
            result = peer("parse_csv.py", tool, path)
            assert result["rows"] == rows["ours"]
            return result["cpu_seconds"], result["peak_mb"]

        return run

    ours()()
    few = os.path.join(os.path.dirname(path), "few.csv")
    with open(path) as file, open(few, "w") as beginning:
        beginning.writelines(line for line, _ in zip(file, range(100)))
    bare = Process([measured(myotask), "parse-csv", few]).peak
    compare(
        f"Parsing {rows['ours']:,} rows ({size:.0f} MB of CSV) into arrays, one core, CPU seconds", rounds,
        [("MyoTask's reader", ours()), ("the same with SHA-256", ours("--digest")), ("polars", theirs("polars")), ("pandas, C engine", theirs("pandas")),
         ("numpy.loadtxt", theirs("loadtxt"))],
        f"Samples as float32, labels as uint8, times as float64: {rows['bytes'] / 1e6:.0f} MB of arrays; MyoTask's "
        f"process alone, with 99 rows of the table, has a peak of {bare:.0f} MB. The "
        "peers read only the columns they need, their fastest way; MyoTask looks at every cell.")


def hdf5(myotask, rounds):
    samples, ours_file, theirs_file = (
        os.path.join(WORK, name) for name in ("signal.f32", "signal-ours.h5", "signal-h5py.h5"))
    Process([sys.executable, os.path.join(HERE, "peers", "hdf5_h5py.py"), "make", samples])

    def ours(*arguments):
        def run():
            process = Process([measured(myotask), *arguments])
            result = json.loads(process.output.strip().splitlines()[-1])
            return min(result["wall"]), process.peak

        return run

    def theirs(*arguments):
        def run():
            result = peer("hdf5_h5py.py", *arguments)
            return min(result["wall"]), result["peak_mb"]

        return run

    size = os.path.getsize(samples) / 1e6
    note = ("2 kHz, 16 channels, 10 minutes of float32; chunks of 4,096 rows, shuffle, deflate at level 1, "
            "Fletcher-32; into the page cache, the best of three times in a process, without imports. h5py "
            "reads the file that MyoTask wrote.")
    compare(
        f"Writing {size:.0f} MB of samples as compressed HDF5", rounds,
        [("MyoTask", ours("hdf5-write", samples, ours_file, "--repeats", "3")),
         ("h5py", theirs("write", samples, theirs_file, "--repeats", "3"))], note)
    compare(
        f"Reading {size:.0f} MB of samples from compressed HDF5", rounds,
        [("MyoTask", ours("hdf5-read", ours_file, "--repeats", "3")),
         ("h5py", theirs("read", ours_file, "--repeats", "3"))], note)


def filters(myotask, rounds):
    laboratory = fresh("lab-filter")
    Process([myotask, "synth", "--style", "bipolar", "--rate", "2000", "--patients", "4",
             "--conditions", "1", "--cycles", "30", "--channels", "16", "--output", laboratory])
    archive = fresh("archive-filter")
    Process([myotask, "convert", laboratory, "--output", archive])
    pipeline = os.path.join(WORK, "pipeline.yaml")
    with open(pipeline, "w") as file:
        file.write("phase: zero\nstages:\n  - band_pass: {low_hz: 20, high_hz: 450, order: 4}\n"
                   "  - notch: {mains_hz: 50, q: 30, harmonics: 4}\n  - rectify: {}\n"
                   "  - low_pass: {cutoff_hz: 6, order: 4}\n")
    target = os.path.join(WORK, "conditioned-scipy")
    values = peer("filter_scipy.py", archive, target)["values"]

    def ours():
        output = fresh("conditioned")
        process = Process([myotask, "filter", archive, "--pipeline", pipeline, "--output", output])
        return process.wall, process.peak

    def theirs():
        result = peer("filter_scipy.py", archive, target)
        return result["seconds"], result["peak_mb"]

    compare(
        f"Band-pass, notch with 4 harmonics and envelope, zero phase, {values:,} values in 4 recordings",
        rounds, [("myotask filter (whole process)", ours), ("scipy.signal.sosfiltfilt + h5py", theirs)],
        "The same work for both: read, filter in double precision, write compressed HDF5 with the same "
        "settings. MyoTask also checks and makes hashes and flushes to the disk; its figure is the whole "
        "process on both cores, SciPy's is without its imports.")
    engines(myotask, rounds)


def engines(myotask, rounds):
    """The filters themselves, from memory to memory; each tool at its best number of threads."""
    bench = os.path.join(os.path.dirname(os.path.abspath(myotask)), "filter-bench")
    counts = [count for count in (1, 2, 4, 8) if count <= os.cpu_count()]
    rows = []

    def ours(*arguments):
        return json.loads(Process([bench, *map(str, arguments)]).output.strip().splitlines()[-1])

    def best(results):
        result = min(results, key=lambda result: min(result["seconds"]))
        return {**result, "wall": min(result["seconds"]), "cpu": min(result["cpu_seconds"])}

    def interleaved(contestants):
        figures = {name: [] for name in contestants}
        for _ in range(rounds):
            for name, run in contestants.items():
                figures[name].append(best(run()))
        return figures

    def median(results, key):
        return statistics.median(result[key] for result in results)

    def faster(what, left, right, bar):
        ratios = [median(right, key) / median(left, key) for key in ("wall", "cpu")]
        rows.append((what, f"{median(left, 'wall'):.3f} s", f"{median(right, 'wall'):.3f} s",
                     f"{ratios[0]:.1f}× (CPU {ratios[1]:.1f}×)", f"≥ {bar}×", ratios[0] >= bar))

    def below(what, value, unit, other, bar):
        rows.append((what, f"{value:.2f}{unit}", other, "", f"≤ {bar}{unit}", value <= bar))

    for minutes in (10, 30):
        def mine(engine, precision):
            return lambda: [
                ours("offline", engine, precision, minutes, count, 3) for count in counts]

        def theirs(tool, precision, counts=counts):
            return lambda: [
                peer("filters_scipy_mne.py", tool, "--precision", precision, "--minutes",
                     str(minutes), "--threads", str(count)) for count in counts]

        figures = interleaved({
            "spectral double": mine("spectral", "double"),
            "scipy double": theirs("scipy", "double"),
            "spectral single": mine("spectral", "single"),
            "scipy single": theirs("scipy", "single"),
            "recursive double": mine("recursive", "double"),
            "mne": theirs("mne", "double", [1]),
        })
        for left, right, bar in [
            ("spectral double", "scipy double", 2.5), ("spectral double", "mne", 4),
            ("spectral single", "scipy single", 5), ("recursive double", "scipy double", 5),
        ]:
            faster(f"{left} against {right}, {minutes} min", figures[left], figures[right], bar)
        for name in ("spectral double", "spectral single", "recursive double"):
            share = max(result["peak_mb"] / result["signal_mb"] for result in figures[name])
            below(f"{name}, peak memory over the signal, {minutes} min", share, "", "", 2)
    streams = [(ours("stream", 10, 16, 20_000), peer("filters_scipy_mne.py", "stream"))
               for _ in range(rounds)]
    below("chunks of 10 samples, 16 channels, p99",
          statistics.median(left["p99_us"] for left, _ in streams), " µs",
          f"{statistics.median(right['p99_us'] for _, right in streams):.0f} µs (scipy)", 20)
    features = interleaved({
        "ours": lambda: [ours("features", 10, count, 3) for count in counts],
        "LibEMG": lambda: [peer("features_libemg.py")],
    })
    assert features["ours"][0]["numbers"] == features["LibEMG"][0]["numbers"]
    faster("11 sliding features against LibEMG, 8 channels, 10 min", features["ours"],
           features["LibEMG"], 20)
    print("\n### Filters and features from memory to memory, 2 kHz\n")
    print("| what | MyoTask | peer | MyoTask is faster | bar | met |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for what, left, right, ratio, bar, is_met in rows:
        print(f"| {what} | {left} | {right} | {ratio} | {bar} | {'yes' if is_met else 'NO'} |")
    print("\nBand-pass, notch with 4 harmonics and envelope, zero phase, 16 channels; the streams run "
          "the causal form. Medians over the rounds of the best of a process, each tool at its best "
          f"number of threads ({', '.join(map(str, counts))}; MNE and LibEMG have none).")


def real_collection(myotask):
    """A collection of the real people where they are, else of synthetic ones, and what it is of."""
    shared = os.environ.get("MYOTASK_SHARED", os.path.join(os.path.dirname(PACKAGE), "shared"))
    real = os.path.join(shared, "data", "roam")
    if os.path.isdir(real):
        source, laboratory = "12 real people, 8 channels, 200 Hz", real
    else:
        source, laboratory = "12 synthetic people, 8 channels, 200 Hz", fresh("lab-meta")
        Process([myotask, "synth", "--style", "myo", "--patients", "12", "--conditions", "1",
                 "--cycles", "4", "--output", laboratory])
    archive = fresh("archive-meta")
    Process([myotask, "convert", laboratory, "--output", archive])
    settings = os.path.join(WORK, "collection.yaml")
    with open(settings, "w") as file:
        file.write("seed: 45\nwindow: {length: 40, stride: 4}\n")
    collection = os.path.join(WORK, "meta.json")
    Process([myotask, "build", archive, "--config", settings, "--output", collection])
    return collection, source


def steps(myotask, rounds):
    collection, source = real_collection(myotask)
    compiling = []

    def run(command):
        def measure():
            process = Process(command)
            result = json.loads(process.output.strip().splitlines()[-1])
            if "compile_seconds" in result:
                compiling.append(result["compile_seconds"])
            return statistics.median(result["cpu"]), process.peak

        return measure

    script = lambda name, *options: [sys.executable, os.path.join(HERE, "peers", name), collection, *options]
    for model in ("dnn", "cnn"):
        for optimizer in ("adam", "sgd"):
            same = ["--model", model, "--inner", optimizer]
            compare(
                f"A meta-step of exact MAML, {model}, {optimizer} inner loop, CPU seconds ({source})", rounds,
                [("MyoTask", run([measured(myotask), "meta-step", collection, *same])),
                 ("PyTorch + higher", run(script("meta_step_higher.py", *same))),
                 ("JAX, jitted", run(script("meta_step_jax.py", "--form", "map", *same))),
                 ("JAX, jitted, inner steps checkpointed", run(script("meta_step_jax.py", "--form", "remat", *same)))],
                "3 tasks, 75 inner steps of 32 windows, queries of 2,112 windows, one AdamW step; data in memory, "
                "the median of three steps after two; one thread, but JAX's CPU runtime takes what it wants.")
    # How near the whole steps come to the products that they cannot do without.
    for optimizer in ("adam", "sgd"):
        whole, products = [], []
        for _ in range(rounds):
            whole.append(run([measured(myotask), "meta-step", collection, "--inner", optimizer])()[0])
            result = json.loads(Process([measured(myotask), "matrix-products", "--inner", optimizer]).output)
            products.append(sum(result["cpu"]))
        rate = result["operations"] / statistics.median(products) / 1e9
        share = statistics.median(products) / statistics.median(whole)
        print(f"\nOf a dnn meta-step with {optimizer}, {result['operations'] / 1e9:.1f} Gflop are matrix products, which "
              f"`sgemm` alone does at {rate:.0f} Gflop/s on these shapes: the whole steps run at {100 * share:.0f} % of that.")
    print(f"\nJAX compiled for {min(compiling):.0f} to {max(compiling):.0f} s before each; MyoTask compiles nothing.")


def windows(myotask, rounds):
    """A collection of 100 recordings of ten minutes, windows of 200 samples at every sample."""
    laboratory, archive = fresh("lab-windows"), fresh("archive-windows")
    Process([myotask, "synth", "--style", "myo", "--patients", "100", "--conditions", "1", "--cycles", "58",
             "--output", laboratory])
    Process([myotask, "convert", laboratory, "--output", archive])
    shutil.rmtree(laboratory)
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(archive)
                   for name in names if name.endswith(".h5"))
    import h5py

    raw = 0
    for path in files:
        with h5py.File(path) as file:
            raw += file["emg"].size * 4 / 1e6
    settings = os.path.join(WORK, "windows.yaml")
    with open(settings, "w") as file:
        file.write("seed: 1\nwindow: {length: 200, stride: 1}\nsplit: {rule: first_cycle}\n"
                   "splits: {test: 10, validation: 5}\n")
    collection = os.path.join(WORK, "windows.json")

    def ours():
        process = Process([myotask, "build", archive, "--config", settings, "--output", collection])
        return process.cpu, process.peak

    def theirs():
        results = [peer("window_loop.py", path) for path in (files[0], files[50])]
        return 50 * sum(result["cpu"] for result in results), max(result["peak_mb"] for result in results)

    compare(f"Windows of {len(files)} recordings ({raw:.0f} MB of samples), length 200, stride 1, CPU seconds", rounds,
            [("myotask build (whole process, files written)", ours),
             ("NumPy, window by window (two recordings, times 50)", theirs)],
            "NumPy's figure is without reading and without writing, its peak that of a single recording.")
    size = os.path.getsize(os.path.splitext(collection)[0] + ".h5") / 1e6
    print(f"\nThe collection's tensors take {size:.0f} MB, {size / raw:.2f} times the samples.")


def long(myotask, rounds):
    """Memory of long inner loops."""
    collection, source = real_collection(myotask)
    print(f"\n### Memory of inner loops, dnn, Adam, one task ({source})\n")
    print("| tool | inner steps | peak MB | CPU seconds of a meta-step |\n| --- | ---: | ---: | ---: |")
    for count in (250, 500, 5000):
        process = Process([measured(myotask), "meta-step", collection, "--tasks", "1", "--repeats", "1",
                           "--inner-steps", str(count)])
        result = json.loads(process.output.strip().splitlines()[-1])
        print(f"| MyoTask | {count:,} | {process.peak:.0f} | {result['cpu'][0]:.1f} |")
    for count in (250, 500):
        result = peer("meta_step_higher.py", collection, "--tasks", "1", "--repeats", "1", "--passes", str(count // 25))
        print(f"| PyTorch + higher | {count:,} | {result['peak_mb']:.0f} | {result['cpu'][0]:.1f} |")
    print("\nMyoTask keeps a trajectory within a budget of 88 MB and computes the rest again.")


def sinusoid(myotask, rounds):
    def ours():
        # Starting and testing are the same for both and fall out of the difference.
        few, many = (Process([myotask, "sinusoids", "--shots", "5", "--iterations", str(count)])
                     for count in (2_000, 12_000))
        wall.append(many.wall - few.wall)
        return (many.cpu - few.cpu) / 10, many.peak

    def theirs():
        result = peer("sinusoid_jax.py", "--shots", "5", "--iterations", "10000")
        return result["cpu"] / 10, result["peak_mb"]

    wall = []
    compare("1,000 meta-iterations on sinusoids, 25 tasks of 5 + 5 points, CPU seconds", rounds,
            [("MyoTask", ours), ("JAX, one compiled scan", theirs)])
    print(f"\nMyoTask took {10_000 / statistics.median(wall):.0f} meta-iterations a second on {os.cpu_count()} threads; "
          "JAX's seconds are without compiling.")


def meta(myotask, rounds):
    collection, source = real_collection(myotask)
    for optimizer, rate in (("adam", 1e-4), ("sgd", 1e-2)):
        training = os.path.join(WORK, "training.yaml")
        with open(training, "w") as file:
            file.write(
                "model: {name: dnn, hidden: [512, 128]}\n"
                f"inner: {{optimizer: {optimizer}, learning_rate: {rate}, epochs: 3, batch_size: 32}}\n"
                "outer: {optimizer: adamw, learning_rate: 1.0e-4}\nmeta_epochs: 2\ntasks_per_step: 3\n"
                "baselines: {random: false}\n")

        def ours():
            run = fresh("run")
            process = Process([myotask, "train", collection, "--config", training, "--output", run])
            with open(os.path.join(run, "metrics.jsonl")) as file:
                seconds = [json.loads(line)["seconds"] for line in file]
            return seconds[-1], process.peak

        def theirs(threads):
            def run():
                result = peer("maml_higher.py", collection, "--epochs", "2", "--threads", str(threads),
                              "--inner", optimizer)
                return result["epoch_seconds"][-1], result["peak_mb"]

            return run

        compare(
            f"One meta-epoch of exact second-order MAML, {optimizer} inner loop ({source})", rounds,
            [("myotask train", ours), ("PyTorch + higher, 1 thread", theirs(1)),
             ("PyTorch + higher, 2 threads", theirs(2))],
            "dnn 512–128, windows of 40 at stride 4, batches of 32, 3 inner epochs, 3 tasks a meta-step; "
            "the second of two meta-epochs, data in memory or (MyoTask) read from the collection.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("myotask")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["parse", "hdf5", "csv", "filters", "meta", "steps", "long", "sinusoid", "windows"])
    options = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    print(f"## {platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}")
    print(f"\n{options.rounds} rounds, contestants in turn; load at the start {os.getloadavg()[0]:.1f}")
    for measure in (parse, hdf5, csv, filters, meta, steps, long, sinusoid, windows):
        if options.only in (None, measure.__name__):
            measure(options.myotask, options.rounds)


if __name__ == "__main__":
    main()
