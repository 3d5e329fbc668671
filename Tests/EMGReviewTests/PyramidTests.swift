import EMGReview
import SeededRandom
import Testing

@Suite("Pyramids of least and greatest values")
struct PyramidTests {
    private struct Shape: Sendable, CustomTestStringConvertible {
        let samples: Int
        let channels: Int
        var testDescription: String { "\(samples) × \(channels)" }
    }

    private static let shapes = [
        Shape(samples: 1, channels: 1), Shape(samples: 31, channels: 3),
        Shape(samples: 16_384, channels: 2), Shape(samples: 40_001, channels: 3),
    ]

    private static func samples(_ shape: Shape) -> [Float] {
        var generator = SeededGenerator(seed: UInt64(shape.samples))
        return (0..<shape.samples * shape.channels).map { _ in
            // Some samples are missing.
            switch generator.integer(below: 40) {
            case 0: .nan
            case 1: .infinity
            default: Float(generator.integer(below: 100_000)) - 50_000
            }
        }
    }

    private static func filled(_ shape: Shape, _ samples: [Float]) -> Pyramid {
        var pyramid = Pyramid(sampleCount: shape.samples, channelCount: shape.channels)
        for block in Pyramid.order(blockCount: pyramid.blockCount) {
            let range = pyramid.samples(ofBlock: block)
            let rows = samples[
                range.lowerBound * shape.channels..<range.upperBound * shape.channels]
            pyramid.fill(
                Pyramid.Block(block, samples: Array(rows), channelCount: shape.channels))
        }
        return pyramid
    }

    /// The least and greatest finite sample of a range, by looking at each.
    private static func extremes(
        _ samples: [Float], _ range: Range<Int>, channel: Int, of channels: Int
    ) -> (least: Float, greatest: Float)? {
        let values = range.map { samples[$0 * channels + channel] }.filter(\.isFinite)
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return (least, greatest)
    }

    @Test("every level is what looking at every sample gives", arguments: shapes)
    private func levels(shape: Shape) {
        let samples = Self.samples(shape)
        let pyramid = Self.filled(shape, samples)
        #expect(pyramid.completeness == 1)
        for (level, size) in Pyramid.bucketSamples.enumerated() {
            let values = pyramid.level(level)
            let buckets = (shape.samples + size - 1) / size
            #expect(values.count == buckets * shape.channels * 2)
            for bucket in 0..<buckets {
                let range = bucket * size..<min((bucket + 1) * size, shape.samples)
                for channel in 0..<shape.channels {
                    let place = (bucket * shape.channels + channel) * 2
                    let expected = Self.extremes(
                        samples, range, channel: channel, of: shape.channels)
                    if let expected {
                        #expect(values[place] == expected.least)
                        #expect(values[place + 1] == expected.greatest)
                    } else {
                        #expect(values[place].isNaN && values[place + 1].isNaN)
                    }
                }
            }
        }
    }

    @Test("columns hold at least their samples, and at most a bucket more on each side")
    func columns() {
        let shape = Shape(samples: 40_001, channels: 3)
        let samples = Self.samples(shape)
        let pyramid = Self.filled(shape, samples)
        for (start, span, count) in [(0.0, 64.0, 600), (123.0, 700.5, 55), (39_000.0, 80.0, 20)] {
            let values = pyramid.columns(from: start, span: span, count: count)
            #expect(values.count == shape.channels * count * 2)
            for column in 0..<count {
                let low = start + Double(column) * span
                let inner = Int(low.rounded(.up))..<min(shape.samples, Int(low + span))
                let reach = Int(span / 2)
                let outer = max(0, Int(low) - reach)..<min(shape.samples, Int(low + span) + reach)
                for channel in 0..<shape.channels {
                    let place = (channel * count + column) * 2
                    guard !inner.isEmpty,
                        let least = Self.extremes(
                            samples, inner, channel: channel, of: shape.channels),
                        let most = Self.extremes(
                            samples, outer, channel: channel, of: shape.channels)
                    else { continue }
                    #expect(values[place] <= least.least && values[place] >= most.least)
                    #expect(
                        values[place + 1] >= least.greatest
                            && values[place + 1] <= most.greatest)
                }
            }
        }
    }

    @Test("blocks come every eighth first, each once", arguments: [0, 1, 7, 8, 9, 100])
    func order(count: Int) {
        let order = Pyramid.order(blockCount: count)
        #expect(order.sorted() == Array(0..<count))
        #expect(order.prefix((count + 7) / 8).allSatisfy { $0.isMultiple(of: 8) })
    }

    @Test("what is not yet known is left out")
    func partial() {
        var pyramid = Pyramid(sampleCount: 40_000, channelCount: 1)
        let blank = pyramid.columns(from: 0, span: 400, count: 100)
        #expect(blank.allSatisfy { $0.isNaN })
        let rows = [Float](repeating: 3, count: pyramid.samples(ofBlock: 1).count)
        pyramid.fill(Pyramid.Block(1, samples: rows, channelCount: 1))
        #expect(pyramid.completeness == 1.0 / 3)
        let values = pyramid.columns(from: 0, span: 20_000, count: 2)
        #expect(values == [3, 3, 3, 3])
    }
}
