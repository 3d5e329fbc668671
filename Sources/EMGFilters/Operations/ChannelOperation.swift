public import EMGSignal

/// An operation that needs more of a channel than one sample.
///
/// Most work on each segment by itself: see ``SegmentOperation``.
public protocol ChannelOperation: Sendable {
    /// What it does, for people.
    var summary: String { get }

    /// How many samples at each edge of a segment depend on what would lie beyond it; at its
    /// start, for a causal operation. 0 where there are none, or all do.
    var edgeTransient: Int { get }

    /// How it is computed, and about how much work that is.
    ///
    /// - Parameter sampleCount: How many samples the channel has, at least 1.
    /// - Returns: The work for each sample.
    func work(sampleCount: Int) -> OperationWork

    /// Applies the operation to a channel.
    ///
    /// - Parameters:
    ///   - samples: The channel.
    ///   - segments: Where it may be worked on: apart, in order, all samples finite.
    ///   - fitRanges: What of them something may be fitted to.
    ///   - channel: Which channel of the recording it is.
    /// - Returns: The numbers it was fitted on, by name, for the history; none for most.
    func apply(
        _ samples: inout MutableSpan<Double>, segments: [SampleRange], fitRanges: [SampleRange],
        channel: Int
    ) -> [String: Double]

    /// The operation for samples as they come; `nil` when it needs the whole signal.
    ///
    /// - Parameter channels: Which channels of the recording come.
    /// - Returns: The operation, at rest.
    func makeStream(channels: Range<Int>) -> (any ChannelStream)?

    /// Whether it needs the whole signal, and so has no place in a causal chain.
    var needsWholeSignal: Bool { get }
}

extension ChannelOperation {
    /// No edge is different.
    public var edgeTransient: Int { 0 }
    /// A few operations for each sample.
    public func work(sampleCount: Int) -> OperationWork {
        OperationWork("sample by sample", operationsPerSample: 1)
    }
    /// It needs the whole signal.
    public func makeStream(channels: Range<Int>) -> (any ChannelStream)? { nil }
    /// It does where it has no stream.
    public var needsWholeSignal: Bool { makeStream(channels: 0..<1) == nil }
}
