"""Trains few-shot learners on Omniglot and prints their accuracies beside published ones.

usage: omniglot.py MYOTASK OMNIGLOT.h5 -o FOLDER [--only NAME]... [--table]

OMNIGLOT.h5 has image [n, 28, 28] (bytes, ink high), character, alphabet, character_name and alphabet_name. Makes the
collection FOLDER/omniglot.json (1,100 characters with their quarter turns for training, 100 for choosing the best epoch, 423
for testing), trains each settings file of Benchmarks/Omniglot into FOLDER/NAME and scores 1,000 test episodes. What is
there is not made again, what was stopped goes on: --table prints the table of what is done.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SETTINGS = os.path.join(HERE, "Omniglot")
# Settings, shots, steps of adaptation on test episodes, whether queries share their batch statistics, published accuracy.
ROWS = [
    ("maml-5-1", 1, 3, True, "98.7 ± 0.4 (Finn et al. 2017)"),
    ("maml-5-5", 5, 3, True, "99.9 ± 0.1 (Finn et al. 2017)"),
    ("maml-connected-5-1", 1, 3, True, "89.7 ± 1.1 (Finn et al. 2017)"),
    ("first-order-5-1", 1, 3, True, "98.3 ± 0.5 (Nichol et al. 2018)"),
    ("first-order-5-5", 5, 3, True, "99.2 ± 0.2 (Nichol et al. 2018)"),
    ("reptile-5", 1, 50, True, "97.68 ± 0.04 (Nichol et al. 2018)"),
    ("reptile-5", 1, 50, False, "95.39 ± 0.09 (Nichol et al. 2018)"),
    ("reptile-5", 5, 50, True, "99.48 ± 0.06 (Nichol et al. 2018)"),
    ("reptile-5", 5, 50, False, "98.90 ± 0.10 (Nichol et al. 2018)"),
    ("maml-20-1", 1, 5, True, "95.8 ± 0.3 (Finn et al. 2017)"),
    ("maml-20-5", 5, 5, True, "98.9 ± 0.2 (Finn et al. 2017)"),
]


def run(command):
    """Runs a command; its own words are shown."""
    print("+", " ".join(command), file=sys.stderr, flush=True)
    if subprocess.run(command).returncode:
        sys.exit(1)


def score(myotask, folder, name, shots, steps, shares):
    """Accuracy over test episodes in percent with half of its 95 % interval, kept in a file."""
    result = os.path.join(folder, f"{name}-{shots}-{steps}-{'together' if shares else 'alone'}.json")
    if not os.path.exists(result):
        settings = os.path.join(folder, f"{name}.evaluation.yaml")
        with open(os.path.join(SETTINGS, f"{name}.yaml")) as file:
            text = file.read()
        with open(settings, "w") as file:
            file.write(re.sub(r"\bshots: \d+", f"shots: {shots}", text, count=1) + ("" if shares else "transductive: false\n"))
        answer = subprocess.run(
            [myotask, "evaluate", os.path.join(folder, name), os.path.join(folder, "omniglot.json"), "--json",
             "--steps", str(steps), "--config", settings], capture_output=True, text=True)
        if answer.returncode:
            sys.exit(answer.stderr)
        with open(result, "w") as file:
            file.write(answer.stdout)
    with open(result) as file:
        values = [100 * row["metrics"]["accuracy"] for row in json.load(file)["rows"]
                  if row["method"] == "meta" and row["scope"] == "task"]
    return statistics.mean(values), 1.96 * statistics.stdev(values) / len(values) ** 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("myotask")
    parser.add_argument("omniglot")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    myotask, folder = os.path.abspath(options.myotask), os.path.abspath(options.output)
    os.makedirs(folder, exist_ok=True)
    collection = os.path.join(folder, "omniglot.json")
    if not os.path.exists(collection):
        run([myotask, "arrays", options.omniglot, "--samples", "image", "--labels", "character", "--names",
             "character_name", "--groups", "alphabet", "--group-names", "alphabet_name", "--validation", "100",
             "--test", "423", "--rotations", "train", "--output", os.path.join(folder, "omniglot")])
    for name in dict.fromkeys(row[0] for row in ROWS):
        place = os.path.join(folder, name)
        if options.table or (options.only and name not in options.only):
            continue
        if os.path.exists(os.path.join(place, "results.md")):
            continue
        resumes = os.path.exists(place)
        run([myotask, "train", collection]
            + (["--resume", place] if resumes
               else ["--config", os.path.join(SETTINGS, f"{name}.yaml"), "--output", place]))
    print("| settings | shots | steps | queries | accuracy, 95 % | published | meta-steps | training |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for name, shots, steps, shares, published in ROWS:
        place = os.path.join(folder, name)
        if not os.path.exists(os.path.join(place, "results.md")):
            continue
        mean, half = score(myotask, folder, name, shots, steps, shares)
        with open(os.path.join(place, "metrics.jsonl")) as file:
            epochs = [json.loads(line) for line in file]
        with open(os.path.join(place, "configuration.json")) as file:
            settings = json.load(file)
        meta_steps = len(epochs) * -(-settings["few_shot"]["tasks"] // settings["tasks_per_step"])
        seconds = sum(epoch["seconds"] for epoch in epochs)
        print(f"| `{name}` | {shots} | {steps} | {'together' if shares else 'one by one'} | **{mean:.2f}** ± {half:.2f} | "
              f"{published} | {meta_steps:,} | {seconds / 60:.0f} min |")


if __name__ == "__main__":
    main()
