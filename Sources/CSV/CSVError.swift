package import ErrorReports

/// A fault in a comma-separated text.
package struct CSVError: ExplainedError, Sendable, Hashable {
    /// What should stand there.
    package let wanted: String
    /// What does.
    package let present: String
    /// On which line, from 1.
    package let line: Int
    /// At which byte of the line, from 1; `nil` when it is the line as a whole.
    package let column: Int?
    /// What to do.
    package let hint: String

    init(
        expected: String, found: String, at place: (line: Int, column: Int?), hint: String
    ) {
        wanted = expected
        present = found
        (line, column) = place
        self.hint = hint
    }

    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String { "malformed" }
    /// The line and column.
    package var place: ErrorPlace { ErrorPlace(line: line, column: column) }
    /// What should stand there.
    package var expected: String? { wanted }
    /// What does.
    package var found: String? { present }

    /// `line:column: what`, and the hint on a line of its own.
    package var description: String {
        let place = column.map { "\(line):\($0)" } ?? "\(line)"
        return "\(place): expected \(wanted), found \(present)\n  hint: \(hint)"
    }
}
