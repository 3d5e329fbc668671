/// A half-open run of samples of one recording, `start..<end`.
///
/// Times are seconds in configuration and documents, sample counts here; the two meet in
/// ``SamplingRate/samples(inSeconds:)`` only.
public struct SampleRange: Sendable, Hashable {
    /// The first sample.
    public let start: Int
    /// One past the last sample; at least ``start``.
    public let end: Int

    /// Creates `start..<end`.
    ///
    /// - Parameters:
    ///   - start: The first sample.
    ///   - end: One past the last sample, at least `start`.
    public init(start: Int, end: Int) {
        precondition(start <= end, "a range ends at or after its start, got \(start)..<\(end)")
        self.start = start
        self.end = end
    }

    /// Creates the range of the given indices.
    public init(_ range: Range<Int>) {
        self.init(start: range.lowerBound, end: range.upperBound)
    }

    /// How many samples.
    public var count: Int { end - start }

    /// Whether there is no sample.
    public var isEmpty: Bool { start == end }

    /// The same samples as a standard range.
    public var indices: Range<Int> { start..<end }

    /// Whether the two share a sample.
    public func overlaps(_ other: SampleRange) -> Bool {
        max(start, other.start) < min(end, other.end)
    }

    /// Whether every sample of `other` is in this range.
    public func contains(_ other: SampleRange) -> Bool {
        start <= other.start && other.end <= end
    }
}
