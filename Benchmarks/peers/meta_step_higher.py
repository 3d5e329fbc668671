"""Exact second-order meta-steps with PyTorch and `higher`, over the same tasks again and again.

Three passes over the support in minibatches of 32, the sum of the query minibatches' mean losses, the
tasks' gradients summed, one AdamW step.

usage: meta_step_higher.py COLLECTION.json --model dnn|cnn --inner adam|sgd [--threads N] [--repeats N]
prints one JSON line: wall and CPU seconds of each meta-step after two that are not measured.
"""

import argparse
import json
import resource
import time

import higher
import torch
from collection_tensors import load
from torch import nn


def network(name, channels, length, classes):
    if name == "dnn":
        return nn.Sequential(
            nn.Flatten(1), nn.Linear(channels * length, 512), nn.ReLU(), nn.Linear(512, 128), nn.ReLU(),
            nn.Linear(128, classes))
    return nn.Sequential(
        nn.Conv1d(channels, 16, 3), nn.ReLU(), nn.Conv1d(16, 32, 3), nn.ReLU(), nn.Conv1d(32, 64, 3), nn.ReLU(),
        nn.Flatten(1), nn.Linear(64 * (length - 6), 32), nn.ReLU(), nn.Linear(32, classes))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("collection")
    parser.add_argument("--model", default="dnn")
    parser.add_argument("--inner", default="adam")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tasks", type=int, default=3)
    parser.add_argument("--support", type=int, default=800)
    parser.add_argument("--query", type=int, default=2112)
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(45)
    manifest, arrays = load(
        options.collection, "train", options.tasks, (options.support, options.query))
    tasks = [
        [
            list(zip(torch.from_numpy(x[:count]).split(32), torch.from_numpy(y[:count]).split(32)))
            for (x, y), count in zip(task, (options.support, options.query))
        ]
        for task in arrays
    ]
    channels, length = arrays[0][0][0].shape[1:]
    model = network(options.model, channels, length, len(manifest["classes"]))
    loss = nn.CrossEntropyLoss()
    outer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    wall, cpu, first = [], [], None
    for step in range(options.repeats + 2):
        begin, spent = time.perf_counter(), time.process_time()
        outer.zero_grad()
        total = 0.0
        for support, query in tasks:
            if options.inner == "adam":
                inner = torch.optim.Adam(model.parameters(), lr=1e-4)
            else:
                inner = torch.optim.SGD(model.parameters(), lr=1e-2)
            with higher.innerloop_ctx(model, inner, copy_initial_weights=False) as (fast, optimizer):
                for _ in range(options.passes):
                    for inputs, labels in support:
                        optimizer.step(loss(fast(inputs), labels))
                query_loss = sum(loss(fast(x), y) for x, y in query)
                query_loss.backward()
                total += query_loss.item() / len(query)
        outer.step()
        first = first or total / len(tasks)
        if step >= 2:
            wall.append(time.perf_counter() - begin)
            cpu.append(time.process_time() - spent)
    print(json.dumps({
        "wall": wall, "cpu": cpu, "query_loss": first,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
