import Decoding
import Testing

@Suite struct HeldOutScoreTests {
    private func score(_ confusion: [[Int]], length: Int = 1, stride: Int = 1) -> HeldOutScore {
        var score = HeldOutScore(
            classCount: confusion.count, windowLength: length, stride: stride)
        for (label, row) in confusion.enumerated() {
            for (predicted, count) in row.enumerated() {
                let probabilities = confusion.indices.map { $0 == predicted ? 1.0 : 0 }
                for _ in 0..<count { score.add(probabilities, label: label) }
            }
        }
        return score
    }

    @Test func `the interval of a balanced accuracy is Wilson's`() {
        // statsmodels: proportion_confint(150, 200, method="wilson").
        let score = score([[80, 20], [30, 70]])
        #expect(abs(score.balancedAccuracy - 0.75) < 1e-12)
        #expect(abs(score.interval.lowerBound - 0.6856590) < 1e-6)
        #expect(abs(score.interval.upperBound - 0.8049183) < 1e-6)
        #expect(score.chance == 0.5 && score.count == 200 && score.right == 150)
    }

    @Test func `windows that overlap count as those that fit in without`() {
        let all = score([[80, 20], [30, 70]])
        let few = score([[800, 200], [300, 700]], length: 40, stride: 4)
        #expect(abs(all.interval.lowerBound - few.interval.lowerBound) < 1e-12)
        #expect(abs(all.interval.upperBound - few.interval.upperBound) < 1e-12)
    }

    @Test func `guessing the most frequent class gains nothing`() {
        let score = score([[900, 0, 0], [50, 0, 0], [50, 0, 0]])
        #expect(abs(score.balancedAccuracy - 1.0 / 3) < 1e-12)
        #expect(score.interval.lowerBound < score.chance)
    }

    @Test(arguments: [
        // Right, and confused as decoders do.
        ([[90, 5, 5], [10, 80, 10], [20, 5, 75]], [:]),
        ([[40, 30, 30], [35, 35, 30], [30, 40, 30]], [:]),
        // Two classes exchanged.
        ([[90, 5, 5], [10, 10, 80], [10, 75, 15]], [1: 2, 2: 1]),
        // All three in a ring.
        ([[5, 90, 5], [10, 10, 80], [75, 10, 15]], [0: 1, 1: 2, 2: 0]),
        // The decoder does not know one class: that says nothing of the labels.
        ([[90, 5, 5], [85, 10, 5], [10, 10, 80]], [:]),
    ])
    func `labels that look exchanged are found`(rows: [[Int]], expected: [Int: Int]) {
        let found = ExchangedLabels.found(in: score(rows).confusion)
        #expect(
            Dictionary(uniqueKeysWithValues: found.map { ($0.label, $0.decided) }) == expected)
    }
}
