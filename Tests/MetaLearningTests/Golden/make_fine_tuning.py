"""Writes fine_tuning.json: parameters after ways to fine-tune by PyTorch.

    python3 make_fine_tuning.py > fine_tuning.json

The network and the samples are those of make_small_dnn.py; two passes of gradient descent at 0.1.
"""

import contextlib
import io
import json
import math

import torch

with contextlib.redirect_stdout(io.StringIO()):
    import make_small_dnn as small

RANK, PULL = 2, 3.0
NAMES = [f"linear{i}.{part}" for i in (1, 2, 3) for part in ("weight", "bias")]
SHAPES = [p.shape for p in small.initial()]


def start(rank):
    """Flat parameters by a formula, with A and B behind each weight when there is a rank."""
    shapes = []
    for name, shape in zip(NAMES, SHAPES):
        shapes.append((name, shape))
        if rank and name.endswith("weight"):
            shapes += [(name + ".a", (rank, shape[1])), (name + ".b", (shape[0], rank))]
    flat = small.formula(sum(math.prod(s) for _, s in shapes), 0.7, 1.3) * 0.6
    result, place = {}, 0
    for name, shape in shapes:
        size = math.prod(shape)
        result[name] = flat[place : place + size].reshape(shape).clone().requires_grad_(True)
        place += size
    return result


def effective(values):
    return [
        values[name] + values[name + ".b"] @ values[name + ".a"]
        if name + ".a" in values
        else values[name]
        for name in NAMES
    ]


def tune(values, adapts, pull=0.0):
    first = {name: value.detach().clone() for name, value in values.items()}
    for _ in range(small.EPOCHS):
        for x, y in small.batches(*small.samples(small.SUPPORT, 0.37, 0.91)):
            loss = small.loss(effective(values), x, y)
            loss = loss + pull / 2 * sum(((values[n] - first[n]) ** 2).sum() for n in values)
            chosen = [name for name in values if adapts(name)]
            gradients = torch.autograd.grad(loss, [values[name] for name in chosen])
            with torch.no_grad():
                for name, gradient in zip(chosen, gradients):
                    values[name] -= 0.1 * gradient
    query = small.batches(*small.samples(small.QUERY, 0.53, 0.29))
    return {
        "adapted": small.flat(values.values()),
        "queryLoss": sum(small.loss(effective(values), x, y) for x, y in query).item(),
    }


blank = start(0)
with torch.no_grad():
    for name in ("linear3.weight", "linear3.bias"):
        blank[name].zero_()
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "all": tune(start(0), lambda name: True),
            "new_head": tune(blank, lambda name: True),
            "frozen_layers": tune(start(0), lambda name: not name.startswith("linear1")),
            "bias_only": tune(start(0), lambda name: name.endswith("bias")),
            "low_rank": tune(start(RANK), lambda name: name.endswith((".a", ".b"))),
            "l2_to_start": tune(start(0), lambda name: True, PULL),
        },
        indent=1,
    )
)
