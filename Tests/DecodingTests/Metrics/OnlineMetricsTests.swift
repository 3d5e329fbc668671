import Decoding
import Documents
import Foundation
import SeededRandom
import Statistics
import TestSupport
import Testing

@Suite struct OnlineMetricsTests {
    /// Decisions every 10 samples of 200 Hz, a digit a class, `.` for no class put out.
    private static func decisions(
        _ labels: String, _ outputs: String, probability: Double = 0.8, from sample: Int = 39
    ) -> [OnlineDecision] {
        zip(labels, outputs).enumerated().map { place, pair in
            let output = Int(String(pair.1))
            return OnlineDecision(
                sample: sample + 10 * place, label: Int(String(pair.0)),
                probabilities: (0..<3).map { $0 == output ? probability : (1 - probability) / 2 },
                output: ControlOutput(
                    label: output, velocity: 1, state: output == nil ? .fault : .decided))
        }
    }

    private static func metrics(_ recordings: [[OnlineDecision]]) -> OnlineMetrics {
        OnlineMetrics(recordings, classCount: 3, neutral: 0, rate: 200, stride: 10)
    }

    @Test func `a movement that begins at rest is a false activation, one that lasts is late`() {
        // Late at 5 and 6; false at 8 and at 10.
        let metrics = Self.metrics([
            Self.decisions("00111000000000", "00011110110100", probability: 0.8)
        ])
        #expect(metrics.falseActivationCount == 2)
        #expect(abs(metrics.restSeconds - 11 * 0.05) < 1e-12)
        #expect(abs((metrics.falseActivationsPerHour ?? 0) - 2 / (0.55 / 3_600)) < 1e-6)
        #expect(metrics.onsets.seconds == [0.05])
    }

    @Test func `an onset is followed once the class is put out, or never`() {
        let metrics = Self.metrics([
            Self.decisions("0001111000222200011110", "0000011000111100011110")
        ])
        #expect(metrics.onsets.count == 3 && metrics.onsets.neverCount == 1)
        #expect(metrics.onsets.seconds == [0.1, 0])
        #expect(metrics.onsets.median == 0.05)
        #expect(abs((metrics.onsets.p90 ?? 0) - 0.09) < 1e-12)
    }

    @Test func `what no decision lies between is not followed across a gap or another recording`() {
        let one = Self.decisions("000", "000")
        let gap = Self.metrics([one + Self.decisions("111", "111", from: 1_000)])
        let apart = Self.metrics([one, Self.decisions("111", "111")])
        for metrics in [gap, apart] {
            #expect(metrics.onsets.count == 0 && metrics.transitions.eventCount == 0)
            #expect(metrics.accuracy == 1)
        }
    }

    @Test func `decisions without a label or a window are counted and evaluate nothing else`() {
        var decisions = Self.decisions("0011", "0.11")
        decisions[2].label = nil
        let metrics = Self.metrics([decisions])
        #expect(metrics.count == 4 && metrics.labeledCount == 3 && metrics.faultCount == 1)
        #expect(metrics.rightCount == 2 && metrics.probabilities.count == 2)
        let none = Self.metrics([])
        #expect(none.accuracy == nil && none.falseActivationsPerHour == nil)
        #expect(none.rejection.area == nil && none.rejection.accuracy(atCoverage: 0.5) == nil)
        #expect(none.text.contains("–"))
    }

    @Test func `decisions of one probability are taken in all orders`() {
        let curve = RejectionCurve([
            (0.9, true), (0.5, false), (0.5, true), (0.5, true), (0.2, false),
        ])
        #expect(curve.accuracy(atCoverage: 1) == 0.6)
        // The first, and two thirds of one of the three.
        #expect(abs((curve.accuracy(atCoverage: 0.4) ?? 0) - (1 + 2.0 / 3) / 2) < 1e-12)
        #expect(curve.accuracy(atCoverage: 0.2) == 1)
        let expected = (1 + (1 + 2.0 / 3) / 2 + (1 + 4.0 / 3) / 3 + 0.75 + 0.6) / 5
        #expect(abs((curve.area ?? 0) - expected) < 1e-12)
    }

    /// The metrics from their descriptions, with NumPy. Probabilities are all different.
    private static let program = """
        import json, sys
        import numpy as np
        data = json.load(open(sys.argv[1]))
        rate, stride, neutral = 200, 10, 0
        onsets, never, rest, false = [], 0, 0, 0
        rows, labels, right, total = [], [], 0, 0
        for r in data:
            s, y = np.array(r["sample"]), np.array(r["label"])
            o, p = np.array(r["output"]), np.array(r["probabilities"])
            total += len(y); right += int((o == y).sum())
            rows.append(p); labels.append(y)
            for part in np.split(np.arange(len(s)), np.flatnonzero(np.diff(s) > stride) + 1):
                ys, os, ss = y[part], o[part], s[part]
                rest += int((ys == neutral).sum())
                active = os != neutral
                false += int(((ys == neutral)[1:] & active[1:] & ~active[:-1]).sum())
                for i in np.flatnonzero(np.diff(ys)) + 1:
                    if ys[i] == neutral: continue
                    ends = np.flatnonzero(ys[i:] != ys[i])
                    end = i + ends[0] if len(ends) else len(ys)
                    hits = np.flatnonzero(os[i:end] == ys[i])
                    if len(hits): onsets.append((ss[i + hits[0]] - ss[i]) / rate)
                    else: never += 1
        p, y = np.concatenate(rows), np.concatenate(labels)
        k = p.argmax(1); c = p.max(1); ok = (k == y).astype(float)
        bins = np.clip((c * 10).astype(int), 0, 9)
        ece = sum(abs(c[bins == b].sum() - ok[bins == b].sum()) for b in range(10)) / len(c)
        nll = -np.log(p[np.arange(len(y)), y]).mean()
        sortd = ok[np.argsort(-c)]
        curve = np.cumsum(sortd) / np.arange(1, len(sortd) + 1)
        at = lambda q: curve[int(np.ceil(q * len(sortd) - 1e-9)) - 1]
        print(json.dumps([right / total, float(np.median(onsets)),
            float(np.percentile(onsets, 90)), never, false / (rest * stride / rate / 3600),
            float(ece), float(nll), float(curve.mean()), float(at(0.9)), float(at(0.5))]))
        """

    @Test(
        .enabled(if: Python.has(module: "numpy"), "needs Python with numpy"),
        arguments: UInt64(0)..<4)
    func `the metrics are those of a program in NumPy`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "online")
        let recordings = (0..<3).map { _ -> [OnlineDecision] in
            var (sample, label, output) = (39, 0, 0)
            return (0..<400).map { _ in
                sample += generator.integer(below: 60) == 0 ? 400 : 10
                if generator.integer(below: 20) == 0 { label = generator.integer(below: 3) }
                if generator.integer(below: 4) == 0 { output = label }
                if generator.integer(below: 15) == 0 { output = generator.integer(below: 3) }
                let weights = (0..<3).map { 0.05 + generator.uniform() + ($0 == output ? 1 : 0) }
                let sum = weights.reduce(0, +)
                return OnlineDecision(
                    sample: sample, label: label, probabilities: weights.map { $0 / sum },
                    output: ControlOutput(label: output, velocity: 1, state: .decided))
            }
        }
        let metrics = Self.metrics(recordings)
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "decisions.json")
        let document = DocumentValue.array(
            recordings.map { recording in
                .object([
                    "sample": .integers(recording.map(\.sample)),
                    "label": .integers(recording.map { $0.label ?? -1 }),
                    "output": .integers(recording.map { $0.output.label ?? -1 }),
                    "probabilities": .array(
                        recording.map { .array($0.probabilities.map { .number($0) }) }),
                ])
            })
        try document.json(.canonical).write(to: file, atomically: true, encoding: .utf8)
        let result = try Python.run(
            Self.program, arguments: [file.path(percentEncoded: false)])
        let expected = try Document(json: result.output.utf8, name: result.output).cursor.array()
            .map { cursor throws(DocumentError) in try cursor.number() }
        let found: [Double?] = [
            metrics.accuracy, metrics.onsets.median, metrics.onsets.p90,
            Double(metrics.onsets.neverCount), metrics.falseActivationsPerHour,
            metrics.calibrationError, metrics.probabilities.loss, metrics.rejection.area,
            metrics.rejection.accuracy(atCoverage: 0.9),
            metrics.rejection.accuracy(atCoverage: 0.5),
        ]
        #expect(found.count == expected.count)
        for (own, other) in zip(found, expected) {
            #expect(abs((own ?? .nan) - other) <= 1e-9 * max(1, abs(other)))
        }
    }

    @Test func `the table and the document say what was found`() throws {
        var latency = LatencyHistogram(deadline: 1_000_000)
        for time in 1...1_000 { latency.record(nanoseconds: UInt64(time) * 2_000) }
        var metrics = Self.metrics([Self.decisions("00111000", "00111000")])
        metrics.latency = latency
        #expect(metrics.text.contains("accuracy of what is put out"))
        #expect(metrics.text.contains("500 of 1000 beyond 1.000 ms"))
        let object = try Document(
            json: metrics.document.json(.canonical).utf8, name: "metrics"
        ).cursor.object()
        #expect(try object.required("accuracy").number() == 1)
        #expect(
            try object.required("latency").object().required("missed_deadlines").integer() == 500)
        #expect(try object.required("onsets").integer() == 1)
    }
}
