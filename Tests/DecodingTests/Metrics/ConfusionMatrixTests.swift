import Decoding
import SeededRandom
import TestSupport
import Testing

@Suite("Confusion matrix")
struct ConfusionMatrixTests {
    @Test("a small matrix has the numbers that follow from it by hand")
    func byHand() {
        // Asked for 0 four times, 1 three times, 2 never; 2 was predicted once.
        let matrix = ConfusionMatrix(
            labels: [0, 0, 0, 0, 1, 1, 1], predictions: [0, 0, 0, 2, 1, 1, 0], classCount: 4)
        #expect(matrix.counts == [3, 0, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(matrix.accuracy == 5.0 / 7)
        #expect(matrix.balancedAccuracy == (3.0 / 4 + 2.0 / 3) / 2)
        // F1: 2·3/(4+4), 2·2/(3+2), 0/(0+1); class 3 is neither true nor predicted.
        #expect(abs(matrix.macroF1 - (6.0 / 8 + 4.0 / 5 + 0) / 3) < 1e-15)
    }

    @Test("matrices add up, and nothing is not a number")
    func sums() {
        var sum = ConfusionMatrix(labels: [0, 1], predictions: [0, 0], classCount: 2)
        sum.add(ConfusionMatrix(labels: [1], predictions: [1], classCount: 2))
        #expect(sum == ConfusionMatrix(labels: [0, 1, 1], predictions: [0, 0, 1], classCount: 2))
        let empty = ConfusionMatrix(classCount: 3)
        #expect(empty.accuracy.isNaN && empty.balancedAccuracy.isNaN && empty.macroF1.isNaN)
    }

    private static let program = """
        import sys, warnings
        from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score
        warnings.simplefilter("ignore")
        for line in sys.argv[1].split(";"):
            y, p = ([int(c) for c in part] for part in line.split(","))
            print(accuracy_score(y, p), balanced_accuracy_score(y, p),
                  f1_score(y, p, average="macro", zero_division=0))
        """

    @Test(
        "the numbers are scikit-learn's",
        .enabled(if: Python.has(module: "sklearn"), "needs Python with scikit-learn"))
    func scikitLearn() throws {
        var generator = SeededGenerator(seed: 9)
        let cases = (0..<40).map { index -> ([UInt8], [UInt8]) in
            let (count, classes) = (1 + generator.integer(below: 30), 1 + index % 5)
            func draw() -> [UInt8] {
                (0..<count).map { _ in UInt8(generator.integer(below: classes)) }
            }
            return (draw(), draw())
        }
        let text = cases.map { labels, predicted in
            [labels, predicted].map { $0.map(String.init).joined() }.joined(separator: ",")
        }.joined(separator: ";")
        let result = try Python.run(Self.program, arguments: [text])
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == cases.count, "\(result.output)")
        for ((labels, predicted), line) in zip(cases, lines) {
            let expected = line.split(separator: " ").compactMap { Double($0) }
            let matrix = ConfusionMatrix(labels: labels, predictions: predicted, classCount: 5)
            let found = [matrix.accuracy, matrix.balancedAccuracy, matrix.macroF1]
            for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-12) }
        }
    }
}
