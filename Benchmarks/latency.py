"""Measures how long a decision takes from the arrival of the last sample, in replay at the pace of measuring.

usage: latency.py MYOTASK [--seconds N] [--only dnn,cnn,tcn] [--channels 8,16]

For 8 channels at 200 Hz and 16 at 2 kHz, and each model, `myotask decode` and a script of SciPy and PyTorch
(peers/online_torch.py) decode the same synthetic recording with the same filters, window, stride, chunks and
sizes of layers, one after the other. Then `decode` replays it as fast as it can. Absolute times depend on what
else the machine does; both are measured in one run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "scratch", "latency")
PIPELINE = """phase: causal
stages:
  - band_pass: {low_hz: 20, high_hz: %g, order: 4}
  - rectify: {}
  - low_pass: {cutoff_hz: 6, order: 2}
"""
COLLECTION = """window: {length_ms: 200, stride_ms: 50}
split: {rule: first_cycle}
normalization: standard
splits: {test: 1, validation: 1}
"""
TRAINING = """algorithm: first_order_maml
model: %s
inner: {optimizer: sgd, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
meta_epochs: 1
baselines: {random: false, pretrained: null}
"""
MODELS = {
    "dnn": "{name: dnn, hidden: [512, 128]}",
    "cnn": "{name: cnn, filters: [32, 64], kernel: 3, hidden: [128]}",
    "tcn": "{name: tcn, blocks: [32, 32], kernel: 3, hidden: [128]}",
}


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(command)}: {result.stderr}")
    return result.stdout


def write(name, text):
    with open(os.path.join(WORK, name), "w") as file:
        file.write(text)
    return os.path.join(WORK, name)


def prepare(myotask, channels, rate, seconds):
    """A trained run of each model, and a long recording."""
    place = os.path.join(WORK, f"{channels}x{rate}")
    os.makedirs(place)
    shape = ["--style", "bipolar", "--channels", str(channels), "--rate", str(rate), "--conditions", "1"]
    run(myotask, "synth", *shape, "--patients", "3", "--cycles", "2", "--output", f"{place}/lab")
    run(myotask, "synth", *shape, "--patients", "1", "--cycles", str(seconds // 4 + 2), "--output", f"{place}/long")
    for name in ("lab", "long"):
        run(myotask, "convert", f"{place}/{name}", "--output", f"{place}/{name}-archive")
    pipeline = write("pipeline.yaml", PIPELINE % min(450, 0.45 * rate))
    run(myotask, "filter", f"{place}/lab-archive", "--pipeline", pipeline, "--output", f"{place}/conditioned")
    run(myotask, "build", f"{place}/conditioned", "--config", write("collection.yaml", COLLECTION), "--output", f"{place}/study")
    archive = f"{place}/long-archive"
    files = [os.path.join(folder, name) for folder, _, names in os.walk(archive) for name in names if name.endswith(".h5")]
    return place, files[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("myotask")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--only", default=",".join(MODELS))
    parser.add_argument("--channels", default="8,16")
    options = parser.parse_args()
    global WORK
    WORK = os.path.join(WORK, options.channels)
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    print(f"load {os.getloadavg()[0]:.1f}; {options.seconds} s at the pace of measuring; milliseconds")
    print("| channels | model | decoder | decisions | p50 | p99 | p99.9 | max | real-time factor, unpaced |")
    print("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    rates = {8: 200, 16: 2000}
    for channels in map(int, options.channels.split(",")):
        rate = rates[channels]
        place, recording = prepare(options.myotask, channels, rate, options.seconds)
        chunk = max(1, rate // 200)
        for model in options.only.split(","):
            training = write(f"{model}.yaml", TRAINING % MODELS[model])
            run(options.myotask, "train", f"{place}/study.json", "--config", training, "--output", f"{place}/{model}")
            bundle = f"{place}/{model}/decoders/meta.myodec"

            def decode(*more):
                out = run(options.myotask, "decode", bundle, "--from", f"replay:{recording}",
                          "--to", f"jsonl:{place}/{model}-{len(more)}.jsonl", "--json", *more)
                return json.loads(out.strip().splitlines()[-1])["summary"]

            own = decode("--chunk", str(chunk), "--seconds", str(options.seconds))
            fast = decode("--as-fast-as-possible")
            times = [1e3 * own["latency"][key] for key in ("p50_seconds", "p99_seconds", "p999_seconds", "max_seconds")]
            print(f"| {channels} at {rate} Hz | {model} | `myotask decode` | {own['decisions']} | "
                  + " | ".join(f"{time:.3f}" for time in times) + f" | {fast['real_time_factor']:.0f} |", flush=True)
            peer = json.loads(run(
                sys.executable, os.path.join(HERE, "peers", "online_torch.py"), recording, model,
                str(int(0.2 * rate)), str(int(0.05 * rate)), str(chunk), str(options.seconds)).strip().splitlines()[-1])
            print(f"| {channels} at {rate} Hz | {model} | SciPy, PyTorch | {peer['decisions']} | "
                  + " | ".join(f"{peer[key]:.3f}" for key in ("p50", "p99", "p999", "max")) + " | |", flush=True)


main()
