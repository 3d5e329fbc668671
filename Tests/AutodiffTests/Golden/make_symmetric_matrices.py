"""Writes symmetric_matrices.json: derivatives through solutions and determinants by PyTorch.

    python3 make_symmetric_matrices.py > symmetric_matrices.json

The parameters are made by a formula, so the Swift test rebuilds them; see HOW-MADE.md.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

COUNT, WIDTH, COLUMNS, RIGHT = 2, 5, 9, 3


def formula(count, a, b):
    """Numbers in -1...1 that need no random generator, and whose matrices have full rank."""
    return torch.tensor([math.sin(a * (i + 1) ** 2 + b) for i in range(count)])


def loss(flat):
    x = flat[: COUNT * WIDTH * COLUMNS].reshape(COUNT, WIDTH, COLUMNS)
    right = flat[COUNT * WIDTH * COLUMNS :].reshape(COUNT, WIDTH, RIGHT)
    matrices = x @ x.transpose(1, 2)
    solutions = torch.linalg.solve(matrices, right)
    logs = torch.logdet(matrices)
    weights = formula(COUNT * WIDTH * RIGHT, 1.1, 0.4).reshape(COUNT, WIDTH, RIGHT) + 1.5
    mixed = torch.logsumexp(solutions.reshape(COUNT * WIDTH, RIGHT), dim=1)
    return (weights * solutions**2).sum() + (logs**2).sum() + (mixed**2).sum()


count = COUNT * WIDTH * (COLUMNS + RIGHT)
point = formula(count, 0.731, 1.3).requires_grad_(True)
direction = formula(count, 0.31, 0.77)
value = loss(point)
(gradient,) = torch.autograd.grad(value, point, create_graph=True)
(product,) = torch.autograd.grad(gradient @ direction, point)
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "loss": [value.item()],
            "gradient": gradient.tolist(),
            "hessianProduct": product.tolist(),
        },
        indent=1,
    )
)
