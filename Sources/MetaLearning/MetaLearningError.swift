public import ErrorReports
package import Files
private import PrintableText

/// What is wrong with the data, the settings or the files of a training run.
public struct MetaLearningError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
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
        /// The machine lacks something: it says nothing of the run.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
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
            case .machine(let fault):
                fault.description
            }
        // The sentence about the machine names the place already.
        let isPlaced = !location.isEmpty && machineFault == nil
        let place = isPlaced ? location.printable(limit: 1_000) + ": " : ""
        return hint.isEmpty ? place + what : "\(place)\(what)\n  hint: \(hint)"
    }
}

extension MetaLearningError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        let kind: Kind =
            switch error.kind {
            case .machine(let fault): .machine(fault)
            case .busy: .inputOutput(reason: error.fault)
            case .fileSystem(.makingFolder, let reason):
                .inputOutput(reason: "cannot be made: \(reason)")
            case .fileSystem(_, let reason): .inputOutput(reason: "cannot be written: \(reason)")
            }
        self.init(kind, at: error.location, hint: error.hint)
    }
}

extension MetaLearningError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about data, settings or a file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
