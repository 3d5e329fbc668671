package import ErrorReports
private import PrintableText

/// Why bytes are no NumPy array that can be read.
package struct NPYError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// There are no bytes at all.
        case empty
        /// The bytes begin otherwise.
        case otherFormat
        /// A version of the format that is not known.
        case version(UInt8)
        /// Numbers that are not read.
        case type(String)
        /// The header breaks the rules of the format.
        case malformed(expected: String, found: String)
        /// The header and the size of the file contradict each other.
        case size(expected: String, found: String)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .empty: "empty"
        case .otherFormat: "wrong_format"
        case .version: "unsupported_version"
        case .type: "unsupported_type"
        case .malformed: "malformed"
        case .size: "inconsistent"
        }
    }

    /// The header; whoever reads a file names it.
    package var place: ErrorPlace { ErrorPlace(object: "header") }

    /// What was expected.
    package var expected: String? {
        switch kind {
        case .malformed(let expected, _), .size(let expected, _): expected
        case .empty, .otherFormat, .version, .type: nil
        }
    }

    /// What was found.
    package var found: String? {
        switch kind {
        case .malformed(_, let found), .size(_, let found): found
        case .type(let name): name
        case .empty, .otherFormat, .version: nil
        }
    }

    /// Nothing: whoever reads a file says what to do.
    package var hint: String { "" }

    /// What is wrong, in words.
    package var description: String {
        switch kind {
        case .empty: "the file is empty"
        case .otherFormat: "expected a NumPy array, found another format"
        case .version(let number): "version \(number) of NumPy's format is not read"
        case .type(let name): "the number type \(name.printable()) is not read"
        case .malformed(let expected, let found), .size(let expected, let found):
            "expected \(expected), found \(found.printable())"
        }
    }
}
