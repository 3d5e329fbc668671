import Documents
import Foundation
private import PrintableText

/// A table of texts that was read from a CSV file (RFC 4180) with a head.
struct CSVTable: Sendable {
    /// A row.
    struct Row: Sendable {
        /// Where it begins, counted from 1.
        let line: Int
        /// As many fields as there are columns.
        let fields: [String]
    }

    /// The largest file that is read.
    static let byteLimit = 512 << 20

    /// The file's name, for messages.
    let name: String
    /// The head.
    let columns: [String]
    /// The rows.
    let rows: [Row]

    /// Reads a file.
    ///
    /// - Parameter url: The file.
    /// - Throws: `DocumentError` when it cannot be read, or with the line of a row that has another
    ///   number of fields than the head.
    init(contentsOf url: URL) throws(DocumentError) {
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
    init(bytes: [UInt8], name: String) throws(DocumentError) {
        self.name = name
        var rows: [Row] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var (line, rowLine, isQuoted, isRow) = (1, 1, false, false)
        func fault(_ expected: String, _ found: String) -> DocumentError {
            DocumentError(
                .syntax(expected: expected, found: found), document: name,
                position: DocumentPosition(line: rowLine, column: 1),
                hint: "the file was changed or cut off: write it again")
        }
        func endRow() throws(DocumentError) {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
            guard rows.isEmpty || fields.count == rows[0].fields.count else {
                throw fault("\(rows[0].fields.count, of: "field")", "\(fields.count)")
            }
            rows.append(Row(line: rowLine, fields: fields))
            fields.removeAll(keepingCapacity: true)
            isRow = false
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if !isRow { (rowLine, isRow) = (line, true) }
            if byte == UInt8(ascii: "\n") { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if index + 1 < bytes.count, bytes[index + 1] == byte {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                }
            case _ where isQuoted: field.append(byte)
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case UInt8(ascii: ","):
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
            case UInt8(ascii: "\r") where index + 1 < bytes.count && bytes[index + 1] == 10: break
            case UInt8(ascii: "\n"): try endRow()
            default: field.append(byte)
            }
            index += 1
        }
        guard !isQuoted else { throw fault("a closing quote", "the end of the file") }
        if isRow { try endRow() }
        columns = rows.first?.fields ?? []
        self.rows = Array(rows.dropFirst())
    }

    /// The place of a column.
    ///
    /// - Throws: `DocumentError` when there is none of that name.
    func column(_ title: String) throws(DocumentError) -> Int {
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
    func number(_ row: Row, _ column: Int) throws(DocumentError) -> Double? {
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
    func share(_ row: Row, _ column: Int) throws(DocumentError) -> Double? {
        guard let value = try number(row, column) else { return nil }
        guard (0...1).contains(value) else {
            throw error(
                line: row.line, expected: "\(columns[column]) from 0 to 1",
                found: row.fields[column])
        }
        return value
    }

    /// An error at a line.
    func error(line: Int, expected: String, found: String) -> DocumentError {
        DocumentError(
            .invalid(expected: expected, found: found.printable()), document: name,
            position: DocumentPosition(line: line, column: 1))
    }
}

/// Rows of a CSV file (RFC 4180) to be written.
enum CSVText {
    /// A field, quoted when it must be.
    static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    /// A row with its line break.
    static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\n"
    }

    /// A number; nothing for what is not one.
    static func number(_ value: Double?) -> String {
        value.map { $0.isFinite ? "\($0)" : "" } ?? ""
    }
}
