"""Writes images.json: meta-gradients of small networks over images with batch normalization.

    python3 make_images.py > images.json

Inputs and initial parameters are made by formulas, as those of make_small_dnn.py. A network adapts by two
passes of gradient descent (rate 0.05) over its whole support at once; the whole query is one batch, so
that each has the statistics of its own rows. `alone` are the query losses and classes when each query image
is a batch with the support, of which only the image counts.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

SIZE, CHANNELS, CLASSES, SUPPORT, QUERY, STEPS, RATE = (7, 6), 2, 3, 7, 5, 2, 0.05
F = torch.nn.functional


def formula(count, a, b):
    return torch.tensor([math.sin(a * (i + 1)) * math.cos(b * (i + 1) + 0.5) for i in range(count)])


def samples(count, a, b):
    rows, columns = SIZE
    # Pixels with their channels last, as the program keeps them.
    x = (2 * formula(count * rows * columns * CHANNELS, a, b)).reshape(count, rows, columns, CHANNELS)
    y = torch.tensor([(i * i + i // 2) % CLASSES for i in range(count)])
    return x.permute(0, 3, 1, 2), y


def batch_norm(x, weight, bias):
    return F.batch_norm(x, None, None, weight, bias, training=True)


def image_network(downsampling, readout, norm, filters=(2, 3)):
    stride = 2 if downsampling == "stride" else 1
    rows, columns = SIZE
    for _ in filters:
        if downsampling == "stride":
            rows, columns = (rows + 1) // 2, (columns + 1) // 2
        elif downsampling == "max_pool":
            rows, columns = rows // 2, columns // 2
    shapes, inputs = [], CHANNELS
    for count in filters:
        shapes.append((count, inputs, 3, 3))
        shapes += [(count,), (count,)] if norm else [(count,)]
        inputs = count
    shapes += [(CLASSES, inputs if readout == "mean" else inputs * rows * columns), (CLASSES,)]

    def logits(parameters, x):
        parameters = list(parameters)
        for _ in filters:
            weight = parameters.pop(0)
            if norm:
                x = F.conv2d(x, weight, stride=stride, padding=1)
                x = batch_norm(x, parameters.pop(0), parameters.pop(0))
            else:
                x = F.conv2d(x, weight, parameters.pop(0), stride=stride, padding=1)
            x = torch.relu(x)
            if downsampling == "max_pool":
                x = F.max_pool2d(x, 2)
        x = x.mean((2, 3)) if readout == "mean" else x.flatten(1)
        return F.linear(x, *parameters)

    return shapes, logits


def dense_network(hidden=(4, 3)):
    # What batch normalization follows has a bias, which it takes away again.
    shapes, inputs = [], CHANNELS * SIZE[0] * SIZE[1]
    for width in hidden:
        shapes += [(width, inputs), (width,), (width,), (width,)]
        inputs = width
    shapes += [(CLASSES, inputs), (CLASSES,)]

    def logits(parameters, x):
        # Channel by channel.
        x = x.flatten(1)
        parameters = list(parameters)
        for _ in hidden:
            x = F.linear(x, parameters.pop(0), parameters.pop(0))
            x = torch.relu(batch_norm(x, parameters.pop(0), parameters.pop(0)))
        return F.linear(x, *parameters)

    return shapes, logits


def flat(tensors):
    return [value for tensor in tensors for value in tensor.detach().flatten().tolist()]


def outcome(shapes, logits):
    numbers = formula(sum(math.prod(shape) for shape in shapes), 0.7, 1.3) * 0.6
    start, place = [], 0
    for shape in shapes:
        count = math.prod(shape)
        start.append(numbers[place : place + count].reshape(shape).clone().requires_grad_(True))
        place += count
    x, y = samples(SUPPORT, 0.37, 0.91)
    qx, qy = samples(QUERY, 0.53, 0.29)
    parameters, losses = start, []
    for _ in range(STEPS):
        value = F.cross_entropy(logits(parameters, x), y)
        losses.append(value.item())
        gradients = torch.autograd.grad(value, parameters, create_graph=True)
        parameters = [p - RATE * g for p, g in zip(parameters, gradients)]
    query = F.cross_entropy(logits(parameters, qx), qy)
    alone = torch.cat([logits(parameters, torch.cat([qx[i : i + 1], x]))[:1] for i in range(QUERY)])
    return {
        "supportLosses": losses,
        "queryLoss": query.item(),
        "adapted": flat(parameters),
        "exact": flat(torch.autograd.grad(query, start, retain_graph=True)),
        "firstOrder": flat(torch.autograd.grad(query, parameters)),
        "aloneLoss": F.cross_entropy(alone, qy).item(),
        "aloneClasses": alone.argmax(1).tolist(),
    }


result = {"torch": torch.__version__, "networks": {}}
for downsampling in ["stride", "max_pool", "none"]:
    for readout in ["flatten", "mean"]:
        for norm in [True, False]:
            name = f"{downsampling}, {readout}, {'batch_norm' if norm else 'plain'}"
            result["networks"][name] = outcome(*image_network(downsampling, readout, norm))
result["networks"]["dense"] = outcome(*dense_network())
print(json.dumps(result, separators=(",", ":")).replace("},", "},\n"))
