package import Documents
private import ErrorReports
package import Foundation
private import PrintableText

/// A table of texts that was read from a CSV file (RFC 4180) with a head.
package struct CSVTable: Sendable {
    /// A row.
    package struct Row: Sendable {
        /// Where it begins, counted from 1.
        package let line: Int
        /// As many fields as there are columns.
        package let fields: [String]
    }

    /// The largest file that is read.
    package static let byteLimit = 512 << 20

    /// The file's name, for messages.
    package let name: String
    /// The head.
    package let columns: [String]
    /// The rows of the recording.
    package let rows: [Row]

    /// Reads a file.
    ///
    /// - Parameter url: The file.
    /// - Throws: `DocumentError` when it cannot be read, or with the line of a row that has another
    ///   number of fields than the head.
    package init(contentsOf url: URL) throws(DocumentError) {
        let name = url.path(percentEncoded: false)
        let data: Data
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= Self.byteLimit else {
                throw DocumentError(
                    .unreadable(reason: "it has \(size) bytes, more than \(Self.byteLimit)"),
                    document: name, position: nil)
            }
            data = try Data(contentsOf: url)
        } catch let error as DocumentError {
            throw error
        } catch {
            throw DocumentError(
                .unreadable(reason: SystemReason.of(error)), document: name, position: nil)
        }
        try self.init(bytes: Array(data), name: name)
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: Its name, for messages.
    /// - Throws: `DocumentError` as above.
    package init(bytes: [UInt8], name: String) throws(DocumentError) {
        self.name = name
        var rows: [Row] = []
        var record = CSVRecord()
        var (start, line) = (0, 1)
        func fault(_ expected: String, _ found: String) -> DocumentError {
            DocumentError(
                .syntax(expected: expected, found: found), document: name,
                position: DocumentPosition(line: line, column: 1),
                hint: "the file was changed or cut off: write it again")
        }
        while start < bytes.count {
            do throws(CSVError) {
                _ = try record.read(
                    bytes.span, from: start, to: bytes.count, isFinal: true, line: line)
            } catch {
                throw fault(error.wanted, error.present)
            }
            guard rows.isEmpty || record.fields.count == rows[0].fields.count else {
                throw fault("\(rows[0].fields.count, of: "field")", "\(record.fields.count)")
            }
            rows.append(
                Row(
                    line: line,
                    fields: record.fields.map { field in
                        String(
                            decoding: CSVTokenizer.content(of: field, in: bytes.span),
                            as: UTF8.self)
                    }))
            start = record.end
            line += record.lines
        }
        columns = rows.first?.fields ?? []
        self.rows = Array(rows.dropFirst())
    }

    /// The place of a column.
    ///
    /// - Throws: `DocumentError` when there is none of that name.
    package func column(_ title: String) throws(DocumentError) -> Int {
        guard let place = columns.firstIndex(of: title) else {
            throw error(
                line: 1, expected: "a column \(title)",
                found: columns.joined(separator: ", "))
        }
        return place
    }

    /// A number of a row; `nil` for an empty field and for what is not finite.
    ///
    /// - Throws: `DocumentError` for a field that is no number.
    package func number(_ row: Row, _ column: Int) throws(DocumentError) -> Double? {
        let field = row.fields[column]
        if field.isEmpty { return nil }
        guard let value = Double(field) else {
            throw error(line: row.line, expected: "a number as \(columns[column])", found: field)
        }
        return value.isFinite ? value : nil
    }

    /// A number of a row from 0 to 1; `nil` as above.
    ///
    /// - Throws: `DocumentError` for a field that is no such number.
    package func share(_ row: Row, _ column: Int) throws(DocumentError) -> Double? {
        guard let value = try number(row, column) else { return nil }
        guard (0...1).contains(value) else {
            throw error(
                line: row.line, expected: "\(columns[column]) from 0 to 1",
                found: row.fields[column])
        }
        return value
    }

    /// An error at a line.
    package func error(line: Int, expected: String, found: String) -> DocumentError {
        DocumentError(
            .invalid(expected: expected, found: found.printable()), document: name,
            position: DocumentPosition(line: line, column: 1))
    }
}
