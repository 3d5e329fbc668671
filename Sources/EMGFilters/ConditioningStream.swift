/// A causal ``ConditioningChain`` for samples as they come: what was computed offline is what
/// comes out online, to the last bit.
public struct ConditioningStream: StreamingFilter {
    /// The states of the chain's filters in order.
    public struct State: Sendable, Hashable, Codable {
        /// One state for each run of neighboring filters.
        public let filters: [RecursiveFilter.State]
    }

    private enum Step: Sendable {
        case filter(RecursiveFilter)
        case rectify
    }

    /// How many channels the samples have.
    public let channelCount: Int
    private var steps: [Step]

    init(_ steps: [ConditioningProgram.Step<SecondOrderSections>], channelCount: Int) {
        precondition(channelCount >= 1, "a stream has at least 1 channel, got \(channelCount)")
        self.channelCount = channelCount
        self.steps = steps.map { step in
            switch step {
            case .filter(let sections):
                .filter(RecursiveFilter(sections, channelCount: channelCount))
            case .rectify: .rectify
            }
        }
    }

    /// What the chain remembers now.
    public var state: State {
        State(
            filters: steps.compactMap { step in
                switch step {
                case .filter(let filter): filter.state
                case .rectify: nil
                }
            })
    }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of the same design and number of channels.
    /// - Throws: ``FilterError`` when it is of another one; the filter is as before then.
    public mutating func restore(_ state: State) throws(FilterError) {
        let count = steps.count { if case .filter = $0 { true } else { false } }
        guard state.filters.count == count else {
            throw FilterError(
                .stateMismatch(expectedCount: count, foundCount: state.filters.count),
                hint: "restore the state into the chain that it was saved from")
        }
        var restored = steps
        var next = 0
        for index in restored.indices {
            guard case .filter(var filter) = restored[index] else { continue }
            try filter.restore(state.filters[next])
            restored[index] = .filter(filter)
            next += 1
        }
        steps = restored
    }

    /// Forgets the past: back to rest.
    public mutating func reset() {
        for index in steps.indices {
            guard case .filter(var filter) = steps[index] else { continue }
            filter.reset()
            steps[index] = .filter(filter)
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
            switch steps[index] {
            case .filter(var filter):
                // Taken out of the array while it works, so that its buffers are not copied.
                steps[index] = .rectify
                filter.process(&samples)
                steps[index] = .filter(filter)
            case .rectify:
                for position in samples.indices { samples[position] = abs(samples[position]) }
            }
        }
    }
}
