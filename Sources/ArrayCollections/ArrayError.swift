public import ErrorReports
package import Files
package import HDF5
private import PrintableText

/// What is wrong with labeled arrays, with a collection of them or with writing one.
public struct ArrayError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// Something that must be there and is not, with what there is.
        case missing(String, known: [String])
        /// A value that is not allowed where it stands.
        case invalid(expected: String, found: String)
        /// Two things that must be alike.
        case mismatch(expected: String, found: String)
        /// A value that is not a finite number.
        case notFinite(String)
        /// Fewer of something than are needed.
        case tooFew(String, expected: Int, found: Int)
        /// What would be in two splits.
        case inTwoSplits(String, one: String, other: String)
        /// Contents that are not those that were hashed.
        case hashMismatch(expected: String, found: String)
        /// A model that was trained on, or selected by, classes that it would be scored on.
        case seen([String], how: String)
        /// What libhdf5 or its wrapper says.
        case storage(HDF5Error.Kind)
        /// What the operating system says.
        case fileSystem(reason: String)
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// Where it is.
    public let place: ErrorPlace
    /// What to do.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - file: The file, folder or setting.
    ///   - object: What it is about in it: a dataset, a sample, a class.
    ///   - hint: What to do.
    package init(_ kind: Kind, at file: String, object: String? = nil, hint: String) {
        self.kind = kind
        place = ErrorPlace(file: file, object: object)
        self.hint = hint
    }

    /// Takes over an error of the storage below.
    package init(_ error: HDF5Error, file: String? = nil) {
        let fault = error.machineFault
        self.init(
            fault.map { .machine($0) } ?? .storage(error.kind), at: file ?? error.location.file,
            object: error.location.object, hint: fault?.remedy ?? error.hint)
    }

    /// `file: object: what`, and the hint on a line of its own.
    public var description: String {
        let what =
            switch kind {
            case .missing(let what, let known):
                "there is no \(what.printable(limit: 200))"
                    + (known.isEmpty
                        ? "" : "; there are \(NameList(known.map { $0.printable() }))")
            case .invalid(let expected, let found), .mismatch(let expected, let found):
                "expected \(expected), found \(found.printable(limit: 300))"
            case .notFinite(let what):
                "\(what) is not a finite number"
            case .tooFew(let what, let expected, let found):
                "\(found) \(what), expected at least \(expected)"
            case .inTwoSplits(let what, let one, let other):
                "\(what.printable(limit: 200)) would be in two splits, \(one) and \(other)"
            case .hashMismatch(let expected, let found):
                "has SHA-256 \(found), expected \(expected.printable(limit: 64))"
            case .seen(let names, let how):
                "the model was \(how) \(NameList(names.map { $0.printable() }, limit: 5))"
            case .storage(let kind): kind.description
            case .fileSystem(let reason): reason
            case .machine(let fault): fault.description
            }
        // The sentence about the machine names the place already.
        var place = machineFault == nil ? self.place.file?.printable(limit: 1_000) ?? "" : ""
        if let object = self.place.object, machineFault == nil {
            place += (place.isEmpty ? "" : ": ") + object.printable(limit: 300)
        }
        return (place.isEmpty ? what : "\(place): \(what)")
            + (hint.isEmpty ? "" : "\n  hint: \(hint)")
    }
}

extension ArrayError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .missing: "missing"
        case .invalid: "invalid"
        case .mismatch: "mismatch"
        case .notFinite: "not_finite"
        case .tooFew: "too_few"
        case .inTwoSplits: "in_two_splits"
        case .hashMismatch: "hash_mismatch"
        case .seen: "seen_in_training"
        case .storage(let kind): kind.name
        case .fileSystem: "file_system"
        case .machine: "machine"
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .missing(let what, _): what
        case .invalid(let expected, _), .mismatch(let expected, _), .hashMismatch(let expected, _):
            expected
        case .tooFew(let what, let expected, _): "at least \(expected) \(what)"
        case .storage(let kind): kind.expected
        case .notFinite, .inTwoSplits, .seen, .fileSystem, .machine: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .missing(_, let known): known.joined(separator: ", ")
        case .invalid(_, let found), .mismatch(_, let found), .hashMismatch(_, let found): found
        case .tooFew(let what, _, let found): "\(found) \(what)"
        case .storage(let kind): kind.found
        case .notFinite, .inTwoSplits, .seen, .fileSystem, .machine: nil
        }
    }
}

extension ArrayError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        switch error.kind {
        case .machine(let fault):
            self.init(.machine(fault), at: fault.place, hint: fault.remedy)
        case .busy:
            self.init(
                .fileSystem(reason: "is being written by this process already"),
                at: error.location, hint: error.hint)
        case .fileSystem(let operation, let reason):
            self.init(
                .fileSystem(reason: "\(operation.rawValue) failed: \(reason)"), at: error.location,
                hint: error.hint)
        }
    }
}

extension ArrayError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the data.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
