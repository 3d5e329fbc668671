"""The eleven features that LibEMG's users take most often, windows of 200 ms moved by 50 ms, of 8
channels at 2 kHz: what `filter-bench features` measures of MyoTask, in LibEMG.

usage: features_libemg.py [--minutes 10] [--repeats 2]

Prints one line of JSON: seconds and CPU seconds of each repeat with and without the copy of the
windows that LibEMG needs, without imports and after its functions are compiled.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
import types

import numpy as np

# The package's own start imports devices, games and plots; two of its files are all that is needed.
SPEC = importlib.util.find_spec("libemg")
PACKAGE = types.ModuleType("libemg")
PACKAGE.__path__ = [os.path.dirname(SPEC.origin)]
sys.modules["libemg"] = PACKAGE

from libemg.feature_extractor import FeatureExtractor  # noqa: E402
from libemg.utils import get_windows  # noqa: E402

NAMES = ["MAV", "ZC", "SSC", "WL", "RMS", "IAV", "VAR", "LD", "MNF", "MDF", "AR"]
RATES = {"MNF_fs": 2000, "MDF_fs": 2000}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    signal = np.random.default_rng(1).normal(0, 50, (options.minutes * 60 * 2000, 8))
    extractor = FeatureExtractor()
    extractor.extract_features(NAMES, get_windows(signal[:20_000], 400, 100), feature_dic=RATES)
    result = {"seconds": [], "seconds_without_windows": [], "cpu_seconds": [], "numbers": 0}
    for _ in range(options.repeats):
        begin, cpu = time.perf_counter(), time.process_time()
        windows = get_windows(signal, 400, 100)
        ready = time.perf_counter()
        features = extractor.extract_features(NAMES, windows, feature_dic=RATES)
        result["seconds"].append(time.perf_counter() - begin)
        result["seconds_without_windows"].append(time.perf_counter() - ready)
        result["cpu_seconds"].append(time.process_time() - cpu)
        result["numbers"] = sum(values.size for values in features.values())
    print(json.dumps(result))


if __name__ == "__main__":
    main()
