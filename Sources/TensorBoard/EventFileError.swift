public import PrintableText

/// What is wrong with an event file.
public struct EventFileError: ExplainedError, Sendable, Hashable {
    /// The kinds of fault.
    public enum Kind: Sendable, Hashable {
        /// It cannot be made or appended to.
        case unwritable(reason: String)
        /// It cannot be read or shortened.
        case unreadable(reason: String)
    }

    /// What is wrong.
    public let kind: Kind
    /// The file or folder.
    public let location: String

    /// Creates an error.
    public init(_ kind: Kind, at location: String) {
        self.kind = kind
        self.location = location
    }

    /// What to do.
    public var hint: String {
        switch kind {
        case .unwritable: "check the folder's permissions and the space left on the disk"
        case .unreadable: "check the folder's permissions"
        }
    }

    /// The file, the fault and, on the next line, what to do.
    public var description: String {
        switch kind {
        case .unwritable(let reason): "\(location): cannot be written: \(reason)\n  hint: \(hint)"
        case .unreadable(let reason):
            "\(location): cannot be read or shortened: \(reason)\n  hint: \(hint)"
        }
    }
}
