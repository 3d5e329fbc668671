"""Writes learners.json: meta-gradients of learners that start or step in ways of their own.

    python3 make_learners.py > learners.json

The network, the samples and the unrolled adaptation are those of make_small_dnn.py; gradient descent
at a rate of 0.1, or at learned rates for each parameter tensor and step.
"""

import contextlib
import io
import json

import torch

with contextlib.redirect_stdout(io.StringIO()):
    import make_small_dnn as small

STEPS = 4


def adapt(parameters, rates):
    step = 0
    x, y = small.samples(small.SUPPORT, 0.37, 0.91)
    for _ in range(small.EPOCHS):
        for bx, by in small.batches(x, y):
            value = small.loss(parameters, bx, by)
            gradients = torch.autograd.grad(value, parameters, create_graph=True)
            parameters = [
                p - rate[min(step, STEPS - 1)] * g for p, g, rate in zip(parameters, gradients, rates)
            ]
            step += 1
    return parameters


def query(parameters):
    batches = small.batches(*small.samples(small.QUERY, 0.53, 0.29))
    return sum(small.loss(parameters, bx, by) for bx, by in batches)


def features(parameters, x):
    for index in range(0, len(parameters) - 2, 2):
        x = torch.relu(torch.nn.functional.linear(x, parameters[index], parameters[index + 1]))
    return x


def prototypes(parameters):
    x, y = small.samples(small.SUPPORT, 0.37, 0.91)
    f = features(parameters, x)
    means = torch.stack([f[y == label].mean(0) for label in range(3)])
    # Copies, so that the first step's gradient takes the last layer for given.
    return [p.clone() for p in parameters[:-2]] + [2 * means, -(means**2).sum(1)]


def shared(parameters):
    weight, bias = parameters[-2:]
    return parameters[:-2] + [weight.mean(0).expand(3, -1), bias.mean().expand(3)]


def outcome(start, rates, learned):
    parameters = small.initial()
    value = query(adapt(start(parameters), rates))
    gradients = torch.autograd.grad(value, parameters + learned, allow_unused=True)
    gradients = [
        torch.zeros_like(p) if g is None else g for g, p in zip(gradients, parameters + learned)
    ]
    return {"queryLoss": value.item(), "exact": small.flat(gradients)}


fixed = [torch.full((STEPS,), 0.1)] * 6
learned = [
    rate.clone().requires_grad_(True)
    for rate in (small.formula(6 * STEPS, 0.3, 0.9) * 0.05 + 0.1).reshape(6, STEPS)
]
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "proto_maml": outcome(prototypes, fixed, []),
            "unicorn_maml": outcome(shared, fixed, []),
            "layer_rates": outcome(lambda parameters: parameters, learned, learned),
        },
        indent=1,
    )
)
