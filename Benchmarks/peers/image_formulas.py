"""The images and initial parameters of `myotask-bench image-step`."""

import numpy as np

WAYS = 5


def formula(places):
    mixed = ((places.astype(np.uint64) * 2_654_435_761 & 0xFFFFFFFF) >> 8).astype(np.float32)
    return mixed / np.float32(1 << 23) - np.float32(1)


def images(count, start):
    pixels = np.arange(784)
    x = np.stack([
        0.5 * formula(way * 7_919 + pixels) + 0.5 * formula(start + (way * count + image) * 784 + pixels)
        for way in range(WAYS) for image in range(count)])
    return x.astype(np.float32).reshape(-1, 1, 28, 28), np.repeat(np.arange(WAYS), count)


def tasks(options):
    support = [images(options.shots, task * 1_000_000) for task in range(options.tasks)]
    query = [images(options.queries, task * 1_000_000 + 500_000) for task in range(options.tasks)]
    return [np.stack(part) for part in (*zip(*support), *zip(*query))]


def parameters(filters):
    shapes, inputs = [], 1
    for index in range(4):
        shapes += [((filters, inputs, 3, 3), None), ((filters,), 1), ((filters,), 0)]
        inputs = filters
    shapes += [((WAYS, filters * 4), None), ((WAYS,), None)]
    values, place = [], 0
    for shape, constant in shapes:
        count = int(np.prod(shape))
        width = count // shape[0] if len(shape) > 1 else filters * 4
        drawn = formula(np.arange(place, place + count)) / np.sqrt(np.float32(width))
        values.append((np.full(count, constant) if constant is not None else drawn).astype(np.float32).reshape(shape))
        place += count
    return values


def add_options(parser):
    for name, value in [("filters", 64), ("shots", 1), ("queries", 15), ("inner-steps", 1), ("tasks", 8),
                        ("threads", 1), ("repeats", 3)]:
        parser.add_argument("--" + name, type=int, default=value)
