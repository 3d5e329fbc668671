public import ErrorReports
private import PrintableText

/// What is wrong with an experiment: its file, its folders, or one of its steps.
public struct ExperimentError: ExplainedError, Sendable, Hashable {
    /// Why an experiment, a sweep or a run cannot be used.
    public enum Kind: Sendable, Hashable {
        /// A value or a combination of values that is not allowed.
        case invalid(expected: String, found: String)
        /// A file or folder that is not there.
        case missing(String)
        /// A file or folder that cannot be read or written.
        case inputOutput(reason: String)
        /// A step that gave nothing to go on with.
        case emptyResult(reason: String)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// Where: a file, a folder, a step or an option.
    public let location: String
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: Where: a file, a folder, a step or an option.
    ///   - hint: What to do.
    public init(_ kind: Kind, at location: String, hint: String = "") {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// The place, the fault and, on the next line, what to do.
    public var description: String {
        let what =
            switch kind {
            case .invalid(let expected, let found):
                "expected \(expected), found \(found.printable(limit: 300))"
            case .missing(let what): "\(what) is not there"
            case .inputOutput(let reason), .emptyResult(let reason): reason
            }
        let text = "\(location.printable(limit: 1_000)): \(what)"
        return hint.isEmpty ? text : "\(text)\n  hint: \(hint)"
    }
}
