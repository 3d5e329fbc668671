public import EMGSignal

/// What a split rule sees of a recording.
public struct SplitInput: Sendable {
    /// The label of each sample; `nil` for an unlabeled recording.
    public let labels: LabelTrack?
    /// The labels of the classes to be learned.
    package let learned: Set<UInt8>
    /// How many samples each channel has, at least 0.
    public let sampleCount: Int
    /// The sampling rate.
    public let samplingRate: SamplingRate
    /// What may be in windows: ranges in order and apart from each other, without label changes
    /// that are cut out, samples that nobody labeled, and what the quality policy excludes.
    public let usable: [SampleRange]
    /// How windows are cut.
    public let layout: WindowLayout
    /// How many samples of the query next to the support are left out.
    public let guardSamples: Int
    /// How much of each phase of the support is kept, from its start.
    public let supportFraction: Double
    /// The recording's id, for errors.
    public let subject: String

    /// What lies on both sides of the border of a support.
    ///
    /// - Parameter support: Ranges in order and apart from each other.
    /// - Returns: What is usable of the support, of which the first part of each phase is kept; and
    ///   of all else but the guard on both sides of it.
    public func parts(support: [SampleRange]) -> SplitParts {
        let query = [SampleRange(start: 0, end: sampleCount)].subtracting(
            support.map { $0.widened(by: guardSamples, within: sampleCount) })
        let kept = labels.map { self.kept(of: support, in: $0) } ?? support
        return SplitParts(
            support: usable.intersection(kept), query: usable.intersection(query),
            layout: layout, labels: labels)
    }

    /// The first part of each phase of the support.
    private func kept(of support: [SampleRange], in labels: LabelTrack) -> [SampleRange] {
        guard supportFraction < 1 else { return support }
        return labels.runs.flatMap { run in
            support.compactMap { run.range.intersection($0) }.map { phase in
                let count = Int((Double(phase.count) * supportFraction).rounded(.up))
                return SampleRange(start: phase.start, end: phase.start + count)
            }
        }
    }
}
