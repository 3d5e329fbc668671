"""Writes heads.json: query losses of closed-form heads and their gradients by PyTorch.

    python3 make_heads.py > heads.json

Parameters and samples are made by formulas, so the Swift test rebuilds them; see HOW-MADE.md. What
is closed-form in the program is written in another way here wherever there is one: precisions in
place of gains, distributions of torch in place of quadratic forms.
"""

import json
import math

import torch
from torch.distributions import MultivariateNormal

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

INPUTS, HIDDEN, CLASSES, BATCH = 6, 5, 3, 4


def formula(count, a, b):
    """Numbers in about -1...1 that need no random generator."""
    return torch.tensor([math.sin(a * (i + 1)) * math.cos(b * (i + 1) + 0.5) for i in range(count)])


def samples(count, a, b):
    x = formula(count * INPUTS, a, b).reshape(count, INPUTS) * 2
    y = torch.tensor([(i * i + i // 2) % 3 for i in range(count)])
    return x, y


def parts(flat, shapes):
    result, start = [], 0
    for shape in shapes:
        size = math.prod(shape)
        result.append(flat[start : start + size].reshape(shape))
        start += size
    return result


def network_shapes(width):
    return [(HIDDEN, INPUTS), (HIDDEN,), (width, HIDDEN), (width,)]


def features(x, w1, b1, w2, b2):
    return torch.relu(x @ w1.T + b1) @ w2.T + b2


def class_means(f, y):
    return torch.stack([f[y == label].mean(0) for label in range(CLASSES)])


def euclidean(f, y, q, log_scale):
    return -torch.exp(log_scale) * torch.cdist(q, class_means(f, y)) ** 2


def cosine(f, y, q, log_scale):
    return torch.exp(log_scale) * torch.nn.functional.cosine_similarity(
        q[:, None], class_means(f, y)[None], dim=2
    )


def ridge(f, y, q, log_lambda, scale, bias):
    answers = torch.nn.functional.one_hot(y, CLASSES).to(f.dtype)
    matrix = f.T @ f + torch.exp(log_lambda) * torch.eye(f.shape[1])
    return scale * (q @ torch.linalg.solve(matrix, f.T @ answers)) + bias


CHANNELS, LENGTH = 3, 2


def posterior(x, y, q, network, own, turns):
    mean, root, log_spread, noise_root, log_noise, held, log_level = own
    width = CHANNELS
    spread = root @ root.T + torch.exp(log_spread) * torch.eye(CLASSES * width)
    noise = noise_root @ noise_root.T + torch.exp(log_noise) * torch.eye(width)
    part = torch.sigmoid(held)
    shown = [label for label in range(CLASSES) if (y == label).any()]
    index = torch.tensor([label * width + i for label in shown for i in range(width)])

    def turned(rows, turn):
        rows = torch.roll(rows.reshape(-1, CHANNELS, LENGTH), turn, dims=1)
        level = torch.log(rows.abs().mean(2) / torch.exp(log_level) + 0.02)
        return features(rows.reshape(-1, INPUTS), *network) + level

    scatter = torch.block_diag(
        *[noise * (part + (1 - part) / (y == label).sum()) for label in shown]
    )
    precision = torch.linalg.inv(spread)
    select = torch.eye(CLASSES * width)[index]
    covariance = torch.linalg.inv(precision + select.T @ torch.linalg.inv(scatter) @ select)
    evidence, densities = [], []
    for turn in range(turns):
        f = turned(x, turn)
        own = torch.cat([f[y == label].mean(0) for label in shown])
        center = covariance @ (
            precision @ mean + select.T @ torch.linalg.solve(scatter, own)
        )
        marginal = select @ spread @ select.T + scatter
        evidence.append(MultivariateNormal(mean[index], marginal).log_prob(own))
        rows = turned(q, turn)
        densities.append(
            torch.stack(
                [
                    MultivariateNormal(
                        center[k * width : (k + 1) * width],
                        noise + covariance[k * width : (k + 1) * width, k * width : (k + 1) * width],
                    ).log_prob(rows)
                    for k in range(CLASSES)
                ],
                dim=1,
            )
        )
    weights = torch.log_softmax(torch.stack(evidence), dim=0)
    return torch.logsumexp(weights[:, None, None] + torch.stack(densities), dim=0)


def query_loss(logits, y):
    return sum(
        torch.nn.functional.cross_entropy(logits[i : i + BATCH], y[i : i + BATCH])
        for i in range(0, len(y), BATCH)
    )


def case(shapes, logits, support):
    count = sum(math.prod(shape) for shape in shapes)
    flat = (formula(count, 0.7, 1.3) * 0.6).requires_grad_(True)
    x, y = samples(11, 0.37, 0.91)
    x, y = x[support], y[support]
    qx, qy = samples(7, 0.53, 0.29)
    value = query_loss(logits(parts(flat, shapes), x, y, qx), qy)
    (gradient,) = torch.autograd.grad(value, flat)
    return {"queryLoss": value.item(), "gradient": gradient.tolist()}


def on_features(head, own):
    def logits(values, x, y, q):
        return head(features(x, *values[:4]), y, features(q, *values[:4]), *values[4:])

    return network_shapes(4) + own, logits


def on_amplitude(turns):
    own = [
        (CLASSES * CHANNELS,), (CLASSES * CHANNELS, CLASSES * CHANNELS), (),
        (CHANNELS, CHANNELS), (), (), (),
    ]

    def logits(values, x, y, q):
        return posterior(x, y, q, values[:4], values[4:], turns)

    return network_shapes(CHANNELS) + own, logits


everything = list(range(11))
labels = samples(11, 0.37, 0.91)[1]
partial = [i for i in everything if labels[i] < 2]
result = {"torch": torch.__version__}
for name, head, own, support in [
    ("euclidean", euclidean, [()], everything),
    ("cosine", cosine, [()], everything),
    ("ridge", ridge, [(), (), ()], everything),
    ("ridge of few rows", ridge, [(), (), ()], everything[:3]),
]:
    result[name] = case(*on_features(head, own), support)
for name, turns, support in [
    ("posterior", 1, everything),
    ("posterior, turned", CHANNELS, everything),
    ("posterior of two classes, turned", CHANNELS, partial),
]:
    result[name] = case(*on_amplitude(turns), support)
print(json.dumps(result, indent=1))
