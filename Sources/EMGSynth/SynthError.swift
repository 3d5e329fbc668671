public import PrintableText

/// Why a synthetic laboratory cannot be made.
public struct SynthError: ExplainedError, Sendable, Hashable {
    /// The kinds of fault.
    public enum Kind: Sendable, Hashable {
        /// A number of the plan that makes no sense.
        case outOfRange(what: String, expected: String, found: String)
        /// A file with other content stands where one is to be written.
        case alreadyExists(path: String)
        /// A file or folder cannot be written.
        case unwritable(path: String, reason: String)
    }

    /// What is wrong.
    public let kind: Kind
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error of a kind with advice.
    public init(_ kind: Kind, hint: String = "") {
        self.kind = kind
        self.hint = hint
    }

    /// The fault and, on the next line, what to do.
    public var description: String {
        let what =
            switch kind {
            case .outOfRange(let what, let expected, let found):
                "\(what): expected \(expected), found \(found)"
            case .alreadyExists(let path): "\(path): is there already, with other content"
            case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
            }
        return hint.isEmpty ? what : "\(what)\n  hint: \(hint)"
    }
}
