public import EMGSignal

/// How the time of a recording is divided into what a model may adapt on (support) and what it
/// is judged on (query).
///
/// Time is cut before windows are made, with a guard between the two parts, so that no sample can
/// be in both.
public enum SplitRule: Sendable, Hashable {
    /// Support is the first complete cycle of cues, from the start of the recording to the start
    /// of the next cycle; query is everything after the guard.
    ///
    /// The cycle is given as class names in order: the reference laboratory's is relax, open,
    /// relax, close, relax (deltas +1 −1 +2 −2 +1), which ends at the fifth label change.
    case firstCycle(cues: [String])

    /// The cycle of the reference laboratory.
    public static let relaxOpenRelaxCloseRelax = SplitRule.firstCycle(
        cues: ["relax", "open", "relax", "close", "relax"])

    /// The value of `split.rule` in a configuration and a manifest.
    public var name: String {
        switch self {
        case .firstCycle: "first_cycle"
        }
    }

    /// The rule's parameters, by name, as a manifest tells them.
    var parameters: [String: ProcessingStep.Value] {
        switch self {
        case .firstCycle(let cues): ["cues": .list(cues.map { .text($0) })]
        }
    }

    /// The parts of a recording.
    ///
    /// - Parameters:
    ///   - labels: The class of each sample; `nil` for an unlabelled recording.
    ///   - segments: The stretches that may be windowed as one.
    ///   - guardSamples: How many samples at the start of the query are left out, at least 0.
    ///   - subject: The recording's id, for errors.
    /// - Returns: The usable ranges of both parts: within the segments.
    /// - Throws: ``TaskError`` when the labels are not as the rule needs them; it names the run.
    public func parts(
        labels: LabelTrack?, segments: [SampleRange], guardSamples: Int, subject: String
    ) throws(TaskError) -> SplitParts {
        guard let labels else {
            throw TaskError(
                .unlabelled, subject: subject,
                hint: "a split by cues needs a label for every sample")
        }
        let border: Int
        switch self {
        case .firstCycle(let cues):
            border = try Self.endOfFirstCycle(cues: cues, in: labels, subject: subject)
        }
        let end = labels.values.count
        let support = SampleRange(start: 0, end: border)
        let query = SampleRange(start: min(border + guardSamples, end), end: end)
        return SplitParts(
            support: segments.compactMap { $0.intersection(support) },
            query: segments.compactMap { $0.intersection(query) })
    }

    private static func endOfFirstCycle(
        cues: [String], in labels: LabelTrack, subject: String
    ) throws(TaskError) -> Int {
        let runs = labels.runs
        for (index, cue) in cues.enumerated() {
            guard index < runs.count else { break }
            let found = labels.classNames[Int(runs[index].label)]
            guard found == cue else {
                throw TaskError(
                    .unexpectedCue(
                        run: index + 1, expected: cue, found: found,
                        sample: runs[index].range.start),
                    subject: subject,
                    hint: "the first cycle must be \(cues.joined(separator: "–")); "
                        + "leave the recording out or correct its labels")
            }
        }
        guard runs.count > cues.count else {
            throw TaskError(
                .incompleteCycle(expectedRuns: cues.count + 1, foundRuns: runs.count),
                subject: subject,
                hint: "no query is left behind the first cycle; leave the recording out")
        }
        return runs[cues.count - 1].range.end
    }
}

/// Where the support and the query of a recording lie.
public struct SplitParts: Sendable, Hashable {
    /// The ranges to adapt on.
    public let support: [SampleRange]
    /// The ranges to be judged on; none shares a sample with ``support``.
    public let query: [SampleRange]

    /// Creates parts.
    ///
    /// - Parameters:
    ///   - support: The ranges to adapt on.
    ///   - query: The ranges to be judged on.
    public init(support: [SampleRange], query: [SampleRange]) {
        self.support = support
        self.query = query
    }
}

extension SampleRange {
    fileprivate func intersection(_ other: SampleRange) -> SampleRange? {
        let lower = max(start, other.start)
        let upper = min(end, other.end)
        return lower < upper ? SampleRange(start: lower, end: upper) : nil
    }
}
