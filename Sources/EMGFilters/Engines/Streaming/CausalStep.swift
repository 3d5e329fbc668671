/// A step of a causal chain in numbers, for programs that run the chain elsewhere.
package enum CausalStep: Sendable, Hashable {
    /// What a ``movingWindow(_:length:countsMissing:)`` averages.
    package enum Average: Sendable, Hashable {
        /// Squares, of whose mean the root is taken.
        case rootMeanSquare
        /// Magnitudes.
        case averageRectified
    }

    /// Second-order sections in transposed direct form II, from rest.
    case sections([SecondOrderSections.Section])
    /// A response, the weight of the sample itself first.
    case taps([Double])
    /// The magnitude of each sample.
    case magnitude
    /// Nothing below or above.
    case clip(low: Double, high: Double)
    /// An average over the last samples; whether those before the first one count as zeros.
    case movingWindow(Average, length: Int, countsMissing: Bool)
    /// The Teager–Kaiser energy of the sample before.
    case teagerKaiser
    /// What each channel is divided by.
    case divisors([Double])
    /// What has no numbers, as a laboratory's own operation; what it does, for people.
    case other(String)
}

extension ConditioningChain {
    /// The steps of a causal chain, those that ``makeStream(channelCount:)`` runs.
    ///
    /// - Parameter channelCount: How many channels the samples have, at least 1.
    /// - Returns: The steps in order.
    /// - Throws: ``FilterError`` for a chain that is not causal.
    package func causalSteps(channelCount: Int) throws(FilterError) -> [CausalStep] {
        // Refuses what no stream can be made of.
        _ = try makeStream(channelCount: channelCount)
        return parts[0].program.steps.flatMap { step -> [CausalStep] in
            switch step {
            case .filters(let filters):
                let sections = filters.iir.flatMap(\.sections.sections)
                return (sections.isEmpty ? [] : [.sections(sections)])
                    + filters.fir.map { .taps($0.taps) }
            case .sample(let operation, _): return [CausalStep(operation)]
            case .channel(let operation, _): return [CausalStep(operation, channelCount)]
            }
        }
    }
}

extension CausalStep {
    fileprivate init(_ operation: SampleOperation) {
        self =
            switch operation {
            case .magnitude: .magnitude
            case .clip(let low, let high): .clip(low: low, high: high)
            case .function(let summary, _): .other(summary)
            }
    }

    fileprivate init(_ operation: any ChannelOperation, _ channelCount: Int) {
        self =
            switch operation {
            case let window as MovingWindow:
                .movingWindow(
                    window.quantity == .rootMeanSquare ? .rootMeanSquare : .averageRectified,
                    length: window.length, countsMissing: window.boundary == .zero)
            case is TeagerKaiserEnergy: .teagerKaiser
            case let amplitude as AmplitudeMVC:
                amplitude.divisors(channels: 0..<channelCount).map { .divisors($0) }
                    ?? .other(amplitude.summary)
            default: .other(operation.summary)
            }
    }
}
