"""Exact second-order meta-steps with jitted JAX, over the same tasks again and again.

The inner loop is a scan over minibatches; the query is one batch. Forms: `map` (tasks one after the other),
`remat` (the same, every inner step checkpointed) and `vmap` (all tasks at once). Convolutions are written as
matrix products over patches, which XLA's CPU runtime does best.

usage: meta_step_jax.py COLLECTION.json --model dnn|cnn --inner adam|sgd --form map|remat|vmap [--repeats N]
prints one JSON line: seconds to compile, wall and CPU seconds of each meta-step after that.
"""

import argparse
import json
import resource
import time

import jax
import jax.numpy as jnp
import numpy as np
from collection_tensors import load


def parameters(name, channels, length, classes):
    generator = np.random.default_rng(45)

    def layer(fan_in, outputs):
        bound = 1 / np.sqrt(fan_in)
        draw = lambda *shape: generator.uniform(-bound, bound, shape).astype(np.float32)
        return draw(fan_in, outputs), draw(outputs)

    if name == "dnn":
        sizes = [channels * length, 512, 128, classes]
    else:
        filters = [channels, 16, 32, 64]
        convolutions = [layer(3 * a, b) for a, b in zip(filters, filters[1:])]
        sizes = [64 * (length - 6), 32, classes]
        return convolutions + [layer(a, b) for a, b in zip(sizes, sizes[1:])]
    return [layer(a, b) for a, b in zip(sizes, sizes[1:])]


def logits(name, layers, inputs):
    value = inputs
    if name == "cnn":
        value = value.transpose(0, 2, 1)
        for weight, bias in layers[:3]:
            patches = jnp.concatenate([value[:, i : value.shape[1] - 2 + i] for i in range(3)], axis=2)
            value = jax.nn.relu(patches @ weight + bias)
        layers = layers[3:]
    value = value.reshape(value.shape[0], -1)
    for index, (weight, bias) in enumerate(layers):
        value = value @ weight + bias
        if index + 1 < len(layers):
            value = jax.nn.relu(value)
    return value


def loss(name, layers, inputs, labels):
    scores = jax.nn.log_softmax(logits(name, layers, inputs))
    return -jnp.take_along_axis(scores, labels[:, None], axis=1).mean()


def adapt(name, inner, layers, batches, remat):
    inputs, labels = batches

    def step(state, batch):
        layers, first, second, power = state
        gradient = jax.grad(loss, argnums=1)(name, layers, *batch)
        if inner == "sgd":
            return (jax.tree.map(lambda p, g: p - 1e-2 * g, layers, gradient), first, second, power), None
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
        power = power + 1
        size = 1e-4 * jnp.sqrt(1 - 0.999**power) / (1 - 0.9**power)

        def move(p, m, v):
            root = jnp.where(v > 0, jnp.sqrt(jnp.where(v > 0, v, 1.0)), 0.0)
            return p - size * m / (root + 1e-8)

        return (jax.tree.map(move, layers, first, second), first, second, power), None

    zeros = jax.tree.map(jnp.zeros_like, layers)
    body = jax.checkpoint(step) if remat else step
    (layers, *_), _ = jax.lax.scan(body, (layers, zeros, zeros, 0.0), (inputs, labels))
    return layers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("collection")
    parser.add_argument("--model", default="dnn")
    parser.add_argument("--inner", default="adam")
    parser.add_argument("--form", default="remat", choices=["map", "remat", "vmap"])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tasks", type=int, default=3)
    parser.add_argument("--support", type=int, default=800)
    parser.add_argument("--query", type=int, default=2112)
    options = parser.parse_args()
    manifest, arrays = load(
        options.collection, "train", options.tasks, (options.support, options.query))

    def stacked(part, count):
        inputs = np.stack([task[part][0][:count] for task in arrays])
        labels = np.stack([task[part][1][:count] for task in arrays])
        return inputs, labels

    inputs, labels = stacked(0, options.support)
    channels, length = inputs.shape[2:]
    batches = (
        np.tile(inputs.reshape(len(arrays), -1, 32, channels, length), (1, 3, 1, 1, 1)),
        np.tile(labels.reshape(len(arrays), -1, 32), (1, 3, 1)),
    )
    query = stacked(1, options.query)
    layers = parameters(options.model, channels, length, len(manifest["classes"]))
    scale = options.query / 32

    def task_loss(layers, task):
        batches, (inputs, labels) = task
        adapted = adapt(options.model, options.inner, layers, batches, options.form == "remat")
        return scale * loss(options.model, adapted, inputs, labels)

    def meta_step(layers, first, second, power, tasks):
        one = jax.value_and_grad(task_loss)
        if options.form == "vmap":
            losses, gradients = jax.vmap(lambda task: one(layers, task))(tasks)
        else:
            losses, gradients = jax.lax.map(lambda task: one(layers, task), tasks)
        gradient = jax.tree.map(lambda g: g.sum(axis=0), gradients)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
        power = power + 1

        def move(p, m, v):
            m, v = m / (1 - 0.9**power), v / (1 - 0.999**power)
            return p * (1 - 1e-4 * 1e-2) - 1e-4 * m / (jnp.sqrt(v) + 1e-8)

        return jax.tree.map(move, layers, first, second), first, second, power, losses

    tasks = jax.device_put((batches, query))
    zeros = jax.tree.map(np.zeros_like, layers)
    state = (layers, zeros, zeros, 0.0)
    begin = time.perf_counter()
    compiled = jax.jit(meta_step).lower(*state, tasks).compile()
    compile_seconds = time.perf_counter() - begin
    wall, cpu, first = [], [], None
    for step in range(options.repeats + 2):
        begin, spent = time.perf_counter(), time.process_time()
        *state, losses = jax.block_until_ready(compiled(*state, tasks))
        if first is None:
            first = float(losses.mean()) / scale
        if step >= 2:
            wall.append(time.perf_counter() - begin)
            cpu.append(time.process_time() - spent)
    print(json.dumps({
        "wall": wall, "cpu": cpu, "query_loss": first, "compile_seconds": compile_seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
