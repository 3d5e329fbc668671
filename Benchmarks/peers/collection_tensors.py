"""The tensors of a task collection as NumPy arrays: what every peer trains on."""

import json
import os

import h5py
import numpy as np


def windows(signal, starts, length):
    """[window, channel, time], the order in which PyTorch's models read a window."""
    view = np.lib.stride_tricks.sliding_window_view(signal, length, axis=0)
    return np.ascontiguousarray(view[starts])


def load(path, split, most=None, sizes=(0, 0)):
    """The manifest, and for each task of a split ((support, labels), (query, labels)).

    `most` stops after so many tasks, of those with at least `sizes` windows in support and query.
    """
    with open(path) as file:
        manifest = json.load(file)
    tasks = []
    with h5py.File(os.path.join(os.path.dirname(path), manifest["tensors"]["path"]), "r") as file:
        for entry in manifest["tasks"]:
            if entry["id"] not in manifest["splits"][split] or (most and len(tasks) == most):
                continue
            group = file[entry["tensor"]["path"]]
            signal = group["emg"][()]
            parts = []
            for part in ("support", "query"):
                starts = group[part]["start"][()]
                labels = group[part]["label"][()].astype(np.int64)
                parts.append((windows(signal, starts, manifest["window"]["length"]), labels))
            if all(len(labels) >= size for (_, labels), size in zip(parts, sizes)):
                tasks.append(parts)
    return manifest, tasks
