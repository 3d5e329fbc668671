/// One line of a header, taken apart at its blanks.
struct WFDBFields: Sendable {
    /// What the line is, for messages: `record line`, `signal 3`.
    let title: String
    /// The file as the caller named it.
    let file: String
    /// The line, counted from 1.
    let line: Int
    /// The fields.
    let fields: [Substring]

    init(_ text: Substring, title: String, file: String, line: Int) {
        self.title = title
        self.file = file
        self.line = line
        fields = text.split { $0 == " " || $0 == "\t" }
    }

    /// A field, `nil` behind the end of the line.
    subscript(index: Int) -> Substring? { fields.indices.contains(index) ? fields[index] : nil }

    /// Everything from a field on.
    func rest(from index: Int) -> String? {
        index < fields.count ? fields[index...].joined(separator: " ") : nil
    }

    /// A whole number of a field; `nil` behind the end of the line.
    func integer(
        _ index: Int, _ name: String, in bounds: ClosedRange<Int>
    ) throws(IngestError) -> Int? {
        guard let text = self[index] else { return nil }
        return try integer(text, name, in: bounds)
    }

    /// A text as a whole number.
    func integer(
        _ text: Substring, _ name: String, in bounds: ClosedRange<Int>
    ) throws(IngestError) -> Int {
        guard let number = Int(text), bounds.contains(number) else {
            throw fault(
                name, expected: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
                found: text)
        }
        return number
    }

    /// A text as a finite number.
    func number(_ text: Substring, _ name: String) throws(IngestError) -> Double {
        guard text.utf8.allSatisfy(Self.isOfNumber), let number = Double(text), number.isFinite
        else { throw fault(name, expected: "a number", found: text) }
        return number
    }

    /// A fault of a field.
    func fault(
        _ name: String, expected: String, found: some StringProtocol, hint: String = ""
    ) -> IngestError {
        IngestError(
            .malformed(expected: expected, found: "\"\(String(found))\""),
            at: place(name), hint: hint)
    }

    /// The place of a field.
    func place(_ name: String? = nil) -> SourceLocation {
        SourceLocation(file: file, line: line, field: name, object: title)
    }

    /// Hexadecimal numbers, `nan` and `inf` are none here.
    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
    }
}
