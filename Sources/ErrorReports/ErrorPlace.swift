/// Where a fault is, as far as it is known.
public struct ErrorPlace: Sendable, Hashable, Codable {
    /// The file or folder as the user named it.
    public var file: String?
    /// The line of a text, counted from 1.
    public var line: Int?
    /// The column of that line, counted from 1.
    public var column: Int?
    /// The byte of a binary file, counted from 0.
    public var byte: Int?
    /// What it is about within the file, or when there is none: a dataset, a table's column, the
    /// path of a setting, a stage, a recording.
    public var object: String?

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - file: The file or folder.
    ///   - line: The line, counted from 1.
    ///   - column: The column, counted from 1.
    ///   - byte: The byte, counted from 0.
    ///   - object: What it is about within the file, or when there is none.
    package init(
        file: String? = nil, line: Int? = nil, column: Int? = nil, byte: Int? = nil,
        object: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.byte = byte
        self.object = object?.isEmpty == true ? nil : object
    }
}
