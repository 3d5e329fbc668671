"""Writes learned_prior.json: python3 make_learned_prior.py > learned_prior.json (needs NumPy only).

The posterior in information form, precision by precision, where the program gains from the
covariance of what was shown; the density of windows by numpy.linalg. No line is shared with it.
"""
import json
import numpy as np

rng = np.random.default_rng(20261128)
classes, width, channels = 3, 4, 4


def person(count):
    center = rng.normal(size=(classes, width)) + 2 * np.arange(classes)[:, None]
    return [center[c] + rng.normal(size=(count, width)) @ np.diag([0.5, 0.7, 0.3, 0.4]) for c in range(classes)]


people = [person(6) for _ in range(9)]
means = np.array([[x.mean(0) for x in p] for p in people]).reshape(len(people), -1)
mean = means.mean(0)
covariance = np.cov(means.T)
spread = 0.7 * covariance + 0.3 * np.diag(np.diag(covariance)) + 0.01 * np.eye(classes * width)
rests = np.concatenate([x - x.mean(0) for p in people for x in p])
noise = np.cov(rests.T) + 0.02 * np.eye(width)

support = {0: people[0][0][:1] + 0.3, 2: people[0][2][:5] - 0.2}


def turned(x, r):
    return np.roll(x, r, axis=-1)


def posterior(r):
    prior_precision = np.linalg.inv(spread)
    precision = prior_precision.copy()
    push = prior_precision @ mean
    blocks, seen, rows = [], [], []
    for c, x in sorted(support.items()):
        part = noise * (0.5 + 0.5 / len(x))
        place = slice(c * width, (c + 1) * width)
        precision[place, place] += np.linalg.inv(part)
        push[place] += np.linalg.inv(part) @ turned(x.mean(0), r)
        blocks.append(part)
        seen.append(turned(x.mean(0), r))
        rows += list(range(c * width, (c + 1) * width))
    own = np.linalg.inv(precision)
    total = spread[np.ix_(rows, rows)].copy()
    for k, part in enumerate(blocks):
        total[k * width:(k + 1) * width, k * width:(k + 1) * width] += part
    d = np.concatenate(seen) - mean[rows]
    evidence = -0.5 * (d @ np.linalg.inv(total) @ d + np.linalg.slogdet(total)[1])
    return own @ push, own, evidence


results = [posterior(r) for r in range(channels)]
weights = np.exp([e for _, _, e in results] - max(e for _, _, e in results))
weights /= weights.sum()
queries = np.concatenate([x[:2] for x in people[1]])


def density(x, m, s):
    d = x - m
    return np.exp(-0.5 * d @ np.linalg.inv(s) @ d) / np.sqrt(np.linalg.det(s))


def probabilities(x, turns):
    values = np.zeros(classes)
    for r in turns:
        m, s, _ = results[r]
        for c in range(classes):
            place = slice(c * width, (c + 1) * width)
            values[c] += weights[r] * density(turned(x, r), m[place], noise + s[place, place])
    return (values / values.sum()).tolist()


print(json.dumps({
    "numpy": np.__version__,
    "people": [[x.reshape(-1).tolist() for x in p] for p in people],
    "support": {str(c): x.reshape(-1).tolist() for c, x in support.items()},
    "queries": queries.reshape(-1).tolist(),
    "mean": mean.tolist(), "spread": spread.reshape(-1).tolist(), "noise": noise.reshape(-1).tolist(),
    "posteriors": [{"mean": m.tolist(), "covariance": s.reshape(-1).tolist(), "log_evidence": e} for m, s, e in results],
    "turn_probabilities": weights.tolist(),
    "likeliest": [probabilities(x, [int(np.argmax(weights))]) for x in queries],
    "mixture": [probabilities(x, range(channels)) for x in queries],
}))
