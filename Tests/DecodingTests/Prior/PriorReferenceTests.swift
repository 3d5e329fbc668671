import Decoding
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite(
    "A prior's bundle by its documentation",
    .enabled(if: Python.has(module: "numpy"), "needs Python with NumPy"))
struct PriorReferenceTests {
    /// Reads a bundle and samples, and prints the probabilities of each window, a line each: written
    /// after docs/decoding/bundle.md, and nothing else.
    private static let program = """
        import json, struct, sys
        import numpy as np
        data = open(sys.argv[1], "rb").read()
        size = struct.unpack("<Q", data[:8])[0]
        head = json.loads(data[8:8 + size])
        about = json.loads(head.pop("__metadata__")["decoder"])
        tensors = {}
        for name, entry in head.items():
            begin, end = entry["data_offsets"]
            kind = {"F64": "<f8", "F32": "<f4"}[entry["dtype"]]
            tensors[name] = np.frombuffer(
                data[8 + size + begin:8 + size + end], kind).reshape(entry["shape"])
        prior, window = about["model"]["prior"], about["input"]["window"]
        n = len(about["input"]["channels"])
        samples = np.fromfile(sys.argv[2], "<f4").reshape(-1, n).astype(float)
        classes, width = tensors["mean"].shape
        scale, floor = prior["scale"], prior["floor"]

        def features(part):
            a = np.abs(part).mean(0) / scale
            d = np.abs(np.diff(part, axis=0)).mean(0) / scale
            rows = [np.log(a + floor), prior["root_weight"] * np.sqrt(a),
                    np.log((d + floor) / (a + floor))]
            if prior["turns"] == "ring":
                deviation = part.std(0) / scale + floor
                centered = part - part.mean(0)
                common = (centered * np.roll(centered, -1, 1)).mean(0) / scale ** 2
                bound = prior["largest_correlation"]
                rows.append(np.arctanh(np.clip(
                    common / (deviation * np.roll(deviation, -1)), -bound, bound)))
            return np.concatenate(rows)

        turns, c = [], np.arange(n)
        for mirrored in [False, True] if prior["turns"] == "ring" else []:
            for t in range(n):
                own = (t - c) % n if mirrored else (c - t) % n
                gap = (own - 1) % n if mirrored else own
                turns.append(np.concatenate([own, n + own, 2 * n + own, 3 * n + gap]))
        turns = turns or [np.arange(width)]
        likely = tensors.get("person.turns", np.full(len(turns), 1 / len(turns)))
        means = tensors.get("person.means", np.repeat(tensors["mean"][None], len(turns), 0))
        unknown = tensors.get("person.unknown", tensors["spread"])
        share = float(tensors.get("person.noise_share", [0])[0])
        noise = tensors["window_noise"] + tensors["repetition_noise"]
        parts = []
        for turn, order in enumerate(turns):
            if likely[turn] <= 1e-4:
                continue
            for label in range(classes):
                place = slice(label * width, (label + 1) * width)
                sigma = unknown[place, place] + noise[label]
                if share > 0:
                    own = tensors["person.noise"][np.ix_(order, order)]
                    sigma = sigma + share * (own - tensors["window_noise"].mean(0))
                parts.append((turn, order, label, np.linalg.inv(sigma),
                              np.linalg.slogdet(sigma)[1]))
        freedom = prior["freedom"]
        for first in range(0, len(samples) - window["length"] + 1, window["stride"]):
            x = features(samples[first:first + window["length"]])
            scores = np.full(classes, -np.inf)
            for turn, order, label, inverse, determinant in parts:
                z = x[order] - means[turn, label]
                scores[label] = np.logaddexp(scores[label], np.log(likely[turn])
                    - determinant / 2
                    - (freedom + width) / 2 * np.log1p(z @ inverse @ z / freedom))
            scores /= prior["temperature"]
            p = np.exp(scores - scores.max())
            print(*[repr(float(value)) for value in p / p.sum()])
        """

    @Test(arguments: ["nobody", "person", "one class", "no ring"])
    func `a program written after the documentation finds the same probabilities`(
        variant: String
    ) throws {
        let folder = try TemporaryFolder()
        let bundle = try BandPeople.bundle(BandPeople.model(variant))
        let samples = BandPeople.later(10).samples
        let files = ["b.myodec", "samples"].map { folder.url.appending(path: $0) }
        try bundle.write(to: files[0])
        try Data(
            samples.flatMap { value in
                (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
            }
        ).write(to: files[1])
        let run = try Python.run(Self.program, arguments: files.map { $0.path() })
        #expect(run.status == 0, "\(run.output)")
        let expected = run.output.split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        let decided = try DecidedWindow.all(of: samples, by: bundle, chunk: 40)
        try #require(expected.count == decided.count && decided.count == 93)
        for (window, expected) in zip(decided, expected) {
            #expect(
                zip(window.probabilities, expected).allSatisfy { abs($0 - $1) < 1e-10 },
                "\(window.probabilities) \(expected)")
        }
    }
}
