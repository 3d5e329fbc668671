internal import Foundation
internal import PrintableText

/// The header of a NumPy file, versions 1 to 3 (NumPy enhancement proposal 1).
struct NumpyHeader: Sendable, Hashable {
    /// The numbers that can be read.
    enum Number: Sendable, Hashable {
        case float(bytes: Int)
        case integer(bytes: Int, isSigned: Bool)

        var bytes: Int {
            switch self {
            case .float(let bytes), .integer(let bytes, _): bytes
            }
        }
    }

    let number: Number
    let isBigEndian: Bool
    let isColumnMajor: Bool
    let rows: Int
    let columns: Int
    /// The first byte of the numbers.
    let dataStart: Int

    static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - prefix: The beginning of the file, at least the header when that is whole.
    ///   - byteCount: The size of the file.
    ///   - location: The file.
    /// - Throws: ``IngestError`` when it is not a header that can be read.
    init(
        _ prefix: [UInt8], byteCount: Int, at location: SourceLocation
    ) throws(IngestError) {
        func malformed(_ expected: String, _ found: String) -> IngestError {
            IngestError(.malformed(expected: expected, found: found), at: location)
        }
        guard !prefix.isEmpty else {
            throw IngestError(.noSamples(found: "the file is empty"), at: location)
        }
        guard prefix.starts(with: Self.magic), prefix.count >= 12 else {
            throw IngestError(
                .wrongFormat(
                    expected: "a NumPy array", found: ContentKind(prefix: prefix).description),
                at: location)
        }
        let version = prefix[6]
        guard (1...3).contains(version) else {
            throw IngestError(
                .unsupported(feature: "version \(version) of NumPy's format"), at: location)
        }
        let lengthBytes = version == 1 ? 2 : 4
        let length = (0..<lengthBytes).reduce(0) { $0 | Int(prefix[8 + $1]) << (8 * $1) }
        dataStart = 8 + lengthBytes + length
        guard dataStart <= min(prefix.count, byteCount) else {
            throw malformed("a header of \(length, of: "byte")", "\(byteCount, of: "byte") in all")
        }
        let text = ForeignText.decode(prefix[(8 + lengthBytes)..<dataStart])
        guard let type = Self.value(of: "descr", in: text, between: "'", "'") else {
            throw malformed("a number type", text)
        }
        guard let (number, isBigEndian) = Self.number(type) else {
            throw IngestError(
                .unsupported(feature: "the number type \(type)"), at: location,
                hint: "save integers or floats")
        }
        self.number = number
        self.isBigEndian = isBigEndian
        isColumnMajor = Self.flag("fortran_order", in: text) ?? false
        guard let shape = Self.value(of: "shape", in: text, between: "(", ")") else {
            throw malformed("a shape", text)
        }
        let extents = shape.split(separator: ",").map {
            Int($0.trimmingCharacters(in: .whitespaces))
        }
        guard extents.count == 2, let rows = extents[0], let columns = extents[1], rows > 0,
            columns > 1
        else {
            throw IngestError(
                .inconsistent(
                    expected: "rows of a label and at least one channel", found: "(\(shape))"),
                at: location)
        }
        self.rows = rows
        self.columns = columns
        let (values, overflows) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, overflowsAgain) = values.multipliedReportingOverflow(by: number.bytes)
        guard !overflows, !overflowsAgain, bytes == byteCount - dataStart else {
            throw IngestError(
                .inconsistent(
                    expected: "\(rows) × \(columns, of: "number") of \(number.bytes, of: "byte")",
                    found: "\(byteCount - dataStart, of: "byte")"), at: location,
                hint: "the file was cut off or something was added")
        }
    }

    /// What stands between two marks behind a key.
    private static func value(
        of key: String, in text: String, between open: Character, _ close: Character
    ) -> String? {
        guard let place = text.range(of: "'\(key)'"),
            let colon = text[place.upperBound...].firstIndex(of: ":"),
            let first = text[colon...].firstIndex(of: open)
        else { return nil }
        let start = text.index(after: first)
        guard let end = text[start...].firstIndex(of: close) else { return nil }
        return String(text[start..<end])
    }

    private static func flag(_ key: String, in text: String) -> Bool? {
        guard let place = text.range(of: "'\(key)'"),
            let colon = text[place.upperBound...].firstIndex(of: ":")
        else { return nil }
        let rest = text[text.index(after: colon)...].drop { $0 == " " }
        if rest.hasPrefix("True") { return true }
        return rest.hasPrefix("False") ? false : nil
    }

    private static func number(_ text: String) -> (Number, isBigEndian: Bool)? {
        guard let order = text.first, "<>|=".contains(order), let bytes = Int(text.dropFirst(2))
        else { return nil }
        let isBigEndian = order == ">"
        switch (text.dropFirst().first, bytes) {
        case ("f", 4), ("f", 8): return (.float(bytes: bytes), isBigEndian)
        case ("i", 1), ("i", 2), ("i", 4), ("i", 8):
            return (.integer(bytes: bytes, isSigned: true), isBigEndian)
        case ("u", 1), ("u", 2), ("u", 4):
            return (.integer(bytes: bytes, isSigned: false), isBigEndian)
        default: return nil
        }
    }
}
