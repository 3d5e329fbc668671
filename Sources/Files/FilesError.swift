package import ErrorReports
package import Foundation
private import PrintableText

/// Why a file or folder cannot be written, locked or listed.
package struct FilesError: ExplainedError, Sendable, Hashable {
    /// What was being done.
    package enum Operation: String, Sendable, Hashable {
        /// A folder is made.
        case makingFolder = "making the folder"
        /// A file is made.
        case makingFile = "making the file"
        /// Bytes are written.
        case writing
        /// A file gets a second name or a copy.
        case copying = "copying the file"
        /// What was written is handed to the disk.
        case flushingFile = "flushing the file"
        /// The names in a folder are handed to the disk.
        case flushingFolder = "flushing the folder"
        /// What was written gets its name.
        case renaming
        /// A file or folder is removed.
        case removing
        /// What killed processes left behind is looked for.
        case sweeping = "looking for partial files"
        /// The names in a folder are read.
        case listing = "listing the folder"
        /// It is asked what is at a path.
        case looking = "looking at the path"
        /// The file of a lock is made.
        case makingLock = "making the lock"
        /// A lock is taken.
        case locking
    }

    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// A file that this process is writing already.
        case busy
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
        /// What the operating system says.
        case fileSystem(Operation, reason: String)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// The path of the file or folder.
    package let location: String
    /// What to do.
    package let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: The path of the file or folder.
    ///   - hint: What to do.
    package init(_ kind: Kind, at location: String, hint: String) {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// A call of the system that failed: the machine's fault where it is one.
    ///
    /// - Parameters:
    ///   - operation: What was being done.
    ///   - errorNumber: What `errno` was.
    ///   - url: The file or folder.
    package init(_ operation: Operation, errorNumber: Int32, at url: URL) {
        // A folder is what has room and permissions: the name of a partial file helps nobody.
        let isFolder = url.hasDirectoryPath || operation == .makingFolder
        let folder = isFolder ? url : url.deletingLastPathComponent()
        if let fault = MachineFault(
            errorNumber: errorNumber, operation.use, at: folder.path(percentEncoded: false))
        {
            self.init(.machine(fault), at: fault.place, hint: fault.remedy)
        } else {
            self.init(
                .fileSystem(operation, reason: SystemReason.of(errorNumber: errorNumber)),
                at: url.path(percentEncoded: false), hint: operation.hint)
        }
    }

    /// A step of Foundation that failed: the machine's fault where it is one.
    package init(_ operation: Operation, _ error: any Error, at url: URL) {
        if let number = MachineFault.errorNumber(behind: error) {
            self.init(operation, errorNumber: number, at: url)
        } else {
            self.init(
                .fileSystem(operation, reason: SystemReason.of(error)),
                at: url.path(percentEncoded: false), hint: operation.hint)
        }
    }

    /// The same fault, reported of another place; a fault of the machine keeps its own.
    package func at(_ location: String) -> FilesError {
        if case .machine = kind { self } else { FilesError(kind, at: location, hint: hint) }
    }

    /// What is wrong, without the place and the hint.
    package var fault: String {
        switch kind {
        case .busy: "is being written by this process already"
        case .machine(let fault): fault.description
        case .fileSystem(let operation, let reason):
            "\(operation.rawValue) failed: \(reason.printable(limit: 300))"
        }
    }

    /// `path: what`, and the hint on a line of its own.
    package var description: String {
        // The sentence about the machine names the place already.
        let place = machineFault == nil ? location.printable(limit: 1_000) + ": " : ""
        return "\(place)\(fault)\n  hint: \(hint)"
    }
}

extension FilesError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the file or folder.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
