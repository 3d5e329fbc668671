/// A fault in a comma-separated text.
package struct CSVError: Error, CustomStringConvertible, Sendable, Hashable {
    /// What should stand there.
    package let expected: String
    /// What does.
    package let found: String
    /// On which line, from 1.
    package let line: Int
    /// At which byte of the line, from 1; `nil` when it is the line as a whole.
    package let column: Int?
    /// What to do.
    package let hint: String

    init(
        expected: String, found: String, at place: (line: Int, column: Int?), hint: String
    ) {
        self.expected = expected
        self.found = found
        (line, column) = place
        self.hint = hint
    }

    /// `line:column: what`, and the hint on a line of its own.
    package var description: String {
        let place = column.map { "\(line):\($0)" } ?? "\(line)"
        return "\(place): expected \(expected), found \(found)\n  hint: \(hint)"
    }
}
