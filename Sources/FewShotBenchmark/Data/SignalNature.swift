import EMGSignal

/// What the samples of recordings are, as far as they tell themselves.
package enum SignalNature: String, Sendable, Hashable {
    /// Both signs, round zero: the signal of the electrodes, or filtered.
    case bipolar
    /// Both signs round a constant, such as the counts of a converter: the constant is taken away.
    case offset
    /// No sample below zero, and some near it: rectified, or an envelope.
    case amplitude

    /// More samples on the other side of zero than this share make a signal with both signs; a few
    /// come of filters that overshoot.
    private static let mostNegative = 0.01

    /// Looks at samples.
    ///
    /// - Parameter recordings: Samples of some recordings, at least one sample.
    init(of recordings: [SampleMatrix]) {
        var (negative, count, sum) = (0, 0, 0.0)
        var (lowest, scatter) = (Double.infinity, 0.0)
        for samples in recordings {
            for channel in 0..<samples.channelCount {
                let values = samples.channel(channel).filter(\.isFinite)
                guard !values.isEmpty else { continue }
                let mean = values.reduce(0, +) / Double(values.count)
                sum += abs(mean) * Double(values.count)
                scatter += values.reduce(0) { $0 + abs($1 - mean) }
                negative += values.count { $0 < 0 }
                count += values.count
                lowest = min(lowest, (values.min() ?? 0) / max(abs(mean), .leastNormalMagnitude))
            }
        }
        if Double(negative) <= Self.mostNegative * Double(count), lowest < 0.5 {
            self = .amplitude
        } else {
            self = sum > scatter ? .offset : .bipolar
        }
    }

    /// What it is, in words.
    var words: String {
        switch self {
        case .bipolar: "samples of both signs round zero"
        case .offset: "samples of both signs round a constant, which is taken away"
        case .amplitude: "rectified samples or envelopes"
        }
    }
}
