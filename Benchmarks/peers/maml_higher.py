"""One meta-epoch of second-order MAML with PyTorch and `higher`, on a task collection.

The loop is the one that MetaEMG (plarotta/meta-emg) runs: for each task, Adam (the differentiable
form of `higher`) over all support minibatches in file order for a number of epochs, the sum of the
query minibatches' mean cross-entropies back-propagated through it, gradients of the tasks of a
meta-step summed, one AdamW step. Data are in memory as float32 before the clock starts.

usage: maml_higher.py COLLECTION.json [--threads N] [--epochs N] [--inner adam|sgd] [--hidden 512,128]
prints one JSON line: seconds of each meta-epoch, query losses, peak resident memory.
"""

import argparse
import json
import resource
import time

import higher
import torch
from collection_tensors import load
from torch import nn


def load_tensors(path, split):
    manifest, arrays = load(path, split)
    return manifest, [
        [(torch.from_numpy(x).flatten(1), torch.from_numpy(y)) for x, y in task] for task in arrays
    ]


def batches(part, size):
    inputs, labels = part
    return list(zip(inputs.split(size), labels.split(size)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("collection")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--inner", choices=["adam", "sgd"], default="adam")
    parser.add_argument("--hidden", default="512,128")
    parser.add_argument("--tasks-per-step", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(45)

    manifest, tasks = load_tensors(options.collection, "train")
    sizes = [tasks[0][0][0].shape[1], *map(int, options.hidden.split(","))]
    layers = []
    for width, height in zip(sizes, sizes[1:]):
        layers += [nn.Linear(width, height), nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(sizes[-1], len(manifest["classes"])))
    loss = nn.CrossEntropyLoss()
    outer = torch.optim.AdamW(model.parameters(), lr=1e-4)

    seconds = []
    losses = []
    for _ in range(options.epochs):
        begin = time.perf_counter()
        total = 0.0
        for first in range(0, len(tasks), options.tasks_per_step):
            outer.zero_grad()
            for support, query in tasks[first : first + options.tasks_per_step]:
                if options.inner == "adam":
                    inner = torch.optim.Adam(model.parameters(), lr=1e-4)
                else:
                    inner = torch.optim.SGD(model.parameters(), lr=1e-2)
                with higher.innerloop_ctx(model, inner, copy_initial_weights=False) as (fast, step):
                    for _ in range(3):
                        for inputs, labels in batches(support, 32):
                            step.step(loss(fast(inputs), labels))
                    query_loss = sum(loss(fast(x), y) for x, y in batches(query, 32))
                    query_loss.backward()
                    total += query_loss.item() / len(batches(query, 32))
            outer.step()
        seconds.append(time.perf_counter() - begin)
        losses.append(total / len(tasks))
    print(
        json.dumps(
            {
                "tasks": len(tasks),
                "epoch_seconds": seconds,
                "query_loss": losses,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
