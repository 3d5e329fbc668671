public import ErrorReports
private import PrintableText

/// What is wrong with a filter, a pipeline or the signal it should be applied to.
public struct FilterError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// A cut-off that the samples cannot hold; all in hertz.
        case cutoffNotBelowNyquist(
            cutoff: Double, nyquist: Double, effectiveRate: Double, declaredRate: Double)
        /// A pass or stop band that is empty or turned round; in hertz.
        case cutoffsOutOfOrder(low: Double, high: Double)
        /// A number outside what a filter can have.
        case unusableParameter(name: String, expected: String, found: Double)
        /// A design whose poles double precision cannot keep inside the unit circle.
        case unstableDesign(cutoffs: [Double], samplingRate: Double)
        /// Too few samples for the padding asked for.
        case signalTooShort(expectedMoreThan: Int, found: Int)
        /// A recording that never goes below zero met a stage that takes the part around zero.
        case alreadyEnvelope(lowestValue: Double)
        /// A chain designed for other rates than the recording's; in hertz.
        case rateMismatch(expected: Double, found: Double)
        /// A chain that looks ahead was asked to filter samples as they come.
        case notCausal
        /// Settings that exclude each other.
        case contradiction(String)
        /// A stage that needs the whole signal, in a causal chain.
        case needsWholeSignal
        /// Saved state of another filter.
        case stateMismatch(expectedCount: Int, foundCount: Int)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// Which part of a pipeline, as `stages[1] band_pass`, or which recording; empty for a filter
    /// of its own.
    public let location: String
    /// What to do about it.
    public let hint: String

    /// Creates an error of a kind.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: Which part of a pipeline or which recording.
    ///   - hint: What to do about it.
    public init(_ kind: Kind, location: String = "", hint: String) {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// The same fault, said of a place.
    func located(at place: String) -> FilterError {
        FilterError(
            kind, location: location.isEmpty ? place : "\(place): \(location)", hint: hint)
    }

    /// Where, what and why, and on the next line what to do.
    public var description: String {
        let place = location.isEmpty ? "" : "\(location): "
        return "\(place)\(fault)\n  hint: \(hint)"
    }

    private var fault: String {
        switch kind {
        case .cutoffNotBelowNyquist(let cutoff, let nyquist, let effective, let declared):
            return effective < declared
                ? "a cut-off of \(cutoff.plain) Hz is not below \(nyquist.plain) Hz: the samples, "
                    + "declared at \(declared.plain) Hz, change only \(effective.plain) times a "
                    + "second (held samples)"
                : "a cut-off of \(cutoff.plain) Hz is not below \(nyquist.plain) Hz, half the "
                    + "sampling rate of \(declared.plain) Hz"
        case .cutoffsOutOfOrder(let low, let high):
            return "the low cut-off, \(low.plain) Hz, is not below the high one, \(high.plain) Hz"
        case .unusableParameter(let name, let expected, let found):
            return "\(name) must be \(expected), found \(found.plain)"
        case .unstableDesign(let cutoffs, let rate):
            let list = cutoffs.map(\.plain).joined(separator: " and ")
            return "no stable filter with cut-offs at \(list) Hz exists in double precision at a "
                + "sampling rate of \(rate.plain) Hz"
        case .signalTooShort(let least, let found):
            return "the signal must have more than \(least, of: "sample"), found \(found)"
        case .alreadyEnvelope(let lowest):
            return "the recording is never below \(lowest.plain) in any channel: it looks like "
                + "an envelope or a rectified signal already"
        case .rateMismatch(let expected, let found):
            return "the chain was designed for \(expected.plain) Hz, the recording has "
                + "\(found.plain) Hz"
        case .notCausal:
            return "a zero-phase chain needs samples that have not come yet"
        case .contradiction(let text):
            return text
        case .needsWholeSignal:
            return "a causal chain cannot wait for the whole signal, as this stage must"
        case .stateMismatch(let expected, let found):
            return "the state has \(found, of: "number"), the filter needs \(expected)"
        }
    }
}
