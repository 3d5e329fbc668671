"""Exact second-order meta-steps of the four-layer network with jitted JAX, over the same tasks again and again.

Forms: `map` (tasks one after the other) and `vmap` (all at once). Convolutions are XLA's own, or with --patches
matrix products over patches, whichever is faster here.

usage: image_step_jax.py --form map|vmap [--patches] [--filters N] [--shots N] [--inner-steps N] [--tasks N] …
prints one JSON line: seconds to compile, wall and CPU seconds of each meta-step after two, peak memory.
"""

import argparse
import json
import os
import resource
import time

import jax
import jax.numpy as jnp
from image_formulas import add_options, parameters, tasks


def convolution(x, w, patches):
    if not patches:
        return jax.lax.conv_general_dilated(
            x, w, (2, 2), [(1, 1), (1, 1)], dimension_numbers=("NHWC", "OIHW", "NHWC"))
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    rows, columns = (x.shape[1] - 1) // 2, (x.shape[2] - 1) // 2
    seen = jnp.stack([x[:, i:i + 2 * rows - 1:2, j:j + 2 * columns - 1:2] for i in range(3) for j in range(3)], 3)
    kernel = w.transpose(2, 3, 1, 0).reshape(9 * w.shape[1], w.shape[0])
    return seen.reshape(*seen.shape[:3], -1) @ kernel


def logits(p, x, patches):
    x = x.transpose(0, 2, 3, 1)
    for layer in range(4):
        x = convolution(x, p[3 * layer], patches)
        mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
        x = jax.nn.relu((x - mean) * jax.lax.rsqrt(variance + 1e-5) * p[3 * layer + 1] + p[3 * layer + 2])
    x = x.transpose(0, 3, 1, 2).reshape(x.shape[0], -1)
    return x @ p[12].T + p[13]


def main():
    parser = argparse.ArgumentParser()
    add_options(parser)
    parser.add_argument("--form", choices=["map", "vmap"], default="map")
    parser.add_argument("--patches", action="store_true")
    options = parser.parse_args()
    # XLA takes no number of threads from its flags: its process is held to so many cores.
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: options.threads]))
    data = tasks(options)
    p = [jnp.asarray(value) for value in parameters(options.filters)]

    def loss(p, x, y):
        scores = jax.nn.log_softmax(logits(p, x, options.patches))
        return -jnp.take_along_axis(scores, y[:, None], 1).mean()

    def task_loss(p, task):
        x, y, qx, qy = task

        def step(p, _):
            return [a - 0.1 * g for a, g in zip(p, jax.grad(loss)(p, x, y))], None

        p, _ = jax.lax.scan(step, p, None, options.inner_steps)
        return loss(p, qx, qy)

    def mean_loss(p, tasks):
        if options.form == "vmap":
            return jax.vmap(task_loss, (None, 0))(p, tasks).mean()
        return jax.lax.map(lambda task: task_loss(p, task), tasks).mean()

    @jax.jit
    def meta_step(p, first, second, count, tasks):
        value, gradient = jax.value_and_grad(mean_loss)(p, tasks)
        first = [0.9 * m + 0.1 * g for m, g in zip(first, gradient)]
        second = [0.999 * v + 0.001 * g * g for v, g in zip(second, gradient)]
        count = count + 1
        rate = 1e-3 / (1 - 0.9**count)
        p = [a - rate * m / (jnp.sqrt(v / (1 - 0.999**count)) + 1e-8) for a, m, v in zip(p, first, second)]
        return value, p, first, second, count

    state = (p, [jnp.zeros_like(a) for a in p], [jnp.zeros_like(a) for a in p], 0.0)
    inputs = tuple(jnp.asarray(part) for part in data)
    begin = time.perf_counter()
    compiled = meta_step.lower(*state, inputs).compile()
    seconds = time.perf_counter() - begin
    wall, cpu, shown = [], [], None
    for step in range(options.repeats + 2):
        begin, spent = time.perf_counter(), time.process_time()
        value, *state = jax.block_until_ready(compiled(*state, inputs))
        if step == 0:
            shown = float(value)
        if step >= 2:
            wall.append(time.perf_counter() - begin)
            cpu.append(time.process_time() - spent)
    print(json.dumps({"compile": seconds, "wall": wall, "cpu": cpu, "query_loss": shown, "version": jax.__version__,
                      "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


main()
