internal import EMGSignal
import PrintableText

/// What a designed stage consists of, in the order in which samples pass it.
enum StageElement: Sendable, Hashable {
    /// A recursive filter: two passes in zero phase, one when causal.
    case filter(FilterDesign)
    /// A finite filter, its delay removed but when causal.
    case finite(FIRDesign)
    /// An operation on single samples.
    case sample(SampleOperation)
    /// An operation on a channel as a whole.
    case channel(ChannelOperation)
    /// A change of rate.
    case resample(Resampler)
}

/// Operations that need more of a channel than one sample.
enum ChannelOperation: Sendable, Hashable {
    case window(MovingWindow)
    case hilbert(HilbertEnvelope)
    case energy(TeagerKaiser)
    case interpolation(SpectrumInterpolation)
    case detrend(Detrend)
    case normalize(AmplitudeNormalization)

    /// Applies the operation to a channel, each stretch by itself.
    ///
    /// - Parameters:
    ///   - samples: The channel.
    ///   - stretches: Where it may be worked on.
    ///   - fitRanges: What of them something may be fitted to.
    ///   - channel: Which channel it is.
    /// - Returns: The numbers it was fitted on, by name; none for most.
    func apply(
        _ samples: inout MutableSpan<Double>, stretches: [SampleRange],
        fitRanges: [SampleRange], channel: Int
    ) -> [String: Double] {
        if case .normalize(let operation) = self {
            return operation.apply(
                &samples, stretches: stretches, fitRanges: fitRanges, channel: channel)
        }
        for stretch in stretches where !stretch.isEmpty {
            var part = samples._mutatingExtracting(stretch.indices)
            switch self {
            case .window(let operation): operation.apply(&part)
            case .hilbert(let operation): operation.apply(&part)
            case .energy(let operation): operation.apply(&part)
            case .interpolation(let operation): operation.apply(&part)
            case .detrend(let operation):
                let own = fitRanges.intersection([stretch]).map {
                    SampleRange(start: $0.start - stretch.start, end: $0.end - stretch.start)
                }
                operation.apply(&part, fitRanges: own)
            case .normalize: break
            }
        }
        return [:]
    }

    /// The operation for samples as they come; `nil` when it needs the whole signal.
    ///
    /// - Parameter channels: Which channels of the recording come.
    /// - Returns: The step, at rest.
    func stream(channels: Range<Int>) -> ConditioningStream.Step? {
        let channelCount = channels.count
        return switch self {
        case .window(let operation) where operation.alignment == .causal:
            .window(MovingWindowStream(operation, channelCount: channelCount))
        case .energy(let operation) where operation.alignment == .causal:
            .energy(TeagerKaiserStream(channelCount: channelCount))
        case .normalize(let operation):
            operation.scales(channels: channels).map { .scale($0) }
        case .window, .energy, .hilbert, .interpolation, .detrend: nil
        }
    }
}

extension ChannelOperation {
    /// What it does, for people.
    var summary: String {
        switch self {
        case .window(let window):
            (window.quantity == .rootMeanSquare ? "root mean square" : "mean magnitude")
                + " of \(window.length, of: "sample"), \(window.alignment.rawValue)"
        case .hilbert: "magnitude of the analytic signal of each stretch, taken as periodic"
        case .energy(let energy): "Teager-Kaiser energy, \(energy.alignment.rawValue)"
        case .interpolation(let operation):
            "spectrum interpolated over \(operation.width.plain) Hz around "
                + operation.frequencies.map(\.plain).joined(separator: ", ") + " Hz"
        case .detrend(let kind): "\(kind.rawValue) trend taken off each stretch"
        case .normalize(let kind):
            switch kind {
            case .zScore: "less the mean, over the standard deviation, channel by channel"
            case .minMax: "from 0 to 1, channel by channel"
            case .percentile(let percent):
                "over percentile \(percent.plain) of the magnitudes, channel by channel"
            case .mvc(let values, let source):
                "over \(values.map(\.plain).joined(separator: ", ")) (\(source))"
            case .mvcRecording(let name, _): "over the amplitude of \(name.debugDescription)"
            }
        }
    }
}
