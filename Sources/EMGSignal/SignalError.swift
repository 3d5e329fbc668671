public import ErrorReports
private import PrintableText

/// What is wrong with a value of the signal vocabulary.
public struct SignalError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// A sampling rate that is not a finite number in the plausible range, in hertz.
        case implausibleSamplingRate(found: Double)
        /// A part of an identity that cannot be a name of a folder or file.
        case unusableName(part: String, found: String)
        /// Arrays that must have one length.
        case lengthMismatch(what: String, expected: Int, found: Int)
        /// A label that has no class name.
        case labelOutOfRange(found: Int, classes: Int, sample: Int)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// What to do about it.
    public let hint: String

    /// Creates an error of a kind with advice.
    public init(_ kind: Kind, hint: String) {
        self.kind = kind
        self.hint = hint
    }

    /// The fault and, on the next line, what to do.
    public var description: String {
        let what =
            switch kind {
            case .implausibleSamplingRate(let found):
                "sampling rate \(found) Hz is not plausible"
            case .unusableName(let part, let found):
                "\(part) \"\(found.printable())\" cannot be used as a name"
            case .lengthMismatch(let what, let expected, let found):
                "\(what): expected \(expected, of: "sample"), found \(found)"
            case .labelOutOfRange(let found, let classes, let sample):
                "label \(found) at sample \(sample) is outside 0..<\(classes)"
            }
        return "\(what)\n  hint: \(hint)"
    }
}
