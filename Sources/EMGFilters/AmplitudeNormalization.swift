internal import EMGSignal

/// What amplitudes are divided by, so that persons and electrodes compare. Which numbers that were
/// is recorded in a recording's history.
public enum AmplitudeNormalization: Sendable, Hashable {
    /// Less the mean, over the standard deviation (of the population), of each channel's usable
    /// samples.
    case zScore
    /// The lowest sample of each channel becomes 0, the highest 1.
    case minMax
    /// Over a percentile of each channel's magnitudes; 100 is the peak.
    case percentile(Double)
    /// Over values that stand for a maximal voluntary contraction: one a channel, or one for all.
    case mvc(values: [Double], source: String)
    /// Over a percentile of the magnitudes of a named recording of a maximal voluntary contraction
    /// that passed the stages before; ``ConditioningPipeline/fitted(to:named:)`` makes it
    /// ``mvc(values:source:)``.
    case mvcRecording(name: String, percentile: Double)

    func check(channelCount: Int? = nil) throws(FilterError) {
        switch self {
        case .zScore, .minMax: break
        case .percentile(let percent), .mvcRecording(_, let percent):
            guard percent > 0, percent <= 100 else {
                throw FilterError(
                    .unusableParameter(
                        name: "a percentile", expected: "above 0 and at most 100", found: percent),
                    hint: "95 forgives a few artefacts, 100 is the peak")
            }
        case .mvc(let values, _):
            for value in values where !(value.isFinite && value > 0) {
                throw FilterError(
                    .unusableParameter(
                        name: "an MVC value", expected: "finite and above 0", found: value),
                    hint: "give the amplitude of a maximal contraction in the signal's unit")
            }
            if let channelCount, values.count != 1, values.count != channelCount {
                throw FilterError(
                    .unusableParameter(
                        name: "the number of MVC values", expected: "1 or \(channelCount)",
                        found: Double(values.count)),
                    hint: "one value a channel, or one for all")
            }
        }
    }

    /// Fits the amplitude to some samples of a channel and divides all of them by it. A channel
    /// without a sample to fit to stays as it is.
    func apply(
        _ samples: inout MutableSpan<Double>, stretches: [SampleRange],
        fitRanges: [SampleRange], channel: Int
    ) -> [String: Double] {
        let fit = Self.fit(self, samples.span, stretches: fitRanges, channel: channel)
        for stretch in stretches {
            for index in stretch.indices {
                samples[index] = (samples[index] - fit.offset) / fit.divisor
            }
        }
        return fit.offset == 0
            ? ["fitted_divisor": fit.divisor]
            : ["fitted_offset": fit.offset, "fitted_divisor": fit.divisor]
    }

    private static func fit(
        _ kind: AmplitudeNormalization, _ samples: Span<Double>, stretches: [SampleRange],
        channel: Int
    ) -> (offset: Double, divisor: Double) {
        let count = Double(max(1, stretches.reduce(0) { $0 + $1.count }))
        // A channel that does not move stays as it is rather than become infinite.
        func divisor(_ value: Double) -> Double { value > 0 ? value : 1 }
        switch kind {
        case .zScore:
            var mean = 0.0
            for stretch in stretches { mean += samples.extracting(stretch.indices).sum }
            mean /= count
            var square = 0.0
            for stretch in stretches {
                for index in stretch.indices {
                    let distance = samples[index] - mean
                    square += distance * distance
                }
            }
            return (mean, divisor((square / count).squareRoot()))
        case .minMax:
            var (low, high) = (Double.infinity, -Double.infinity)
            for stretch in stretches {
                for index in stretch.indices {
                    low = min(low, samples[index])
                    high = max(high, samples[index])
                }
            }
            return low <= high ? (low, divisor(high - low)) : (0, 1)
        case .percentile(let percent), .mvcRecording(_, let percent):
            return (0, divisor(percentile(percent, samples, stretches) ?? 0))
        case .mvc(let values, _):
            return (0, values.count == 1 ? values[0] : values[channel])
        }
    }

    /// A percentile of magnitudes, between neighbors by a straight line as numpy has it.
    static func percentile(
        _ percent: Double, _ samples: Span<Double>, _ stretches: [SampleRange]
    ) -> Double? {
        var magnitudes: [Double] = []
        for stretch in stretches {
            for index in stretch.indices { magnitudes.append(abs(samples[index])) }
        }
        guard !magnitudes.isEmpty else { return nil }
        magnitudes.sort()
        let position = percent / 100 * Double(magnitudes.count - 1)
        let below = min(magnitudes.count - 1, Int(position))
        let above = min(magnitudes.count - 1, below + 1)
        return magnitudes[below]
            + (magnitudes[above] - magnitudes[below]) * (position - Double(below))
    }

    /// What each channel of a stream is multiplied by; `nil` when it must be fitted first.
    func scales(channels: Range<Int>) -> [Double]? {
        guard case .mvc(let values, _) = self,
            values.count == 1 || values.count >= channels.upperBound
        else { return nil }
        return channels.map { 1 / (values.count == 1 ? values[0] : values[$0]) }
    }
}
