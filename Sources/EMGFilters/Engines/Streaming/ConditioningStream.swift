/// A causal ``ConditioningChain`` for samples as they come: what was computed offline is what
/// comes out online, to the last bit.
public struct ConditioningStream: StreamingFilter {
    /// The memories of the chain's steps in order.
    public struct State: Sendable, Hashable, Codable {
        /// One row of numbers for each step; empty for those that remember nothing.
        public let steps: [[Double]]
    }

    /// One step of a causal chain.
    enum Step: Sendable {
        case iir(IIRFilter)
        case fir(PartitionedConvolution)
        case channel(any ChannelStream)
        case sample(SampleOperation)
        /// Nothing; what stands in a step's place while it works.
        case idle

        var state: [Double] {
            switch self {
            case .iir(let filter): filter.state.values
            case .fir(let filter): filter.state.values
            case .channel(let stream): stream.state
            case .sample, .idle: []
            }
        }
    }

    /// How many channels the samples have.
    public let channelCount: Int
    private var steps: [Step]

    init(_ steps: [Step], channelCount: Int) {
        precondition(channelCount >= 1, "a stream has at least 1 channel, got \(channelCount)")
        self.channelCount = channelCount
        self.steps = steps
    }

    /// What the chain remembers now.
    public var state: State { State(steps: steps.map(\.state)) }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of the same design and number of channels.
    /// - Throws: ``FilterError`` when it is of another one; the filter is as before then.
    public mutating func restore(_ state: State) throws(FilterError) {
        guard state.steps.count == steps.count else {
            throw Self.mismatch(steps.count, state.steps.count)
        }
        var restored = steps
        for (index, numbers) in state.steps.enumerated() {
            var isTaken = true
            switch restored[index] {
            case .iir(var filter):
                try filter.restore(IIRFilter.State(values: numbers))
                restored[index] = .iir(filter)
            case .fir(var filter):
                try filter.restore(PartitionedConvolution.State(values: numbers))
                restored[index] = .fir(filter)
            case .channel(var stream):
                isTaken = stream.restore(numbers)
                restored[index] = .channel(stream)
            case .sample, .idle: isTaken = numbers.isEmpty
            }
            guard isTaken else {
                throw Self.mismatch(steps[index].state.count, numbers.count)
            }
        }
        steps = restored
    }

    private static func mismatch(_ expected: Int, _ found: Int) -> FilterError {
        FilterError(
            .stateMismatch(expectedCount: expected, foundCount: found),
            hint: "restore the state into the chain that it was saved from")
    }

    /// Forgets the past: back to rest.
    public mutating func reset() {
        for index in steps.indices {
            // Taken out of the array while it works, so that its memory is not copied.
            switch steps[index] {
            case .iir(var filter):
                steps[index] = .idle
                filter.reset()
                steps[index] = .iir(filter)
            case .fir(var filter):
                steps[index] = .idle
                filter.reset()
                steps[index] = .fir(filter)
            case .channel(var stream):
                steps[index] = .idle
                stream.reset()
                steps[index] = .channel(stream)
            case .sample, .idle: break
            }
        }
    }

    /// Filters the next samples in place.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    public mutating func process(_ samples: inout MutableSpan<Double>) {
        precondition(
            samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        for index in steps.indices {
            // Taken out of the array while it works, so that its memory is not copied.
            switch steps[index] {
            case .iir(var filter):
                steps[index] = .idle
                filter.process(&samples)
                steps[index] = .iir(filter)
            case .fir(var filter):
                steps[index] = .idle
                filter.process(&samples)
                steps[index] = .fir(filter)
            case .channel(var stream):
                steps[index] = .idle
                stream.process(&samples)
                steps[index] = .channel(stream)
            case .sample(let operation):
                operation.apply(to: &samples, samples.indices)
            case .idle: break
            }
        }
    }
}
