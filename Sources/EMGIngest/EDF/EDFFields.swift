internal import CSV
internal import EMGFormats
internal import Foundation
internal import PrintableText

/// The fields of a header: text of fixed length, filled up with blanks. What is wrong with them
/// but leaves their meaning clear is collected.
struct EDFFields {
    /// The bytes read so far.
    var bytes: [UInt8]
    /// The file as the caller named it.
    let file: String
    /// What is wrong with them.
    private(set) var warnings: [IngestWarning] = []

    private static let largestWhole = 99_999_999.0

    private var saidPadding = false
    private var saidEncoding = false

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// Where a field stands.
    func place(_ field: EDFField) -> SourceLocation {
        SourceLocation(file: file, field: field.name, byte: field.offset)
    }

    /// Adds a fault of a field.
    mutating func warn(_ field: EDFField, _ message: String) {
        warn(at: place(field), message)
    }

    private mutating func warn(at place: SourceLocation, _ message: String) {
        warnings.append(IngestWarning(.headerFault, at: place, message: message))
    }

    /// The text of a field without the blanks round it.
    mutating func text(_ field: EDFField) -> String {
        var content = bytes[field.range]
        func place(_ byte: Int) -> SourceLocation {
            SourceLocation(file: file, field: field.name, byte: byte)
        }
        if let nul = content.firstIndex(of: 0) {
            if !saidPadding {
                warn(at: place(nul), "header fields are padded with NUL in place of blanks")
                saidPadding = true
            }
            content = content[..<nul]
        }
        if let odd = content.firstIndex(where: { $0 < 0x20 || $0 > 0x7E }), !saidEncoding {
            warn(at: place(odd), "header fields have characters that are not ASCII")
            saidEncoding = true
        }
        let text = ForeignText.decode(content)
        let printable = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        return printable.trimmingCharacters(in: .whitespaces)
    }

    /// The number in a field; `nil` when it is blank.
    mutating func number(
        _ field: EDFField, expected: String = "a number"
    ) throws(IngestError) -> Double? {
        var text = text(field)
        if text.isEmpty { return nil }
        if text.contains(","), !text.contains(".") {
            warn(field, "\"\(text)\" has a decimal comma, which was read as a point")
            text = text.replacing(",", with: ".")
        }
        switch CellNumber(Array(text.utf8)) {
        case .integer(let number): return Double(number)
        case .decimal(let number): return number
        case .tooLarge, .missing, .invalid:
            throw IngestError(
                .malformed(expected: expected, found: "\"\(text)\""), at: place(field),
                hint: "the header is damaged, or the file is of another format")
        }
    }

    /// The whole number in a field; `nil` when it is blank.
    mutating func integer(_ field: EDFField) throws(IngestError) -> Int? {
        let number = try number(field, expected: "a whole number")
        guard let number else { return nil }
        guard let whole = Int(exactly: number), abs(number) <= Self.largestWhole else {
            throw IngestError(
                .malformed(
                    expected: "a whole number of at most 8 digits",
                    found: "\"\(text(field))\""),
                at: place(field),
                hint: "the header is damaged, or the file is of another format")
        }
        return whole
    }
}
