public import PrintableText

/// What is wrong with the data, the settings or the files of a training run.
public struct MetaLearningError: ExplainedError, Sendable, Hashable {
    /// The kinds of fault.
    public enum Kind: Sendable, Hashable {
        /// Two things that must have one size.
        case sizeMismatch(expected: Int, found: Int)
        /// A value outside what is allowed.
        case outOfRange(expected: String, found: String)
        /// A split that must have tasks and has none.
        case emptySplit(EpisodeSplit)
        /// An id that the source does not have.
        case unknownEpisode(String)
        /// A loss or a parameter that is no longer a finite number.
        case notFinite(String)
        /// A file that is not what its format says, at a place in bytes.
        case malformed(expected: String, found: String, byteOffset: Int)
        /// A tensor that must be in a file and is not.
        case missingTensor(String)
        /// A checkpoint of another model or of other settings.
        case incompatible(expected: String, found: String)
        /// A folder or file that would be overwritten.
        case alreadyExists
        /// A file or folder that cannot be read or written.
        case inputOutput(reason: String)
    }

    /// What is wrong.
    public let kind: Kind
    /// Where: a file, a tensor, a task or a setting.
    public let location: String
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: Where: a file, a tensor, a task or a setting.
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
            case .sizeMismatch(let expected, let found):
                "expected \(expected, of: "element"), found \(found)"
            case .outOfRange(let expected, let found):
                "expected \(expected), found \(found.printable())"
            case .emptySplit(let split):
                "there is no task in the \(split.rawValue) split"
            case .unknownEpisode(let id):
                "there is no task \"\(id.printable())\""
            case .notFinite(let what):
                "\(what) is no longer a finite number"
            case .malformed(let expected, let found, let byteOffset):
                "byte \(byteOffset): expected \(expected), found \(found.printable(limit: 300))"
            case .missingTensor(let name):
                "tensor \"\(name.printable())\" is missing"
            case .incompatible(let expected, let found):
                "made for \(found.printable()), not for \(expected.printable())"
            case .alreadyExists:
                "is there already and is never overwritten"
            case .inputOutput(let reason):
                reason
            }
        let place = location.isEmpty ? "" : location.printable(limit: 1_000) + ": "
        return hint.isEmpty ? place + what : "\(place)\(what)\n  hint: \(hint)"
    }
}
