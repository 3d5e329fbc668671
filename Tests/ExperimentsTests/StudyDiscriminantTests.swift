import EMGSignal
import Experiments
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Linear discriminant")
struct StudyDiscriminantTests {
    private static func cases() -> [(rows: [Double], labels: [UInt8], width: Int)] {
        var generator = SeededGenerator(seed: 21)
        return [(40, 3), (12, 8), (200, 5)].map { count, width in
            let labels = (0..<count).map { UInt8($0 % 3) }
            let rows = labels.flatMap { label in
                (0..<width).map { column in
                    generator.nearlyNormal() * Double(column + 1)
                        + (column == Int(label) ? 2.0 : 0)
                }
            }
            return (rows, labels, width)
        }
    }

    private static let program = """
        import json, sys
        import numpy as np
        from sklearn.covariance import ledoit_wolf
        for case in json.loads(sys.argv[1]):
            X = np.array(case["rows"]).reshape(len(case["labels"]), -1)
            y = np.array(case["labels"])
            classes = np.unique(y)
            means = np.array([X[y == k].mean(0) for k in classes])
            centered = X - means[np.searchsorted(classes, y)]
            scale = centered.std(0)
            S, shrinkage = ledoit_wolf(centered / scale, assume_centered=True)
            S = S * np.outer(scale, scale)
            W = np.linalg.solve(S, means.T).T
            b = np.log([np.mean(y == k) for k in classes]) - 0.5 * np.sum(W * means, 1)
            told = classes[np.argmax(X @ W.T + b, 1)]
            print(shrinkage, *told)
        """

    @Test(
        "shrinkage and predictions are those of scikit-learn's Ledoit-Wolf estimate",
        .enabled(if: Python.has(module: "sklearn"), "needs Python with scikit-learn"))
    func scikitLearn() throws {
        let text = Self.cases().map { rows, labels, _ in
            "{\"rows\": \(rows), \"labels\": \(labels.map(Int.init))}"
        }.joined(separator: ",")
        let result = try Python.run(Self.program, arguments: ["[\(text)]"])
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == Self.cases().count, "\(result.output)")
        for (line, (rows, labels, _)) in zip(lines, Self.cases()) {
            let numbers = line.split(separator: " ").compactMap { Double($0) }
            let discriminant = LinearDiscriminant(rows: rows, labels: labels)
            #expect(abs(discriminant.shrinkage - numbers[0]) < 1e-10)
            #expect(discriminant.predictions(rows).map(Double.init) == Array(numbers.dropFirst()))
        }
    }

    @Test("columns that do not vary, single rows and one class are borne with")
    func degenerate() {
        let constant = LinearDiscriminant(rows: [1, 5, 1, 5, 1, 5], labels: [0, 1, 0])
        #expect(constant.predictions([1, 5]) == [0])
        let single = LinearDiscriminant(rows: [0, 0, 3, 3], labels: [1, 2])
        #expect(single.predictions([0.1, 0, 2.9, 3]) == [1, 2])
        let one = LinearDiscriminant(rows: [0, 1, 2], labels: [7, 7, 7])
        #expect(one.predictions([100]) == [7])
    }

    @Test("features of windows at uneven distances are those of each window alone")
    func features() throws {
        var generator = SeededGenerator(seed: 2)
        let signal = (0..<600).map { _ in Float(generator.nearlyNormal()) }
        let starts = [0, 5, 10, 15, 40, 41, 42, 200, 280]
        let labels: [UInt8] = [0, 1, 0, 1, 0, 1, 0, 1, 0]
        func set(_ starts: [Int], _ labels: [UInt8]) throws -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: 2, windowLength: 20, starts: starts, labels: labels)
        }
        let classifier = try #require(
            TimeDomainDiscriminant(windowLength: 20, samplingRate: SamplingRate(hertz: 100)))
        let task = try Episode(
            id: "t", support: set(starts, labels), query: set(starts, labels))
        let together = try classifier.predictions(for: task)
        let apart = try starts.indices.map { index in
            try classifier.predictions(
                for: Episode(
                    id: "t", support: set(starts, labels), query: set([starts[index]], [0])))[0]
        }
        #expect(together == apart)
        #expect(
            try TimeDomainDiscriminant(windowLength: 2, samplingRate: SamplingRate(hertz: 9)) == nil
        )
    }
}
