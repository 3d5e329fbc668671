"""Makes hierarchical_prior.json: a prior over people, sessions, repetitions and windows, in NumPy.

usage: python3 make_hierarchical_prior.py > hierarchical_prior.json      (needs numpy)

Written from the formulas, with eigenvectors and inverses where the library has Cholesky factors. Bands of
three electrodes; two blocks of features of electrodes, one of gaps.
"""
import json
import numpy as np

CHANNELS, CLASSES, BLOCKS = 3, 2, 3
SIZE = CHANNELS * BLOCKS
KEPT, OWN, FREEDOM, RIDGE, NOISE_RIDGE = 0.8, 0.3, 8.0, 0.01, 0.02
WINDOWS = 300.0  # of a support, at which the person's own scatter weighs as much as that of others

ways = []
for mirrored in (False, True):
    for turn in range(CHANNELS):
        one = [(turn - i if mirrored else i - turn) % CHANNELS for i in range(CHANNELS)]
        gap = [(o - 1) % CHANNELS for o in one] if mirrored else one
        ways.append(np.array(one + [CHANNELS + o for o in one] + [2 * CHANNELS + g for g in gap]))

random = np.random.default_rng(7)
pattern = random.normal(size=(CLASSES, SIZE)) * 0.5
people = []
for person in range(5):
    own = pattern + random.normal(size=pattern.shape) * 0.4
    sessions = []
    for session in range(2 if person != 3 else 1):
        moved = own + random.normal(size=pattern.shape) * 0.2
        way = ways[random.integers(len(ways))]
        repetitions = []
        for label in range(CLASSES):
            for _ in range(2):
                mean = moved[label] + random.normal(size=SIZE) * 0.2
                rows = (mean + random.normal(size=(4, SIZE)) * 0.3)[:, way]
                repetitions.append((label, rows.round(6)))
        sessions.append(repetitions)
    people.append(sessions)


def structured(rows, divisor):
    empirical = rows.T @ rows / divisor
    turned = np.zeros_like(empirical)
    for way in ways:
        index = np.concatenate([c * SIZE + way for c in range(CLASSES)])
        turned += empirical[np.ix_(index, index)] / len(ways)
    y = rows.reshape(len(rows), CLASSES, SIZE)
    deviation = np.sqrt((y ** 2).sum(0) / divisor) + 1e-9
    z = y / deviation
    unit = lambda a: a / np.sqrt(np.outer(np.diag(a), np.diag(a)))
    between, within = unit(np.einsum("ncd,ned->ce", z, z)), unit(np.einsum("ncd,nce->de", z, z))
    product = np.kron(between, within) * np.outer(deviation.ravel(), deviation.ravel())
    return 0.4 * product + 0.4 * turned + 0.2 * empirical + RIDGE * np.eye(len(empirical))


means = [[np.stack([np.mean([r.mean(0) for l, r in s if l == c], 0) for c in range(CLASSES)]) for s in p] for p in people]
near = lambda m, target: min(range(len(ways)), key=lambda t: ((m[:, ways[t]] - target)[:, :CHANNELS] ** 2).sum())
chosen = [0] * len(people)
for _ in range(5):
    center = np.mean([m[0][:, ways[t]] for m, t in zip(means, chosen)], 0)
    chosen = [near(m[0], center) for m in means]
laid, frames = [], []
for m, t in zip(means, chosen):
    frames.append([t])
    laid.append([m[0][:, ways[t]]])
    for other in m[1:]:
        frames[-1].append(near(other, laid[-1][0]))
        laid[-1].append(other[:, ways[frames[-1][-1]]])
rows = np.array([m.ravel() for l in laid for m in l])
mean = rows.mean(0)
spread = structured(rows - mean, len(rows) - 1)
changes = np.array([(m - l[0]).ravel() / np.sqrt(2) for l in laid for m in l[1:]])
session = structured(changes, len(changes))
w, h, counts, degrees = np.zeros((CLASSES, SIZE, SIZE)), np.zeros((CLASSES, SIZE, SIZE)), np.zeros(CLASSES), np.zeros(CLASSES)
for p, f in zip(people, frames):
    for s, t in zip(p, f):
        for c in range(CLASSES):
            own = [r[:, ways[t]] for l, r in s if l == c]
            centers = np.array([r.mean(0) for r in own])
            for r in own:
                w[c] += (r - r.mean(0)).T @ (r - r.mean(0))
                counts[c] += len(r)
            h[c] += (centers - centers.mean(0)).T @ (centers - centers.mean(0))
            degrees[c] += len(own) - 1
w, h = w / counts[:, None, None], h / degrees[:, None, None]
partly = lambda a: (1 - OWN) * a.mean(0) + OWN * a
window, repetition = partly(w) + NOISE_RIDGE * np.eye(SIZE), partly(h)


def posterior(support, mean, spread):
    index = np.concatenate([np.arange(SIZE) + SIZE * c for c in support])
    total = spread[np.ix_(index, index)].copy()
    for j, c in enumerate(support):
        part = slice(SIZE * j, SIZE * (j + 1))
        total[part, part] += repetition[c] + window[c] * (KEPT + (1 - KEPT) / len(support[c]))
    inverse = np.linalg.inv(total)
    off = [np.concatenate([support[c].mean(0)[way] for c in support]) - mean[index] for way in ways]
    evidence = np.array([-0.5 * o @ inverse @ o for o in off])
    weights = np.exp(evidence - evidence.max())
    gain = spread[:, index] @ inverse
    return weights / weights.sum(), np.array([mean + gain @ o for o in off]), spread - gain @ spread[index]


def own_noise(support, half):
    """The person's own scatter of windows as worn, and its weight against that of others."""
    count = sum(len(x) - 1 for x in support.values())
    scatter = sum((x - x.mean(0)).T @ (x - x.mean(0)) for x in support.values()) / max(count, 1)
    return scatter + NOISE_RIDGE * np.eye(SIZE), min(count / (count + half), 1 - OWN)


def probabilities(x, weights, means, covariance, own, temperature=1.0):
    result, (scatter, share), pooled = [], own, window.mean(0)
    for row in x:
        scores = np.zeros(CLASSES)
        for weight, m, way in zip(weights, means, ways):
            if weight <= 1e-4:
                continue
            for c in range(CLASSES):
                part = slice(SIZE * c, SIZE * (c + 1))
                v = window[c] + repetition[c] + covariance[part, part] + share * (scatter[np.ix_(way, way)] - pooled)
                d = row[way] - m[part]
                q = d @ np.linalg.inv(v) @ d
                scores[c] += weight * np.exp(-0.5 * np.linalg.slogdet(v)[1]) * (1 + q / FREEDOM) ** (-(FREEDOM + SIZE) / 2)
        scores = scores ** (1 / temperature)
        result.append(scores / scores.sum())
    return np.array(result)


def knowledge(s):
    x = np.stack([np.mean([r.mean(0) for l, r in s if l == c], 0) for c in range(CLASSES)])
    inverse = np.linalg.inv(spread)
    off = min([x[:, way].ravel() - mean for way in ways], key=lambda v: v @ inverse @ v)
    part = session @ inverse
    left = 2 * session - part @ session
    values, vectors = np.linalg.eigh((left + left.T) / 2)
    return mean + off - part @ off, (vectors * np.maximum(values, 0.003)) @ vectors.T


query = (pattern[[0, 1, 0]] + random.normal(size=(3, SIZE)) * 0.5)[:, ways[4]].round(6)
one = (pattern[1] + random.normal(size=(3, SIZE)) * 0.3)[:, ways[4]].round(6)
both = {0: (pattern[0] + random.normal(size=(2, SIZE)) * 0.3)[:, ways[4]].round(6), 1: one}
cases = []


def learned(x, c, weights, centers, covariance):
    """One more window of a class, which counts as a tenth of an independent one."""
    part = slice(SIZE * c, SIZE * (c + 1))
    total = covariance[part, part] + (window[c] + repetition[c]) / 0.1
    gain = covariance[:, part] @ np.linalg.inv(total)
    off = np.array([x[way] for way in ways]) - centers[:, part]
    evidence = np.log(weights) - 0.05 * np.einsum("td,de,te->t", off, np.linalg.inv(total), off)
    later = np.exp(evidence - evidence.max())
    return later / later.sum(), centers + off @ gain.T, covariance - gain @ covariance[part]


def learned_from_all(rows, classes, share, weights, centers, covariance, least=0.3):
    """All windows, each given to every class by its probability; those of a class count as one of their mean."""
    counts = classes.sum(0)
    seen = [c for c in range(CLASSES) if counts[c] > least]
    index = np.concatenate([np.arange(SIZE) + SIZE * c for c in seen])
    total = covariance[np.ix_(index, index)].copy()
    for j, c in enumerate(seen):
        part = slice(SIZE * j, SIZE * (j + 1))
        total[part, part] += (window[c] + repetition[c]) / (share * counts[c])
    inverse = np.linalg.inv(total)
    averages = [classes[:, c] @ rows / counts[c] for c in seen]
    off = np.array([np.concatenate([a[way] for a in averages]) for way in ways]) - centers[:, index]
    evidence = np.log(weights) - 0.5 * share * np.einsum("td,de,te->t", off, inverse, off)
    later = np.exp(evidence - evidence.max())
    gain = covariance[:, index] @ inverse
    return later / later.sum(), centers + off @ gain.T, covariance - gain @ covariance[index]


stream = np.concatenate([pattern[c] + random.normal(size=(4, SIZE)) * 0.6 for c in (0, 1, 0)])[:, ways[4]].round(6)
for support, known, half in (
        ({1: one}, None, WINDOWS), (both, None, WINDOWS), ({1: one}, knowledge(people[2][0]), WINDOWS),
        # The own scatter weighs two thirds, and as much as it may at most.
        ({1: one}, None, 1.0), (both, None, 1.0)):
    m, s = known if known else (mean, spread)
    own = own_noise(support, half)
    weights, centers, covariance = posterior(support, m, s)
    # In the order of time; every second window is learned from once it was decided about.
    state, softly = (weights, centers, covariance), []
    for number, row in enumerate(stream):
        p = probabilities(row[None], *state, own, 1.7)[0]
        softly.append(p.tolist())
        if number % 2 == 0:
            state = learned_from_all(row[None], p[None], 0.2, *state, least=0.01)
    # The same without labels: of every second window, and after every second of these from all so far anew.
    start = state = posterior(support, m, s)
    unlabeled, kept = [], []
    for number, row in enumerate(stream):
        unlabeled.append(probabilities(row[None], *state, own, 1.7)[0].tolist())
        if number % 2 == 0:
            kept.append(row)
            if len(kept) % 2 == 0:
                rows = np.array(kept)
                state = learned_from_all(rows, probabilities(rows, *state, own, 1.7), 0.2, *start)
    cases.append({
        "support": [{"label": int(c), "rows": r.ravel().tolist()} for c, r in support.items()],
        "knows_earlier": known is not None,
        "person_windows": half,
        "turns": weights.tolist(),
        "probabilities": probabilities(query, weights, centers, covariance, own).tolist(),
        "tempered": probabilities(query, weights, centers, covariance, own, 1.7).tolist(),
        "updated": probabilities(query, *learned(query[0], 0, weights, centers, covariance), own).tolist(),
        "softly": softly,
        "unlabeled": unlabeled,
    })
print(json.dumps({
    "people": [[[{"label": l, "rows": r.ravel().tolist()} for l, r in s] for s in p] for p in people],
    "mean": mean.tolist(), "spread": spread.ravel().tolist(), "query": query.ravel().tolist(),
    "stream": stream.ravel().tolist(), "cases": cases,
}))
