private import PrintableText

/// A place in a source file.
public struct SourceLocation: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The file as the caller named it.
    public let file: String
    /// The line, counted from 1; `nil` when the whole file is meant.
    public let line: Int?
    /// The byte within the line, counted from 1.
    public let column: Int?
    /// The name of the table's column or of the header's field, for example `emg2`.
    public let field: String?
    /// The byte in a binary file, counted from 0.
    public let byte: Int?
    /// The dataset, variable or member inside the file, for example `/acquisition/emg/data`.
    public let object: String?

    /// Creates a location.
    ///
    /// - Parameters:
    ///   - file: The file as the caller named it.
    ///   - line: The line, counted from 1.
    ///   - column: The byte within the line, counted from 1.
    ///   - field: The name of the table's column or of the header's field.
    ///   - byte: The byte in a binary file, counted from 0.
    ///   - object: The dataset, variable or member inside the file.
    public init(
        file: String, line: Int? = nil, column: Int? = nil, field: String? = nil,
        byte: Int? = nil, object: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.byte = byte
        self.object = object
    }

    /// The same place without the field's name.
    var withoutField: SourceLocation {
        SourceLocation(file: file, line: line, column: column, byte: byte, object: object)
    }

    /// `file:line:column: object: byte: field`, as far as they are known.
    public var description: String {
        var text = file.printable(limit: 1_000)
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        if let object { text += ": \(object.printable(limit: 300))" }
        if let byte { text += ": byte \(byte)" }
        if let field {
            // Tables have columns, binary headers fields.
            text += byte == nil && object == nil ? ": column " : ": field "
            text += field.printable()
        }
        return text
    }
}
