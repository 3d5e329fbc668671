package import ErrorReports
package import Files

/// What is wrong with an event file.
package struct EventFileError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// It cannot be made or appended to.
        case unwritable(reason: String)
        /// It cannot be read or shortened.
        case unreadable(reason: String)
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// The file or folder.
    package let location: String

    /// Creates an error.
    package init(_ kind: Kind, at location: String) {
        self.kind = kind
        self.location = location
    }

    /// What to do.
    package var hint: String {
        switch kind {
        case .unwritable: FilesError.writingHint
        case .unreadable: FilesError.readingHint
        case .machine(let fault): fault.remedy
        }
    }

    /// The file, the fault and, on the next line, what to do.
    package var description: String {
        switch kind {
        case .unwritable(let reason): "\(location): cannot be written: \(reason)\n  hint: \(hint)"
        case .unreadable(let reason):
            "\(location): cannot be read or shortened: \(reason)\n  hint: \(hint)"
        case .machine(let fault): "\(fault)\n  hint: \(hint)"
        }
    }
}

extension EventFileError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        switch error.kind {
        case .machine(let fault): self.init(.machine(fault), at: error.location)
        case .fileSystem(.listing, let reason):
            self.init(.unreadable(reason: reason), at: error.location)
        case .fileSystem(_, let reason): self.init(.unwritable(reason: reason), at: error.location)
        case .busy: self.init(.unwritable(reason: error.fault), at: error.location)
        }
    }
}

extension EventFileError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
