"""Exact second-order meta-steps of the four-layer network with torch.func, over the same tasks again and again.

Forms: `loop` (tasks one after the other, gradients added up) and `vmap` (all tasks at once).

usage: image_step_torch.py --form loop|vmap [--filters N] [--shots N] [--inner-steps N] [--tasks N] …
prints one JSON line: wall and CPU seconds of each meta-step after two that are not measured, peak memory.
"""

import argparse
import json
import resource
import time

import torch
from image_formulas import add_options, parameters, tasks
from torch.func import grad, grad_and_value, vmap

F = torch.nn.functional


def logits(p, x):
    for layer in range(4):
        x = F.conv2d(x, p[3 * layer], stride=2, padding=1)
        x = torch.relu(F.batch_norm(x, None, None, p[3 * layer + 1], p[3 * layer + 2], training=True))
    return F.linear(x.flatten(1), p[12], p[13])


def loss(p, x, y):
    return F.cross_entropy(logits(p, x), y)


def main():
    parser = argparse.ArgumentParser()
    add_options(parser)
    parser.add_argument("--form", choices=["loop", "vmap"], default="loop")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    data = [torch.from_numpy(part) for part in tasks(options)]
    data[1], data[3] = data[1].long(), data[3].long()
    p = [torch.from_numpy(value) for value in parameters(options.filters)]

    def task_loss(p, x, y, qx, qy):
        for _ in range(options.inner_steps):
            p = [a - 0.1 * g for a, g in zip(p, grad(loss)(p, x, y))]
        return loss(p, qx, qy)

    def meta_gradient(p):
        if options.form == "vmap":
            return grad_and_value(lambda p: vmap(task_loss, (None, 0, 0, 0, 0))(p, *data).mean())(p)
        total, value = None, 0
        for task in range(options.tasks):
            gradient, one = grad_and_value(task_loss)(p, *(part[task] for part in data))
            total = gradient if total is None else [a + b for a, b in zip(total, gradient)]
            value = value + one
        return [a / options.tasks for a in total], value / options.tasks

    optimizer = torch.optim.Adam(p, lr=1e-3)
    wall, cpu, first = [], [], None
    for step in range(options.repeats + 2):
        begin, spent = time.perf_counter(), time.process_time()
        gradient, value = meta_gradient(p)
        for a, g in zip(p, gradient):
            a.grad = g
        optimizer.step()
        if step == 0:
            first = value.item()
        if step >= 2:
            wall.append(time.perf_counter() - begin)
            cpu.append(time.process_time() - spent)
    print(json.dumps({"wall": wall, "cpu": cpu, "query_loss": first, "version": torch.__version__,
                      "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


main()
