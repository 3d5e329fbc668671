import MetaLearning
import SeededRandom
import Testing

@Suite("Features of windows for a prior")
struct BandFeaturesTests {
    @Test func `a channel is described as its definition says`() {
        // Three samples of two channels.
        let window: [Float] = [1, 2, -3, 4, 5, -6]
        var described = [ChannelWindow](repeating: .silent, count: 2)
        var span = described.mutableSpan
        ChannelWindow.describe(window.span, into: &span)
        #expect(described[0].amplitude == 3 && described[1].amplitude == 4)
        #expect(described[0].step == 6 && described[1].step == 6)
        // Means 1 and 0; squares 0 + 16 + 16 and 4 + 16 + 36; products 0 − 16 − 24.
        #expect(abs(described[0].deviation - (32.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(described[1].deviation - (56.0 / 3).squareRoot()) < 1e-12)
        #expect(abs(described[0].covariance + 40.0 / 3) < 1e-12)
        #expect(abs(described[1].covariance + 40.0 / 3) < 1e-12)
    }

    @Test func `windows of one class that follow each other are a repetition`() throws {
        let starts = [0, 5, 10, 40, 45, 50, 55]
        let labels: [UInt8] = [1, 1, 1, 1, 1, 2, 2]
        #expect(
            WindowRuns.ranges(starts: starts, labels: labels, reach: 20)
                == [0..<3, 3..<5, 5..<7])
        #expect(
            WindowRuns.ranges(starts: starts, labels: labels, reach: 30) == [0..<5, 5..<7])
        // Windows of another recording begin anew.
        #expect(
            WindowRuns.ranges(starts: [0, 5, 2], labels: [0, 0, 0], reach: 20) == [0..<2, 2..<3])
        #expect(WindowRuns.ranges(starts: [], labels: [], reach: 20).isEmpty)
    }

    @Test(arguments: [1, 2, 5, 10])
    func `how densely windows are cut changes nothing where they say nearly the same`(
        stride: Int
    ) throws {
        var generator = SeededGenerator(seed: 1)
        let signal = (0..<400 * 3).map { _ in Float(generator.nearlyNormal()) }
        func repetitions(
            _ stride: Int, keepsAll: Bool = false
        ) throws -> [ChannelRepetition] {
            let starts = Array(Swift.stride(from: 0, through: 360, by: stride))
            return try WindowSet(
                signal: signal, channelCount: 3, windowLength: 40, starts: starts,
                labels: starts.map { _ in 0 }
            ).channelRepetitions(keepsAll: keepsAll)
        }
        #expect(try repetitions(stride) == repetitions(10))
        #expect(try repetitions(10)[0].windows.count == 37 * 3)
        #expect(try repetitions(stride, keepsAll: true)[0].windows.count == (360 / stride + 1) * 3)
    }

    @Test func `what normalization took is given back`() throws {
        var generator = SeededGenerator(seed: 2)
        let signal = (0..<80 * 2).map { _ in Float(generator.integer(below: 64)) }
        let scaling = ChannelScaling(offset: [16, 8], scale: [4, 2])
        func repetition(
            _ signal: [Float], _ scaling: ChannelScaling?
        ) throws -> [ChannelRepetition] {
            try WindowSet(
                signal: signal, channelCount: 2, windowLength: 40, starts: [0, 40],
                labels: [0, 0]
            ).channelRepetitions(givingBack: scaling)
        }
        #expect(
            try repetition(scaling.normalized(signal), scaling) == repetition(signal, nil))
    }

    @Test(arguments: [true, false])
    func `features of a band that is turned are turned`(isRing: Bool) throws {
        var generator = SeededGenerator(seed: 3)
        let signal = (0..<40 * 4).map { _ in Float(generator.nearlyNormal()) }
        let features = BandFeatures(
            BandFeatures.Settings(scale: 0.7, isRing: isRing), channels: 4)
        func row(_ signal: [Float]) -> [Double] {
            var described = [ChannelWindow](repeating: .silent, count: 4)
            var span = described.mutableSpan
            ChannelWindow.describe(signal.span, into: &span)
            return features.rows(described)
        }
        #expect(row(signal).count == (isRing ? 16 : 12))
        guard isRing else { return #expect(features.turns.count == 1) }
        // Channel c becomes channel c + 1.
        let turned = (0..<160).map { (place: Int) -> Float in
            signal[place / 4 * 4 + (place + 3) % 4]
        }
        #expect(row(turned) == features.turns.turned(row(signal), by: 1))
    }
}
