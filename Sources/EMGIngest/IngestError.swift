public import ErrorReports
package import Files
private import PrintableText

/// Why a source cannot be taken in: what is wrong, where, and what to do.
public struct IngestError: ExplainedError, Sendable, Hashable, Codable {
    /// The kinds of fault. Text found in a file is kept as it stood there (cut to a sane length)
    /// and escaped when it is printed.
    public enum Kind: Sendable, Hashable, Codable {
        /// The machine lacks something: it says nothing of the file.
        case machine(MachineFault)
        /// The file cannot be opened or read.
        case unreadable(reason: String)
        /// The file holds another format than expected, or none that is known.
        case wrongFormat(expected: String, found: String)
        /// There is not one sample in the file.
        case noSamples(found: String)
        /// A column that must be there is not.
        case missingColumn(name: String, found: [String])
        /// A column stands twice.
        case duplicateColumn(name: String)
        /// A row has more or fewer fields than the header.
        case fieldCount(expected: Int, found: Int)
        /// A cell that is not what its column holds.
        case invalidCell(expected: String, found: String)
        /// A sample that is empty or not finite, where none was allowed.
        case missingValue(found: String)
        /// The text breaks the rules of its format: an open quote, a NUL byte.
        case malformed(expected: String, found: String)
        /// What a file says of itself contradicts what it holds, or itself.
        case inconsistent(expected: String, found: String)
        /// A known format, with something in it that is not read.
        case unsupported(feature: String)
        /// A template or other description given along with a source is wrong.
        case invalidDescription(reason: String)
        /// The process that read the file died of it.
        case crashed(reason: String)
        /// Neither the file nor the caller says how fast it was sampled.
        case unknownRate(reason: String)
        /// Neither the file's place nor the caller says whose recording it is.
        case unknownIdentity(reason: String)
        /// The paths of some recordings leave open which part is patient, session and condition;
        /// `readings` says how the first of them were read.
        case openLayout(count: Int, readings: [String])
        /// A format or template that the caller named fits none of the files; `reasons` says why
        /// for the first of them.
        case fitsNothing(what: String, reasons: [String], count: Int)
        /// Two sources that differ claim one identity.
        case identityConflict(identity: String, other: String)

        /// The name of the kind in reports for programs.
        public var name: String {
            switch self {
            case .machine: "machine"
            case .unreadable: "unreadable"
            case .wrongFormat: "wrong-format"
            case .noSamples: "no-samples"
            case .missingColumn: "missing-column"
            case .duplicateColumn: "duplicate-column"
            case .fieldCount: "field-count"
            case .invalidCell: "invalid-cell"
            case .missingValue: "missing-value"
            case .malformed: "malformed"
            case .inconsistent: "inconsistent"
            case .unsupported: "unsupported"
            case .invalidDescription: "invalid-description"
            case .crashed: "crashed"
            case .unknownRate: "unknown-rate"
            case .unknownIdentity: "unknown-identity"
            case .openLayout: "open-layout"
            case .fitsNothing: "fits-nothing"
            case .identityConflict: "identity-conflict"
            }
        }
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// The file and the place in it, as far as they are known.
    public let location: SourceLocation
    /// What to do.
    public let hint: String

    /// Tells of something that the machine lacks.
    package init(_ fault: MachineFault) {
        self.init(.machine(fault), at: SourceLocation(file: fault.place))
    }

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: Where.
    ///   - hint: What to do; empty for what helps against most faults of that kind.
    public init(_ kind: Kind, at location: SourceLocation, hint: String = "") {
        self.kind = kind
        self.location = location
        self.hint = hint.isEmpty ? kind.remedy : hint
    }

    /// The fault without its place and hint.
    public var fault: String {
        switch kind {
        case .machine(let fault):
            fault.description.printable(limit: 1_000)
        case .unreadable(let reason):
            "cannot be read: \(reason.printable(limit: 300))"
        case .wrongFormat(let expected, let found):
            "expected \(expected), found \(found.printable())"
        case .noSamples(let found):
            "holds no samples: \(found)"
        case .missingColumn(let name, let found):
            "column \"\(name)\" is missing"
                + (found.isEmpty ? "" : "; the columns are ")
                + found.map { "\"\($0.printable(limit: 40))\"" }.joined(separator: ", ")
                .printable(limit: 400)
        case .duplicateColumn(let name):
            "column \"\(name.printable())\" stands twice"
        case .fieldCount(let expected, let found):
            "expected \(expected, of: "field"), found \(found)"
        case .invalidCell(let expected, let found):
            "expected \(expected), found \"\(found.printable(limit: 40))\""
        case .missingValue(let found):
            found.isEmpty
                ? "expected a number, found an empty cell"
                : "expected a number, found \"\(found.printable(limit: 40))\""
        case .malformed(let expected, let found):
            "expected \(expected), found \(found.printable())"
        case .inconsistent(let expected, let found):
            "expected \(expected.printable(limit: 300)), found \(found.printable(limit: 300))"
        case .unsupported(let feature):
            "\(feature.printable(limit: 300)) is not supported"
        case .invalidDescription(let reason):
            "the description of the source is wrong: \(reason.printable(limit: 600))"
        case .crashed(let reason):
            "the process that read it died: \(reason.printable(limit: 300))"
        case .unknownRate(let reason):
            "the sampling rate is not known: \(reason)"
        case .unknownIdentity(let reason):
            "whose recording it is cannot be determined: \(reason.printable(limit: 300))"
        case .openLayout(let count, let readings):
            "patient, session and condition of \(count, of: "recording") cannot be distinguished "
                + "from their paths; they would be read as" + Self.list(readings, of: count)
        case .fitsNothing(let what, let reasons, let count):
            "\(what) fits none of the \(count == 1 ? "files" : "\(count) files") looked at"
                + Self.list(reasons, of: count)
        case .identityConflict(let identity, let other):
            "is \(identity.printable(limit: 300)), but so is \(other.printable(limit: 1_000)), "
                + "and the two differ"
        }
    }

    /// Some of many, each on a line of its own.
    private static func list(_ some: [String], of count: Int) -> String {
        let lines = some.map { "\n    \($0.printable(limit: 1_000))" }.joined()
        return count > some.count ? lines + "\n    and \(count - some.count) more" : lines
    }

    /// `file:line:column: what`, and the hint on a line of its own.
    public var description: String {
        // The sentence about the machine names the place already.
        let text = machineFault == nil ? "\(location): \(fault)" : fault
        return hint.isEmpty ? text : text + "\n  hint: \(hint)"
    }
}

extension IngestError {
    /// What to do about samples that are missing.
    static let markMissingHint =
        "to keep the rest, mark missing samples (--missing mark); windows that touch them are then "
        + "left out"
    /// What to do when nothing says the sampling rate.
    static let declareRateHint = "declare the sampling rate (--rate, or rate_hz in a template)"
}

extension IngestError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        let location = SourceLocation(file: error.location)
        switch error.kind {
        case .machine(let fault): self.init(fault)
        case .fileSystem(.listing, let reason):
            self.init(
                .unreadable(reason: "the folder cannot be listed: \(reason)"), at: location,
                hint: error.hint)
        case .fileSystem, .busy:
            self.init(.unreadable(reason: error.fault), at: location, hint: error.hint)
        }
    }
}

extension IngestError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}

extension IngestError.Kind {
    /// What helps against most faults of the kind.
    fileprivate var remedy: String {
        switch self {
        case .machine(let fault): fault.remedy
        case .unreadable: "check that the file exists and may be read"
        case .wrongFormat:
            "name the format (--format) or describe the layout in a template (--template FILE)"
        case .noSamples: "leave the file out, or copy it again from where it was recorded"
        case .missingColumn, .duplicateColumn:
            "name the columns that are there in a template (--template FILE)"
        case .fieldCount: "describe the layout in a template (--template FILE), or copy it again"
        case .invalidCell: "describe the layout in a template (--template FILE)"
        case .missingValue: IngestError.markMissingHint
        case .malformed: "copy the file again from where it was recorded, or export it anew"
        case .inconsistent: "name what is meant in a template (--template FILE)"
        case .unsupported: "export the recording without it"
        case .invalidDescription: "correct the template"
        case .crashed: "leave the file out"
        case .unknownRate: IngestError.declareRateHint
        case .unknownIdentity: "say whose recording it is (--patient, --session, --condition)"
        case .openLayout: "say which part of the path is what (--layout patient/session/condition)"
        case .fitsNothing: "correct the template, or name the format (--format)"
        case .identityConflict: "give one of them another condition or run"
        }
    }
}
