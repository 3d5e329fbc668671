public import ErrorReports
package import Files

/// Why a synthetic laboratory cannot be made.
public struct SynthError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// A number of the plan that makes no sense.
        case outOfRange(what: String, expected: String, found: String)
        /// A file with other content stands where one is to be written.
        case alreadyExists(path: String)
        /// A file or folder cannot be written.
        case unwritable(path: String, reason: String)
        /// The machine lacks something: it says nothing of the plan.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
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
            case .machine(let fault): fault.description
            }
        return hint.isEmpty ? what : "\(what)\n  hint: \(hint)"
    }
}

extension SynthError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        switch error.kind {
        case .machine(let fault): self.init(.machine(fault), hint: error.hint)
        case .fileSystem(_, let reason):
            self.init(.unwritable(path: error.location, reason: reason), hint: error.hint)
        case .busy:
            self.init(.unwritable(path: error.location, reason: error.fault), hint: error.hint)
        }
    }
}

extension SynthError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the plan or a file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
