"""Writes small_dnn.json: meta-gradients of a tiny network by PyTorch's automatic differentiation.

Everything is made by formulas, so the Swift test rebuilds the same inputs; see HOW-MADE.md.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

WIDTHS = [6, 5, 4, 3]
SUPPORT, QUERY, BATCH = 11, 7, 4
EPOCHS = 2


def formula(count, a, b):
    """Numbers in about -1...1 that need no random generator."""
    return torch.tensor([math.sin(a * (i + 1)) * math.cos(b * (i + 1) + 0.5) for i in range(count)])


def initial():
    values, start = [], 0
    shapes = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        shapes += [(outputs, inputs), (outputs,)]
    count = sum(math.prod(shape) for shape in shapes)
    flat = formula(count, 0.7, 1.3) * 0.6
    for shape in shapes:
        size = math.prod(shape)
        values.append(flat[start : start + size].reshape(shape).clone().requires_grad_(True))
        start += size
    return values


def samples(count, a, b):
    x = formula(count * WIDTHS[0], a, b).reshape(count, WIDTHS[0]) * 2
    y = torch.tensor([(i * i + i // 2) % 3 for i in range(count)])
    return x, y


def logits(parameters, x):
    for index in range(0, len(parameters), 2):
        if index:
            x = torch.relu(x)
        x = torch.nn.functional.linear(x, parameters[index], parameters[index + 1])
    return x


def loss(parameters, x, y):
    return torch.nn.functional.cross_entropy(logits(parameters, x), y)


def batches(x, y):
    return [(x[i : i + BATCH], y[i : i + BATCH]) for i in range(0, len(y), BATCH)]


def adapt(parameters, x, y, optimizer):
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
    losses, step = [], 0
    for _ in range(EPOCHS):
        for bx, by in batches(x, y):
            step += 1
            value = loss(parameters, bx, by)
            losses.append(value.item())
            gradients = torch.autograd.grad(value, parameters, create_graph=True)
            if optimizer == "sgd":
                parameters = [p - 0.1 * g for p, g in zip(parameters, gradients)]
                continue
            rate = 0.05 * math.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            updated, kept = [], []
            for p, g, (m, v) in zip(parameters, gradients, moments):
                m = 0.9 * m + 0.1 * g
                v = 0.999 * v + 0.001 * g * g
                # The root's derivative where v is 0 counts as 0.
                root = torch.where(v > 0, torch.sqrt(torch.where(v > 0, v, 1.0)), 0.0)
                updated.append(p - rate * m / (root + 1e-8))
                kept.append((m, v))
            parameters, moments = updated, kept
    return parameters, losses


def flat(tensors):
    return [value for tensor in tensors for value in tensor.detach().flatten().tolist()]


result = {"torch": torch.__version__}
for optimizer in ["sgd", "adam"]:
    start = initial()
    adapted, losses = adapt(start, *samples(SUPPORT, 0.37, 0.91), optimizer)
    query = sum(loss(adapted, bx, by) for bx, by in batches(*samples(QUERY, 0.53, 0.29)))
    exact = torch.autograd.grad(query, start, retain_graph=True)
    first_order = torch.autograd.grad(query, adapted)
    result[optimizer] = {
        "supportLosses": losses,
        "queryLoss": query.item(),
        "adapted": flat(adapted),
        "exact": flat(exact),
        "firstOrder": flat(first_order),
    }
print(json.dumps(result, indent=1))
