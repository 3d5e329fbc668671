package import ErrorReports
private import PrintableText

/// Why bytes are no image that can be read.
package struct RasterError: ExplainedError, Sendable, Hashable {
    /// What was expected.
    package let wanted: String
    /// What was found in its place.
    package let present: String
    /// Where, in bytes from the beginning of the file.
    package let byte: Int
    /// What to do.
    package let hint: String

    /// Creates an error.
    package init(expected: String, found: String, byte: Int, hint: String = "") {
        wanted = expected
        present = found
        self.byte = byte
        self.hint =
            hint.isEmpty ? "the file is damaged or cut off: write it again" : hint
    }

    /// `malformed`.
    package var kindName: String { "malformed" }
    /// The byte.
    package var place: ErrorPlace { ErrorPlace(byte: byte) }
    /// What was expected.
    package var expected: String? { wanted }
    /// What was found.
    package var found: String? { present }

    /// `byte 8: expected what, found what`, and the hint on a line of its own.
    package var description: String {
        "byte \(byte): expected \(wanted), found \(present.printable(limit: 200))\n  hint: \(hint)"
    }
}
