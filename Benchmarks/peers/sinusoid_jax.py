"""Meta-iterations of exact MAML on sinusoids with jitted JAX: 25 tasks of 5 + 5 points, a 1-40-40-1 network,
one inner SGD step, outer Adam. All iterations are one compiled scan.

usage: sinusoid_jax.py [--shots 5] [--iterations N]
prints one JSON line: wall and CPU seconds of the iterations, seconds to compile.
"""

import argparse
import json
import time

import jax
import jax.numpy as jnp


def network(layers, x):
    for weight, bias in layers[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = layers[-1]
    return x @ weight + bias


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shots", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=5000)
    options = parser.parse_args()
    key = jax.random.PRNGKey(0)
    layers = []
    for a, b in ((1, 40), (40, 40), (40, 1)):
        key, one = jax.random.split(key)
        layers.append((jax.random.normal(one, (a, b)) * (2 / (a + b)) ** 0.5, jnp.zeros(b)))

    def loss(layers, x, y):
        return jnp.mean((network(layers, x) - y) ** 2)

    def task_loss(layers, support, query):
        gradient = jax.grad(loss)(layers, *support)
        adapted = jax.tree_util.tree_map(lambda p, g: p - 0.01 * g, layers, gradient)
        return loss(adapted, *query)

    def batch_loss(layers, support, query):
        return jnp.mean(jax.vmap(task_loss, (None, 0, 0))(layers, support, query))

    def iteration(state, key):
        layers, first, second, count = state
        a, b, c, d = jax.random.split(key, 4)
        amplitude = jax.random.uniform(a, (25, 1, 1), minval=0.1, maxval=5.0)
        phase = jax.random.uniform(b, (25, 1, 1), maxval=jnp.pi)

        def points(key):
            x = jax.random.uniform(key, (25, options.shots, 1), minval=-5.0, maxval=5.0)
            return x, amplitude * jnp.sin(x + phase)

        value, gradient = jax.value_and_grad(batch_loss)(layers, points(c), points(d))
        count = count + 1
        first = jax.tree_util.tree_map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree_util.tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
        layers = jax.tree_util.tree_map(
            lambda p, m, v: p - 1e-3 * (m / (1 - 0.9**count)) / (jnp.sqrt(v / (1 - 0.999**count)) + 1e-8),
            layers, first, second)
        return (layers, first, second, count), value

    zeros = jax.tree_util.tree_map(jnp.zeros_like, layers)
    state = (layers, zeros, zeros, jnp.float32(0))
    keys = jax.random.split(key, options.iterations)
    begin = time.perf_counter()
    run = jax.jit(lambda state, keys: jax.lax.scan(iteration, state, keys)).lower(state, keys).compile()
    compiled = time.perf_counter() - begin
    begin, spent = time.perf_counter(), time.process_time()
    state, losses = run(state, keys)
    losses.block_until_ready()
    print(json.dumps({
        "wall": time.perf_counter() - begin, "cpu": time.process_time() - spent, "compile_seconds": compiled,
        "last_loss": float(losses[-200:].mean())}))


if __name__ == "__main__":
    main()
