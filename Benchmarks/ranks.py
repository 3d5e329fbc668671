"""Measures meta-steps on one and two ranks of MPI and on one and two threads, and fits a model of more ranks to it.

usage: ranks.py MYOTASK [--rounds N] [--epochs N] [--only dnn,cnn]

MYOTASK must be built with the trait MPI (make bench-ranks does it). For each model, one process with one thread, one
with two, and two ranks with one thread each train on the same synthetic collection, in turn; their checkpoints must
have the same bytes. Seconds are those of meta-steps alone, from metrics.jsonl; epochs are compared by their medians.

The model: a meta-step of T equal tasks on N ranks takes

    t(N) = ceil(T / N) c + s + b(N) / B + m L log2(N)

with c the seconds of a task and s those that every rank spends by itself (optimizer, sum), both measured; b(N) the
bytes that a rank sends: 4 P (ceil(T / N) + 1) (N - 1) / N for P parameters; B the speed of the link; m = 5 meetings
a step; L the latency of a message. B and L of a link are assumed, named in the table; those of this machine's
shared memory are fitted and printed beside. Not in the model: uneven tasks, links that ranks share, reading.
"""

import argparse
import hashlib
import json
import math
import os
import shutil
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "scratch", "ranks")
TASKS = 8
MEETINGS = 5
LINKS = [("1 Gb/s, 50 us", 1e9 / 8, 50e-6), ("10 Gb/s, 20 us", 10e9 / 8, 20e-6), ("100 Gb/s, 2 us", 100e9 / 8, 2e-6)]
COLLECTION = """window: {length_ms: 150, stride_ms: 25}
split: {rule: first_cycle}
normalization: standard
splits: {validation: 1, test: 1}
"""
MODELS = {
    "dnn": "{name: dnn, hidden: [512, 128]}",
    "cnn": "{name: cnn, filters: [32, 64], kernel: 3, hidden: [128]}",
}
TRAINING = """algorithm: maml
model: %s
inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
meta_epochs: %d
tasks_per_step: %d
baselines: {random: false, pretrained: false, lda: false}
selection: last_epoch
"""


def run(*command, environment=None):
    result = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=WORK)
    if result.returncode:
        sys.exit(f"{' '.join(command)}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout


def write(name, text):
    with open(os.path.join(WORK, name), "w") as file:
        file.write(text)


def prepare(myotask):
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    # One condition a person: as many training tasks as people that are not for validation and test.
    run(myotask, "synth", "--style", "bipolar", "--patients", str(TASKS + 2), "--conditions", "1", "--seed", "5",
        "--output", "lab")
    run(myotask, "convert", "lab", "--output", "archive")
    write("collection.yaml", COLLECTION)
    run(myotask, "build", "archive", "--config", "collection.yaml", "--output", "study")
    with open(os.path.join(WORK, "study.json")) as file:
        manifest = json.load(file)
    windows = [(task["support"]["windows"], task["query"]["windows"]) for task in manifest["tasks"]]
    return len(manifest["splits"]["train"]), windows


def digest(folder):
    with open(os.path.join(WORK, folder, "checkpoints", "resume.safetensors"), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def parameter_count(folder):
    with open(os.path.join(WORK, folder, "log.txt")) as file:
        words = file.read().split(" parameters")[0].split()
    return int(words[-1].replace(",", ""))


class Contestant:
    """A way of training: so many ranks, so many threads each."""

    def __init__(self, ranks, threads):
        self.ranks, self.threads = ranks, threads
        self.seconds, self.epochs, self.folder = [], [], None

    @property
    def name(self):
        if self.ranks == 1:
            return f"one process, {self.threads} thread{'s' if self.threads > 1 else ''}"
        return f"{self.ranks} ranks, {self.threads} thread each"

    def train(self, myotask, model, number):
        self.folder = f"{model}-{self.ranks}-{self.threads}-{number}"
        command = [myotask, "train", "study.json", "--config", f"{model}.yaml", "--output", self.folder, "--threads",
                   str(self.threads), "--quiet"]
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        if self.ranks > 1:
            command = ["mpirun", "--bind-to", "core", "-n", str(self.ranks)] + command
        run(*command, environment=environment)
        with open(os.path.join(WORK, self.folder, "metrics.jsonl")) as file:
            # The first epoch reads the tasks.
            epochs = [json.loads(line) for line in file][1:]
        self.seconds += [epoch["seconds"] for epoch in epochs]
        self.epochs += epochs

    def share(self, key):
        parts = ["compute_seconds", "idle_seconds", "exchange_seconds"]
        whole = sum(rank[part] for epoch in self.epochs for rank in epoch.get("ranks", []) for part in parts)
        return sum(rank[key] for epoch in self.epochs for rank in epoch.get("ranks", [])) / whole if whole else None


def measure(myotask, model, rounds):
    contestants = [Contestant(1, 1), Contestant(1, 2), Contestant(2, 1)]
    for number in range(rounds):
        for contestant in contestants:
            contestant.train(myotask, model, number)
        digests = {digest(contestant.folder) for contestant in contestants}
        if len(digests) != 1:
            sys.exit(f"{model}: the ways of training do not end in the same bytes")
    return contestants


def table(model, contestants, tasks, parameters):
    one = statistics.median(contestants[0].seconds)
    print(f"\n### {model}: a meta-step of {tasks} tasks, {parameters:,} parameters, second order\n")
    print("| how | seconds (min–max) | against one thread | idle | exchange |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for contestant in contestants:
        middle = statistics.median(contestant.seconds)
        shares = [contestant.share(key) for key in ("idle_seconds", "exchange_seconds")]
        texts = ["" if share is None else f"{100 * share:.2g} %" for share in shares]
        print(f"| {contestant.name} | {middle:.3f} ({min(contestant.seconds):.3f}–{max(contestant.seconds):.3f}) | "
              f"{one / middle:.2f}× | {texts[0]} | {texts[1]} |")
    print("\nThe checkpoints of all have the same bytes.")


def fit(contestants, tasks, parameters):
    """Seconds of a task, seconds that each rank spends by itself, and the speed of this machine's link."""
    one, _, two = contestants
    c = statistics.median(one.seconds) / tasks
    ranks = [epoch["ranks"] for epoch in two.epochs]
    own = [epoch["seconds"] - max(r["compute_seconds"] + r["idle_seconds"] + r["exchange_seconds"] for r in epoch["ranks"])
           for epoch in two.epochs]
    s = max(0, statistics.median(own))
    exchange = statistics.median(max(r["exchange_seconds"] for r in epoch) for epoch in ranks)
    sent = statistics.median(max(r["bytes_sent"] for r in epoch) for epoch in ranks)
    predicted = statistics.median(one.seconds) / 2 + s + exchange
    return c - s / tasks, s, sent / exchange, predicted


def project(model, contestants, tasks, parameters):
    c, s, speed, predicted = fit(contestants, tasks, parameters)
    measured = statistics.median(contestants[2].seconds)
    print(f"\nFitted: {1000 * c:.1f} ms a task, {1000 * s:.2f} ms that each rank spends by itself, {speed / 1e9:.2f} GB/s "
          f"in shared memory; two ranks would take {predicted:.3f} s with two whole cores and took {measured:.3f} s.\n")
    print("| ranks | tasks a step | MB a rank sends | " + " | ".join(f"{name}" for name, _, _ in LINKS) + " |")
    print("| ---: | ---: | ---: |" + " ---: |" * len(LINKS))
    for ranks in (8, 32, 128):
        for step in (ranks, 4 * ranks):
            each = math.ceil(step / ranks)
            sent = 4 * parameters * (each + 1) * (ranks - 1) / ranks
            alone = step * c + s
            cells = []
            for _, bandwidth, latency in LINKS:
                seconds = each * c + s + sent / bandwidth + MEETINGS * latency * math.log2(ranks)
                cells.append(f"{alone / seconds:.1f}× ({100 * alone / seconds / ranks:.0f} %)")
            print(f"| {ranks} | {step} | {sent / 1e6:.1f} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    parser.add_argument("myotask")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--only", default="dnn,cnn")
    arguments = parser.parse_args()
    myotask = os.path.abspath(arguments.myotask)
    load = os.getloadavg()[0]
    tasks, windows = prepare(myotask)
    print(f"{arguments.rounds} rounds of {arguments.epochs} epochs, in turn; load at the start {load:.1f}; "
          f"{tasks} training tasks of {windows[0][0]} and {windows[0][1]} windows")
    for model in arguments.only.split(","):
        write(f"{model}.yaml", TRAINING % (MODELS[model], arguments.epochs, TASKS))
        contestants = measure(myotask, model, arguments.rounds)
        parameters = parameter_count(contestants[0].folder)
        table(model, contestants, tasks, parameters)
        project(model, contestants, tasks, parameters)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


main()
