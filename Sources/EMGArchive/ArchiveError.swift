public import ErrorReports
package import Files
package import HDF5
private import PrintableText

/// What is wrong with an archive or collection, or with writing one.
public struct ArchiveError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// The file has another `format` attribute, or none.
        case wrongFormat(expected: String, found: String?)
        /// A version of the format that this software does not know.
        case unsupportedVersion(expected: Int, found: Int)
        /// A value that is not allowed where it stands.
        case invalid(expected: String, found: String)
        /// Samples that are not finite numbers and not marked as such: how many and the first.
        case nonFinite(count: Int, first: [SamplePosition])
        /// A recording whose attributes and place in the archive name different recordings.
        case identityMismatch(expected: String, found: String)
        /// Contents that are not the ones that were hashed.
        case hashMismatch(expected: String, found: String)
        /// A file of another size than its manifest says, in bytes.
        case sizeMismatch(expected: Int, found: Int)
        /// A file that a link takes out of the folder it must be in.
        case outsideFolder(String)
        /// A file that this process is writing already.
        case busy
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
        /// What libhdf5 or its wrapper says.
        case storage(HDF5Error.Kind)
        /// What the operating system says.
        case fileSystem(operation: String, reason: String)
    }

    /// One value of a recording.
    package struct SamplePosition: Sendable, Hashable, CustomStringConvertible {
        /// The sample, from 0.
        package let sample: Int
        /// The channel, from 0.
        package let channel: Int

        /// Creates a position.
        package init(sample: Int, channel: Int) {
            self.sample = sample
            self.channel = channel
        }

        /// `sample 1000 channel 3`.
        package var description: String { "sample \(sample) channel \(channel)" }
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// Where: the file, and the object or attribute in it.
    package let location: Place
    /// What to do.
    public let hint: String

    /// Creates an error.
    package init(_ kind: Kind, at location: Place, hint: String) {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// Tells of something that the machine lacks.
    package init(_ fault: MachineFault) {
        self.init(.machine(fault), at: Place(file: fault.place), hint: fault.remedy)
    }

    /// Takes over an error of the storage below; `file` stands in for the name it was written
    /// under before it was complete.
    package init(_ error: HDF5Error, file: String? = nil) {
        if let fault = error.machineFault {
            self.init(fault)
            return
        }
        self.init(
            .storage(error.kind),
            at: Place(file: file ?? error.location.file, object: error.location.object),
            hint: error.hint)
    }

    /// `file: /object: what`, and the hint on a line of its own.
    public var description: String {
        // The sentence names the place already.
        if let machineFault { return "\(machineFault)\n  hint: \(hint)" }
        let what =
            switch kind {
            case .machine(let fault):
                fault.description
            case .wrongFormat(let expected, let found):
                "is not a \(expected)"
                    + (found.map { ", it says \"\($0.printable())\"" } ?? "")
            case .unsupportedVersion(let expected, let found):
                "has format version \(found), this software knows version \(expected)"
            case .invalid(let expected, let found):
                "expected \(expected), found \(found.printable(limit: 300))"
            case .nonFinite(let count, let first):
                "\(count, of: "value is", plural: "values are") not finite: "
                    + first.map(\.description).joined(separator: ", ")
                    + (count > first.count ? ", …" : "")
            case .identityMismatch(let expected, let found):
                "is the recording \(found.printable(limit: 400)), "
                    + "its place says \(expected.printable(limit: 400))"
            case .hashMismatch(let expected, let found):
                "has SHA-256 \(found), expected \(expected.printable(limit: 64))"
            case .sizeMismatch(let expected, let found):
                "has \(found) bytes, expected \(expected)"
            case .outsideFolder(let folder):
                "leads out of the folder \(folder.printable(limit: 1_000))"
            case .busy:
                "is being written by this process already"
            case .storage(let kind):
                kind.description
            case .fileSystem(let operation, let reason):
                "\(operation) failed: \(reason.printable(limit: 300))"
            }
        return "\(location): \(what)\n  hint: \(hint)"
    }
}

extension ArchiveError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        switch error.kind {
        case .machine(let fault): self.init(fault)
        case .busy: self.init(.busy, at: Place(file: error.location), hint: error.hint)
        case .fileSystem(let operation, let reason):
            self.init(
                .fileSystem(operation: operation.rawValue, reason: reason),
                at: Place(file: error.location), hint: error.hint)
        }
    }
}

extension ArchiveError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
