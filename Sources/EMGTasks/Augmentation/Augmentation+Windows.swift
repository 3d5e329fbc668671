public import SeededRandom

extension Augmentation {
    /// How the numbers of a window lie one after the other.
    public enum Layout: Sendable, Hashable {
        /// `[channels × samples]`.
        case channelsFirst
        /// `[samples × channels]`.
        case samplesFirst
    }

    /// Varies a batch of windows in place.
    ///
    /// The numbers drawn depend on the shape alone, so that a seed names the same batch whatever
    /// its values are.
    ///
    /// - Parameters:
    ///   - windows: Whole windows, one after the other.
    ///   - channelCount: How many channels, at least 1.
    ///   - windowLength: How many samples, at least 1.
    ///   - layout: How a window's numbers lie.
    ///   - generator: What random choices are drawn from.
    public func apply(
        to windows: inout [Float], channelCount: Int, windowLength: Int,
        layout: Layout = .channelsFirst, using generator: inout SeededGenerator
    ) {
        precondition(channelCount >= 1 && windowLength >= 1, "windows have channels and samples")
        let size = channelCount * windowLength
        precondition(
            windows.count.isMultiple(of: size),
            "\(windows.count) values are not whole windows of \(channelCount) × \(windowLength)")
        for start in stride(from: 0, to: windows.count, by: size) {
            let isChosen = probability >= 1 || generator.uniform() < probability
            guard isChosen else { continue }
            let shape = WindowShape(
                start: start, channels: channelCount, length: windowLength, layout: layout)
            vary(&windows, shape, using: &generator)
        }
    }

    private func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        switch kind {
        case .rotation(let positions):
            let turn = generator.integer(below: 2 * positions + 1) - positions
            let count = shape.channels
            shape.rearrange(&windows) { channel, sample in
                (((channel + turn) % count + count) % count, sample)
            }
        case .jitter(let samples):
            let shift = generator.integer(below: 2 * samples + 1) - samples
            shape.rearrange(&windows) { channel, sample in
                (channel, min(max(sample + shift, 0), shape.length - 1))
            }
        case .gain(let range):
            for channel in 0..<shape.channels {
                let factor = Float(1 - range + 2 * range * generator.uniform())
                for sample in 0..<shape.length { windows[shape.place(channel, sample)] *= factor }
            }
        case .noise(let deviation):
            for channel in 0..<shape.channels {
                for sample in 0..<shape.length {
                    windows[shape.place(channel, sample)] += Float(
                        deviation * generator.nearlyNormal())
                }
            }
        case .magnitudeWarp(let knots, let deviation):
            for channel in 0..<shape.channels {
                let values = (0..<knots).map { _ in 1 + deviation * generator.nearlyNormal() }
                for sample in 0..<shape.length {
                    let curve = Self.curve(values, at: sample, of: shape.length)
                    windows[shape.place(channel, sample)] *= Float(curve)
                }
            }
        }
    }

    /// The cubic through evenly spaced points whose slope at each is that of its neighbors
    /// (Catmull and Rom 1974), at one of `length` places.
    private static func curve(_ values: [Double], at place: Int, of length: Int) -> Double {
        let last = values.count - 1
        guard length > 1 else { return values[0] }
        let position = Double(place) * Double(last) / Double(length - 1)
        let left = min(Int(position), last - 1)
        let t = position - Double(left)
        let (one, other) = (values[left], values[left + 1])
        let before = left > 0 ? values[left - 1] : 2 * one - other
        let after = left + 2 <= last ? values[left + 2] : 2 * other - one
        let slopes = ((other - before) / 2, (after - one) / 2)
        let square = t * t
        let cube = square * t
        return (2 * cube - 3 * square + 1) * one + (cube - 2 * square + t) * slopes.0
            + (3 * square - 2 * cube) * other + (cube - square) * slopes.1
    }
}

/// Where the numbers of one window lie in a batch.
private struct WindowShape {
    let start: Int
    let channels: Int
    let length: Int
    let layout: Augmentation.Layout

    func place(_ channel: Int, _ sample: Int) -> Int {
        switch layout {
        case .channelsFirst: start + channel * length + sample
        case .samplesFirst: start + sample * channels + channel
        }
    }

    /// Takes each number from the channel and sample that `source` gives for its own.
    func rearrange(_ windows: inout [Float], from source: (Int, Int) -> (Int, Int)) {
        let old = WindowShape(start: 0, channels: channels, length: length, layout: layout)
        let values = Array(windows[start..<start + channels * length])
        for channel in 0..<channels {
            for sample in 0..<length {
                let (otherChannel, otherSample) = source(channel, sample)
                windows[place(channel, sample)] = values[old.place(otherChannel, otherSample)]
            }
        }
    }
}

extension [Augmentation] {
    /// Varies a batch of windows in place, one augmentation after the other.
    ///
    /// - Parameters:
    ///   - windows: Whole windows, one after the other.
    ///   - channelCount: How many channels, at least 1.
    ///   - windowLength: How many samples, at least 1.
    ///   - layout: How a window's numbers lie.
    ///   - generator: What random choices are drawn from.
    public func apply(
        to windows: inout [Float], channelCount: Int, windowLength: Int,
        layout: Augmentation.Layout = .channelsFirst, using generator: inout SeededGenerator
    ) {
        for augmentation in self {
            augmentation.apply(
                to: &windows, channelCount: channelCount, windowLength: windowLength,
                layout: layout, using: &generator)
        }
    }
}
