private import PrintableText

/// A place in a source file.
public struct SourceLocation: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The file as the caller named it.
    public let file: String
    /// The line, counted from 1; `nil` when the whole file is meant.
    public let line: Int?
    /// The byte within the line, counted from 1.
    public let column: Int?
    /// The name of the table's column, for example `emg2`.
    public let field: String?

    /// Creates a location.
    ///
    /// - Parameters:
    ///   - file: The file as the caller named it.
    ///   - line: The line, counted from 1.
    ///   - column: The byte within the line, counted from 1.
    ///   - field: The name of the table's column.
    public init(file: String, line: Int? = nil, column: Int? = nil, field: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
    }

    /// `file:line:column: field`, as far as they are known.
    public var description: String {
        var text = file.printable(limit: 1_000)
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        if let field { text += ": column \(field.printable())" }
        return text
    }
}
