internal import CSV

extension CSVRecord {
    /// Reads the record at the beginning of some bytes of a file.
    ///
    /// - Throws: ``IngestError`` where the record cannot be distinguished.
    mutating func read(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, isFinal: Bool, line: Int, file: String
    ) throws(IngestError) -> Bool {
        do throws(CSVError) {
            return try read(bytes, from: start, to: end, isFinal: isFinal, line: line)
        } catch {
            throw IngestError(
                .malformed(expected: error.wanted, found: error.present),
                at: SourceLocation(file: file, line: error.line, column: error.column),
                hint: error.hint)
        }
    }
}
