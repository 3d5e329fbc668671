"""Decodes a recording at the pace it was measured at, as a script of SciPy and PyTorch does it:

usage: online_torch.py RECORDING.h5 MODEL WINDOW STRIDE CHUNK SECONDS

prints as JSON the milliseconds from a chunk's arrival to the decision that it completes.
"""

import json
import sys
import time

import h5py
import numpy as np
import torch
from scipy import signal

path, model, window, stride, chunk, seconds = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])
torch.set_num_threads(1)
torch.manual_seed(0)
with h5py.File(path) as file:
    samples = file["emg"][()].astype(np.float64)
    rate = float(file.attrs["sampling_rate_hz"])
channels = samples.shape[1]


class Residual(torch.nn.Module):
    def __init__(self, inputs, outputs, dilation):
        super().__init__()
        self.pad = 2 * dilation
        self.one = torch.nn.Conv1d(inputs, outputs, 3, dilation=dilation)
        self.two = torch.nn.Conv1d(outputs, outputs, 3, dilation=dilation)
        self.side = torch.nn.Conv1d(inputs, outputs, 1) if inputs != outputs else torch.nn.Identity()

    def forward(self, x):
        pad = torch.nn.functional.pad
        y = torch.relu(self.one(pad(x, (self.pad, 0))))
        y = torch.relu(self.two(pad(y, (self.pad, 0))))
        return torch.relu(y + self.side(x))


if model == "dnn":
    network = torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(channels * window, 512), torch.nn.ReLU(),
        torch.nn.Linear(512, 128), torch.nn.ReLU(), torch.nn.Linear(128, 3))
elif model == "cnn":
    network = torch.nn.Sequential(
        torch.nn.Conv1d(channels, 32, 3), torch.nn.ReLU(), torch.nn.Conv1d(32, 64, 3), torch.nn.ReLU(),
        torch.nn.Flatten(), torch.nn.Linear(64 * (window - 4), 128), torch.nn.ReLU(), torch.nn.Linear(128, 3))
else:
    network = torch.nn.Sequential(
        Residual(channels, 32, 1), Residual(32, 32, 2), torch.nn.Flatten(),
        torch.nn.Linear(32 * window, 128), torch.nn.ReLU(), torch.nn.Linear(128, 3))
network.eval()

nyquist = rate / 2
sections = np.concatenate([
    signal.butter(4, [20, min(450, 0.9 * nyquist)], "bandpass", fs=rate, output="sos"),
    signal.butter(2, 6, fs=rate, output="sos")])
split = 4
states = [np.zeros((part.shape[0], 2, channels)) for part in (sections[:split], sections[split:])]
history = np.zeros((window, channels), dtype=np.float32)
latencies = []
count = 0
begin = time.perf_counter()
with torch.inference_mode():
    for start in range(0, min(len(samples), int(seconds * rate)) - chunk + 1, chunk):
        due = begin + (start + chunk) / rate
        pause = due - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        arrival = time.perf_counter()
        rows, states[0] = signal.sosfilt(sections[:split], samples[start:start + chunk], axis=0, zi=states[0])
        rows, states[1] = signal.sosfilt(sections[split:], np.abs(rows), axis=0, zi=states[1])
        history = np.concatenate([history[chunk:], rows.astype(np.float32)])
        before, count = count, count + chunk
        if count >= window and (count - window) // stride != (before - window) // stride:
            logits = network(torch.from_numpy(np.ascontiguousarray(history.T))[None])
            torch.softmax(logits, 1).argmax().item()
            latencies.append(1e3 * (time.perf_counter() - arrival))
latencies = np.sort(latencies)
rank = lambda share: float(latencies[max(0, int(np.ceil(share * len(latencies))) - 1)])
print(json.dumps({"decisions": len(latencies), "p50": rank(0.5), "p99": rank(0.99), "p999": rank(0.999),
                  "max": float(latencies[-1])}))
