/// Second-order sections run sample by sample: causal, in double precision, with explicit state.
///
/// The recursion is the transposed direct form II, as `scipy.signal.sosfilt` has it. Channels are
/// independent of each other and run side by side in vector lanes; each lane does the same
/// operations in the same order whatever its neighbors and however the signal is cut, so that the
/// results do not depend on either.
package struct IIRFilter: StreamingFilter {
    /// The delay values: for each section those of one sample ago, then those of two samples ago,
    /// one number a channel.
    package struct State: Sendable, Hashable, Codable {
        /// `[sections × 2 × channels]`.
        package let values: [Double]
    }

    private static let laneCount = SectionKernel.laneCount

    /// The cascade.
    package let sections: SecondOrderSections
    /// How many channels the samples have.
    package let channelCount: Int
    private let kernel: SectionKernel
    /// The delay values, `[channel groups × sections × 2 × lanes]`.
    private var delays: [Double]

    /// Creates a filter at rest.
    ///
    /// - Parameters:
    ///   - sections: The cascade.
    ///   - channelCount: How many channels the samples have, at least 1.
    package init(_ sections: SecondOrderSections, channelCount: Int) {
        precondition(channelCount >= 1, "a filter has at least 1 channel, got \(channelCount)")
        self.sections = sections
        self.channelCount = channelCount
        kernel = SectionKernel(sections)
        let groups = (channelCount + Self.laneCount - 1) / Self.laneCount
        delays = Array(repeating: 0, count: groups * kernel.delayCount)
    }

    /// What the filter remembers now.
    package var state: State {
        let count = sections.sections.count
        var values: [Double] = []
        values.reserveCapacity(count * 2 * channelCount)
        for row in 0..<count * 2 {
            for channel in 0..<channelCount {
                let (group, lane) = channel.quotientAndRemainder(dividingBy: Self.laneCount)
                values.append(delays[(group * count * 2 + row) * Self.laneCount + lane])
            }
        }
        return State(values: values)
    }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of the same design and number of channels.
    /// - Throws: ``FilterError`` when it is of another one; the filter is as before then.
    package mutating func restore(_ state: State) throws(FilterError) {
        let count = sections.sections.count
        guard state.values.count == count * 2 * channelCount else {
            throw FilterError(
                .stateMismatch(
                    expectedCount: count * 2 * channelCount, foundCount: state.values.count),
                hint: "restore the state into the filter that it was saved from")
        }
        for (index, value) in state.values.enumerated() {
            let (row, channel) = index.quotientAndRemainder(dividingBy: channelCount)
            let (group, lane) = channel.quotientAndRemainder(dividingBy: Self.laneCount)
            delays[(group * count * 2 + row) * Self.laneCount + lane] = value
        }
    }

    /// Forgets the past: back to rest.
    package mutating func reset() {
        for index in delays.indices { delays[index] = 0 }
    }

    /// Puts the filter where it would be had each channel always had one value: the start that
    /// `scipy.signal.sosfilt_zi` times the first sample gives.
    ///
    /// - Parameter sample: One value a channel.
    package mutating func settle(at sample: [Double]) {
        precondition(
            sample.count == channelCount,
            "a sample has \(channelCount) channels, got \(sample.count)")
        let kernel = kernel
        var span = delays.mutableSpan
        for (channel, value) in sample.enumerated() {
            let (group, lane) = channel.quotientAndRemainder(dividingBy: Self.laneCount)
            kernel.settle(at: value, lane: lane, delays: &span, at: group * kernel.delayCount)
        }
    }

    /// Filters the next samples in place.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    package mutating func process(_ samples: inout MutableSpan<Double>) {
        precondition(
            samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        let (kernel, channelCount) = (kernel, channelCount)
        let sampleCount = samples.count / channelCount
        var delays = delays.mutableSpan
        for first in stride(from: 0, to: channelCount, by: Self.laneCount) {
            kernel.run(
                &samples, from: first, stride: channelCount,
                width: min(Self.laneCount, channelCount - first), count: sampleCount,
                delays: &delays, at: first / Self.laneCount * kernel.delayCount)
        }
    }
}
