public import ErrorReports
package import Files
private import PrintableText

/// What is wrong with a bundle, a stream, or what somebody wants of them.
public struct DecodingError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// A file that is not what its format says.
        case malformed(expected: String, found: String)
        /// A stream, a recording or a collection of another kind than a bundle was made for: which
        /// property, and both values.
        case otherInput(property: String, expected: String, found: String)
        /// A conditioning that cannot run on samples as they come.
        case notCausal(stage: String)
        /// Something that a bundle, a model or a format cannot do.
        case unsupported(String)
        /// A setting outside what is allowed.
        case outOfRange(expected: String, found: String)
        /// A source or a sink that is not there or has gone.
        case unreachable(reason: String)
        /// A library that is loaded when it is needed, and is not there.
        case missingLibrary(name: String, reason: String)
        /// A file that would be overwritten.
        case alreadyExists
        /// A file that cannot be read or written.
        case inputOutput(reason: String)
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// Where: a file, a stream, a member of a document.
    public let location: String
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: Where: a file, a stream, a member of a document.
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
            case .malformed(let expected, let found):
                "expected \(expected), found \(found.printable(limit: 300))"
            case .otherInput(let property, let expected, let found):
                "\(property): the bundle was made for \(expected.printable(limit: 300)), this has "
                    + "\(found.printable(limit: 300))"
            case .notCausal(let stage):
                "\(stage.printable()) needs samples that have not come yet"
            case .unsupported(let what): what
            case .outOfRange(let expected, let found):
                "expected \(expected), found \(found.printable())"
            case .unreachable(let reason): reason
            case .missingLibrary(let name, let reason):
                "the library \(name) is needed and cannot be loaded: \(reason.printable(limit: 300))"
            case .alreadyExists: "is there already and is never overwritten"
            case .inputOutput(let reason): reason
            case .machine(let fault): fault.description
            }
        // The sentence about the machine names the place already.
        let isPlaced = !location.isEmpty && machineFault == nil
        let place = isPlaced ? location.printable(limit: 1_000) + ": " : ""
        return hint.isEmpty ? place + what : "\(place)\(what)\n  hint: \(hint)"
    }
}

extension DecodingError: FilesFailure {
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

extension DecodingError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about a file, a stream or a setting.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
