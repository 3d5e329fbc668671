"""Data sets with what scikit-learn's discriminant tells of them: see HOW-MADE.md."""
import json
import sys

import numpy as np
import sklearn
from sklearn.covariance import ledoit_wolf
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def classes(rng, counts, width, distance=1.5, skew=False):
    """Rows round a mean for each class, with correlated columns of very different sizes."""
    mixing = rng.normal(size=(width, width)) / np.sqrt(width) + np.eye(width)
    size = 10.0 ** rng.uniform(-3, 3, width)
    rows, labels = [], []
    for label, count in enumerate(counts):
        noise = rng.normal(size=(count, width))
        if skew:
            noise = np.exp(noise) - np.exp(0.5)
        mean = distance * rng.normal(size=width) / np.sqrt(width)
        rows.append((mean + noise @ mixing / np.sqrt(2)) * size + 10 * size)
        labels += [label] * count
    return np.concatenate(rows), np.array(labels)


def cases():
    rng = np.random.default_rng(20)
    yield "plain", *classes(rng, [60, 60, 60], 8)
    yield "more columns than rows", *classes(rng, [7, 8, 6], 64, distance=8)
    yield "imbalanced", *classes(rng, [150, 20, 5], 12, distance=3)
    yield "skewed", *classes(rng, [40, 40, 40, 40, 40], 16, distance=4, skew=True)
    rows, labels = classes(rng, [30, 30, 30], 6, distance=3)
    yield "collinear", np.hstack([rows, rows[:, :3], rows @ rng.normal(size=(6, 2))]), labels
    rows, labels = classes(rng, [30, 30, 30], 5, distance=3)
    yield "constant column", np.insert(rows, 2, 7.25, axis=1), labels
    rows, labels = classes(rng, [25, 25, 25], 5, distance=3)
    rows[labels == 0, 1] = rows[:, 1].mean()
    yield "constant within a class", rows, labels
    rows, labels = classes(rng, [40, 1, 40], 6, distance=4)
    yield "one row of a class", rows, labels


def shrinkages(rows, labels):
    """What the discriminant does inside, class by class."""
    rows = StandardScaler().fit_transform(rows)
    return [float(ledoit_wolf(StandardScaler().fit_transform(rows[labels == label]))[1])
            for label in np.unique(labels)]


result = []
for name, rows, labels in cases():
    order = np.random.default_rng(3).permutation(len(labels))
    rows, labels = np.round(rows[order], 6), labels[order]
    model = make_pipeline(
        StandardScaler(), LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"))
    model.fit(rows, labels)
    # New rows between and around those that it was fitted to.
    rng = np.random.default_rng(4)
    one, two = rng.integers(0, len(labels), (2, 80))
    share = rng.uniform(-0.3, 1.3, (80, 1))
    new = np.round(share * rows[one] + (1 - share) * rows[two], 6)
    result.append({
        "name": name, "width": rows.shape[1], "rows": rows.ravel().tolist(),
        "labels": labels.tolist(), "new": new.ravel().tolist(),
        "told": model.predict(new).tolist(),
        "shrinkages": shrinkages(rows, labels),
    })
json.dump({"scikit_learn": sklearn.__version__, "numpy": np.__version__, "cases": result},
          sys.stdout, separators=(",", ":"))
print()
