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
        case filter(RecursiveFilter)
        case finite(PartitionedConvolution)
        case window(MovingWindowStream)
        case energy(TeagerKaiserStream)
        case sample(SampleOperation)
        /// One factor a channel.
        case scale([Double])
        /// Nothing; what stands in a step's place while it works.
        case idle

        var state: [Double] {
            switch self {
            case .filter(let filter): filter.state.values
            case .finite(let filter): filter.state.values
            case .window(let window): window.state
            case .energy(let energy): energy.state
            case .sample, .scale, .idle: []
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
            case .filter(var filter):
                try filter.restore(RecursiveFilter.State(values: numbers))
                restored[index] = .filter(filter)
            case .finite(var filter):
                try filter.restore(PartitionedConvolution.State(values: numbers))
                restored[index] = .finite(filter)
            case .window(var window):
                isTaken = window.restore(numbers)
                restored[index] = .window(window)
            case .energy(var energy):
                isTaken = energy.restore(numbers)
                restored[index] = .energy(energy)
            case .sample, .scale, .idle: isTaken = numbers.isEmpty
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
            switch steps[index] {
            case .filter(var filter):
                filter.reset()
                steps[index] = .filter(filter)
            case .finite(var filter):
                filter.reset()
                steps[index] = .finite(filter)
            case .window(var window):
                window.reset()
                steps[index] = .window(window)
            case .energy(var energy):
                energy.reset()
                steps[index] = .energy(energy)
            case .sample, .scale, .idle: break
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
            case .filter(var filter):
                steps[index] = .idle
                filter.process(&samples)
                steps[index] = .filter(filter)
            case .finite(var filter):
                steps[index] = .idle
                filter.process(&samples)
                steps[index] = .finite(filter)
            case .window(var window):
                steps[index] = .idle
                window.process(&samples)
                steps[index] = .window(window)
            case .energy(var energy):
                steps[index] = .idle
                energy.process(&samples)
                steps[index] = .energy(energy)
            case .sample(let operation):
                for position in samples.indices {
                    samples[position] = operation(samples[position])
                }
            case .scale(let factors):
                for row in stride(from: 0, to: samples.count, by: channelCount) {
                    for channel in 0..<channelCount { samples[row + channel] *= factors[channel] }
                }
            case .idle: break
            }
        }
    }
}
