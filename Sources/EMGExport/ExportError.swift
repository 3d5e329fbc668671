public import EMGArchive
public import ErrorReports
package import Files
private import PrintableText

/// Why a recording cannot leave in a format: what is wrong, where, and what to do.
public struct ExportError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// The format has no way to say what the recording holds.
        case unsuitable(reason: String)
        /// A name of which the format leaves nothing.
        case unusableName(part: String, found: String)
        /// Two recordings that would be written to one place.
        case nameCollision(path: String, other: String)
        /// The rows of the recording cannot be read.
        case unreadable(reason: String)
        /// The file cannot be written.
        case storage(ArchiveError)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// The recording or file concerned.
    public let subject: String
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - subject: The recording or file concerned.
    ///   - hint: What to do.
    public init(_ kind: Kind, of subject: String, hint: String = "") {
        self.kind = kind
        self.subject = subject
        self.hint = hint
    }

    /// `recording: what`, and the hint on a line of its own.
    public var description: String {
        let what: String
        switch kind {
        case .unsuitable(let reason):
            what = "cannot be written in this format: \(reason.printable(limit: 400))"
        case .unusableName(let part, let found):
            what = "nothing is left of the \(part) \"\(found.printable())\" as a name"
        case .nameCollision(let path, let other):
            what =
                "would be written to \(path.printable(limit: 400)), but so would "
                + other.printable(limit: 400)
        case .unreadable(let reason):
            what = "cannot be read: \(reason.printable(limit: 1_000))"
        case .storage(let error):
            return error.description
        }
        let text = "\(subject.printable(limit: 400)): \(what)"
        return hint.isEmpty ? text : text + "\n  hint: \(hint)"
    }
}

extension ExportError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        self.init(.storage(ArchiveError(error)), of: error.location)
    }
}

extension ExportError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the recording.
    package var machineFault: MachineFault? {
        if case .storage(let error) = kind { error.machineFault } else { nil }
    }
}
