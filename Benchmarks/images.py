"""Compares exact meta-steps of the four-layer network over images with PyTorch (torch.func) and JAX, in one run.

usage: images.py MYOTASK-BENCH [--rounds N] [--python PYTHON]

PYTHON has current torch and jax (requirements-images.txt; make bench-images makes it). Contestants take turns,
one thread each; all work on the same images from the same parameters, and their query losses must agree. Of each
peer all forms are measured and the best one counts. Prints a Markdown table of CPU seconds and peak memory; of a
jitted program the time to compile is not counted.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = [
    ("64 filters, 5-way 1-shot, 1 inner step", ["--filters", "64", "--shots", "1", "--inner-steps", "1"]),
    ("64 filters, 5-way 5-shot, 5 inner steps", ["--filters", "64", "--shots", "5", "--inner-steps", "5"]),
    ("32 filters, 5-way 1-shot, 5 inner steps", ["--filters", "32", "--shots", "1", "--inner-steps", "5"]),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=os.path.join(HERE, ".venv-images", "bin", "python"))
    options = parser.parse_args()
    peers = os.path.join(HERE, "peers")
    contestants = [("MyoTask", [os.path.abspath(options.bench), "image-step"])]
    contestants += [(f"PyTorch, {form}", [options.python, os.path.join(peers, "image_step_torch.py"), "--form", form])
                    for form in ("loop", "vmap")]
    contestants += [
        (f"JAX, jitted, {form}{', patches' if patches else ''}",
         [options.python, os.path.join(peers, "image_step_jax.py"), "--form", form] + ["--patches"] * patches)
        for form in ("map", "vmap") for patches in (False, True)]
    environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    print(f"## Meta-steps over images, {platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n")
    print(f"Second-order MAML, 8 tasks of 15 query images a class, one thread, {options.rounds} rounds in turn; load at "
          f"the start {os.getloadavg()[0]:.1f}")
    for title, arguments in WORK:
        found = {name: [] for name, _ in contestants}
        for _ in range(options.rounds):
            for name, command in contestants:
                result = subprocess.run(command + arguments, capture_output=True, text=True, env=environment)
                if result.returncode:
                    sys.exit(f"{name}: {result.stderr[-2000:]}")
                found[name].append(json.loads(result.stdout))
        losses = [results[0]["query_loss"] for results in found.values()]
        if max(losses) - min(losses) > 1e-4 * max(losses):
            sys.exit(f"{title}: contestants disagree on the query loss: {losses}")
        ours = statistics.median(sum((run["cpu"] for run in found["MyoTask"]), []))
        memory = max(run["peak"] for run in found["MyoTask"])
        print(f"\n### {title}\n\n| tool | CPU seconds (min–max) | against MyoTask | peak MB | against MyoTask |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, results in found.items():
            seconds = sum((run["cpu"] for run in results), [])
            peak = max(run["peak"] for run in results)
            version = results[0].get("version")
            print(f"| {name}{f' ({version})' if version else ''} | {statistics.median(seconds):.3f} "
                  f"({min(seconds):.3f}–{max(seconds):.3f}) | {statistics.median(seconds) / ours:.2f}× | "
                  f"{peak / 1e6:.0f} | {peak / memory:.1f}× |", flush=True)
    print(f"\nLoad at the end {os.getloadavg()[0]:.1f}")


main()
