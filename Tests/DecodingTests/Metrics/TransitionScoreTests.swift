import Decoding
import SeededRandom
import TestSupport
import Testing

@Suite("Transition score")
struct TransitionScoreTests {
    /// Evaluates digits as classes, windows ten samples apart at 10 Hz: one a second.
    private func score(
        _ labels: String, _ predicted: String, halfWidth: Double = 2, gap: Int? = nil
    ) -> TransitionScore {
        func classes(_ text: String) -> [UInt8] { text.compactMap { UInt8(String($0)) } }
        let starts = labels.indices.enumerated().map { place, _ in
            place * 10 + (gap.map { place >= $0 ? 1_000 : 0 } ?? 0)
        }
        return TransitionScore(
            starts: starts, labels: classes(labels), predictions: classes(predicted), rate: 10,
            reach: 20, halfWidth: halfWidth)
    }

    @Test("the true class itself is followed without delay")
    func perfect() {
        let score = score("00001111100022220", "00001111100022220")
        #expect(score.eventCount == 4)
        #expect(score.accuracy == 1)
        #expect(score.latency == 0)
        #expect(score.stability == 1)
    }

    @Test(
        "an event is followed only when all three conditions hold",
        arguments: [
            // labels, predicted, followed, delay
            ("0000011111", "0000001111", 1, 1.0),
            ("0000011111", "0000111111", 1, -1.0),
            // Told before the buffer begins: A is not predicted in it.
            ("0000011111", "0001111111", 0, nil),
            // The change is predicted beyond the buffer: B is missing in it.
            ("0000011111", "0000000011", 0, nil),
            // A third class in the buffer.
            ("0000011111", "0000211111", 0, nil),
            // Flicker in the buffer is tolerated, the nearest change counts.
            ("0000011111", "0001010111", 1, 0.0),
            // Flicker during maintenance is not.
            ("0000011111", "0000011101", 0, nil),
            // Another class during maintenance.
            ("0000011111", "0000011121", 0, nil),
            // Nothing happens at all.
            ("0000011111", "0000000000", 0, nil),
        ] as [(String, String, Int, Double?)])
    func conditions(labels: String, predicted: String, followed: Int, delay: Double?) {
        let score = score(labels, predicted)
        #expect(score.eventCount == 1)
        #expect(score.followedCount == followed)
        #expect(score.delay == delay)
        #expect(score.latency == delay.map(abs))
    }

    @Test("events near each other have buffers of their own")
    func neighbors() {
        // The second buffer begins at the last window before its change.
        let followed = score("0011100", "0011100")
        #expect(followed.eventCount == 2)
        #expect(followed.accuracy == 1)
        // Single windows of a class leave no room, and nothing breaks.
        let dense = score("0101010", "0101010", halfWidth: 3)
        #expect(dense.eventCount == 6)
        #expect(dense.delays.allSatisfy { $0 == 0 })
    }

    @Test("windows that do not follow each other make no event")
    func gaps() {
        let score = score("0000011111", "0000011111", gap: 5)
        #expect(score.eventCount == 0)
        #expect(score.accuracy == nil && score.latency == nil && score.stability == nil)
    }

    @Test("a segment is steady when the predicted class never changes in it, right or wrong")
    func stability() {
        let score = score("000001111100000", "000001122200200")
        // The first segment is one window, between the buffers; the second is predicted 2, 0, 0.
        #expect(score.segmentCount == 2)
        #expect(score.steadyCount == 1)
        let wrong = self.score("000001111100000", "000002222200000", halfWidth: 1)
        #expect(wrong.accuracy == 0)
        #expect(wrong.stability == 1)
    }

    @Test("whatever is predicted, counts are within bounds and no buffer is evaluated twice")
    func laws() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let count = generator.integer(below: 60)
            func draw() -> [UInt8] {
                (0..<count).map { _ in UInt8(generator.integer(below: 3)) }
            }
            var place = 0
            let starts = (0..<count).map { _ in
                place += 1 + generator.integer(below: 4)
                return place
            }
            let (labels, predicted) = (draw(), draw())
            let halfWidth = generator.uniform(in: 0.1..<20)
            let score = TransitionScore(
                starts: starts, labels: labels, predictions: predicted, rate: 1, reach: 3,
                halfWidth: halfWidth)
            let own = TransitionScore(
                starts: starts, labels: labels, predictions: labels, rate: 1, reach: 3,
                halfWidth: halfWidth)
            #expect(score.followedCount == score.delays.count)
            #expect(score.followedCount <= score.eventCount)
            #expect(score.steadyCount <= score.segmentCount)
            #expect(score.delays.allSatisfy { abs($0) <= halfWidth + 4 })
            #expect(own.steadyCount == own.segmentCount)
            #expect(own.eventCount == score.eventCount)
        }
    }

    /// The reference's rule in Python, written from its description, on evenly spaced windows
    /// with phases longer than a buffer, where no edge is in doubt.
    private static let program = """
        import sys
        half = 4
        for line in sys.argv[1].split(";"):
            y, p = ([int(c) for c in part] for part in line.split(","))
            changes = [i for i in range(1, len(y)) if y[i] != y[i - 1]]
            good = 0
            for k, c in enumerate(changes):
                buffer = range(max(0, c - half), min(len(y), c + half))
                stop = changes[k + 1] - half if k + 1 < len(changes) else len(y)
                keep = range(buffer.stop, stop)
                ok = {p[i] for i in buffer} <= {y[c - 1], y[c]}
                ok &= any(p[i] == y[c - 1] and p[i + 1] == y[c] for i in buffer[:-1])
                ok &= all(p[i] == y[c] for i in keep)
                good += ok
            print(len(changes), good)
        """

    @Test(
        "the rule gives what a program in Python gives",
        .enabled(if: Python.has(module: "sys"), "needs Python"))
    func python() throws {
        var generator = SeededGenerator(seed: 11)
        let cases = (0..<60).map { _ -> ([UInt8], [UInt8]) in
            var labels: [UInt8] = []
            var predicted: [UInt8] = []
            for phase in 0..<6 {
                let label = UInt8(phase % 2 == 0 ? 0 : 1 + generator.integer(below: 2))
                let length = 9 + generator.integer(below: 8)
                let lag = generator.integer(below: 5)
                for place in 0..<length {
                    predicted.append(place < lag ? (labels.last ?? label) : label)
                    if generator.integer(below: 40) == 0 { predicted[predicted.count - 1] = 2 }
                }
                labels += Array(repeating: label, count: length)
            }
            return (labels, predicted)
        }
        let text = cases.map { labels, predicted in
            [labels, predicted].map { $0.map(String.init).joined() }.joined(separator: ",")
        }.joined(separator: ";")
        let result = try Python.run(Self.program, arguments: [text])
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == cases.count, "\(result.output)")
        var followed = 0
        for ((labels, predicted), line) in zip(cases, lines) {
            let expected = line.split(separator: " ").compactMap { Int($0) }
            let score = TransitionScore(
                starts: Array(labels.indices), labels: labels, predictions: predicted, rate: 1,
                reach: 2, halfWidth: 4)
            #expect([score.eventCount, score.followedCount] == expected)
            followed += score.followedCount
        }
        #expect(followed > 50)
    }
}
