/// Where something stands in a text: both counts start at 1.
///
/// A manifest of a hundred thousand tasks has some ten million of them: they are as small as they
/// can be.
package struct DocumentPosition: Sendable, Hashable {
    private let lineNumber: UInt32
    private let columnNumber: UInt32
    private let origin: Origin?

    /// A text that positions share.
    private final class Origin: Sendable, Hashable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (one: Origin, other: Origin) -> Bool { one.text == other.text }

        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    /// Creates a position.
    ///
    /// - Parameters:
    ///   - line: The line, from 1; what is beyond four billion stands for that.
    ///   - column: The column, from 1; likewise.
    ///   - source: What the value was given by; `nil` for the document's text.
    package init(line: Int, column: Int, source: String? = nil) {
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
        origin = source.map(Origin.init)
    }

    /// The line.
    package var line: Int { Int(lineNumber) }

    /// The column, in Unicode scalars.
    package var column: Int { Int(columnNumber) }

    /// What the value was given by when not by the document's text, as `override 2: seed`.
    package var source: String? { origin?.text }
}
