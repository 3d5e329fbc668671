package import EMGSignal
private import Foundation

/// What amplitudes are divided by, so that persons and electrodes compare. Which numbers that were
/// is recorded in a recording's history.
package enum AmplitudeNormalization: Sendable, Hashable {
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

    /// The source of MVC values that a pipeline states itself.
    static let stated = "stated"

    /// Refuses numbers that no amplitude has, or that are not as many as channels.
    func check(channelCount: Int? = nil) throws(FilterError) {
        switch self {
        case .zScore, .minMax: break
        case .percentile(let percent), .mvcRecording(_, let percent):
            guard percent > 0, percent <= 100 else {
                throw FilterError(
                    .unusableParameter(
                        name: "a percentile", expected: "above 0 and at most 100", found: percent),
                    hint: "95 forgives a few artifacts, 100 is the peak")
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

    private static func fit(
        _ kind: AmplitudeNormalization, _ samples: Span<Double>, segments: [SampleRange],
        channel: Int
    ) -> (offset: Double, divisor: Double) {
        let count = Double(max(1, segments.reduce(0) { $0 + $1.count }))
        // A channel that does not move stays as it is rather than become infinite.
        func divisor(_ value: Double) -> Double { value > 0 ? value : 1 }
        switch kind {
        case .zScore:
            var mean = 0.0
            for segment in segments { mean += samples.extracting(segment.indices).sum }
            mean /= count
            var square = 0.0
            for segment in segments {
                for index in segment.indices {
                    let distance = samples[index] - mean
                    square += distance * distance
                }
            }
            return (mean, divisor((square / count).squareRoot()))
        case .minMax:
            var (low, high) = (Double.infinity, -Double.infinity)
            for segment in segments {
                for index in segment.indices {
                    low = min(low, samples[index])
                    high = max(high, samples[index])
                }
            }
            return low <= high ? (low, divisor(high - low)) : (0, 1)
        case .percentile(let percent), .mvcRecording(_, let percent):
            return (0, divisor(percentile(percent, samples.magnitudes(of: segments)) ?? 0))
        case .mvc(let values, _):
            return (0, values.count == 1 ? values[0] : values[channel])
        }
    }

    /// A percentile of magnitudes, between neighbors by a straight line as numpy has it.
    static func percentile(_ percent: Double, _ magnitudes: [Double]) -> Double? {
        guard !magnitudes.isEmpty else { return nil }
        let magnitudes = magnitudes.sorted()
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

    /// The numbers that go into the history of recordings.
    var parameters: [String: ProcessingStep.Value] {
        switch self {
        case .zScore: ["method": .text("z-score")]
        case .minMax: ["method": .text("min-max")]
        case .percentile(let percent):
            ["method": .text("percentile"), "percentile": .number(percent)]
        case .mvc(let values, let source):
            [
                "method": .text("mvc"), "values": .list(values.map { .number($0) }),
                "source": .text(source),
            ]
        case .mvcRecording(let name, let percent):
            ["method": .text("mvc"), "source": .text(name), "percentile": .number(percent)]
        }
    }
}

extension AmplitudeNormalization: ChannelOperation {
    /// What is done, for people.
    package var summary: String {
        switch self {
        case .zScore: "less the mean, over the standard deviation, channel by channel"
        case .minMax: "from 0 to 1, channel by channel"
        case .percentile(let percent):
            "over percentile \(percent.plain) of the magnitudes, channel by channel"
        case .mvc(let values, let source):
            "over \(values.map(\.plain).joined(separator: ", ")) (\(source))"
        case .mvcRecording(let name, _): "over the amplitude of \(name.debugDescription)"
        }
    }

    /// How it is computed, and about how much work that is.
    package func work(sampleCount: Int) -> OperationWork {
        switch self {
        case .mvc: OperationWork("sample by sample", operationsPerSample: 1)
        case .percentile, .mvcRecording:
            OperationWork(
                "sorted magnitudes", operationsPerSample: 2 * log2(Double(sampleCount) + 1) + 2)
        case .zScore, .minMax: OperationWork("whole channels", operationsPerSample: 6)
        }
    }

    /// Fits the amplitude to some samples of a channel and divides all of them by it. A channel
    /// without a sample to fit to stays as it is.
    package func apply(
        _ samples: inout MutableSpan<Double>, segments: [SampleRange],
        fitRanges: [SampleRange], channel: Int
    ) -> [String: Double] {
        let fit = Self.fit(self, samples.span, segments: fitRanges, channel: channel)
        for segment in segments {
            for index in segment.indices {
                samples[index] = (samples[index] - fit.offset) / fit.divisor
            }
        }
        return fit.offset == 0
            ? ["fitted_divisor": fit.divisor]
            : ["fitted_offset": fit.offset, "fitted_divisor": fit.divisor]
    }

    /// Stated amplitudes need no signal; others have no stream.
    package func makeStream(channels: Range<Int>) -> (any ChannelStream)? {
        scales(channels: channels).map(ChannelScaling.init)
    }

    /// An amplitude that is stated, or will be once a recording is there, needs no signal.
    package var needsWholeSignal: Bool {
        switch self {
        case .zScore, .minMax, .percentile: true
        case .mvc, .mvcRecording: false
        }
    }
}

/// One factor for each channel of samples as they come.
private struct ChannelScaling: ChannelStream {
    let factors: [Double]

    var state: [Double] { [] }

    func restore(_ state: [Double]) -> Bool { state.isEmpty }

    func reset() {}

    func process(_ samples: inout MutableSpan<Double>) {
        for row in stride(from: 0, to: samples.count, by: factors.count) {
            for channel in factors.indices { samples[row + channel] *= factors[channel] }
        }
    }
}

extension Span<Double> {
    /// The magnitudes of the samples of some ranges.
    func magnitudes(of ranges: [SampleRange]) -> [Double] {
        var result: [Double] = []
        for range in ranges {
            for index in range.indices { result.append(abs(self[index])) }
        }
        return result
    }
}
