internal import EMGFormats
internal import PrintableText

/// What the first eight bytes and the reserved field of a header say about the width of samples.
enum EDFVersion {
    /// The width that a header names; `nil` when it names none.
    static func format(of header: some RandomAccessCollection<UInt8>) -> EDFFormat? {
        let bytes = Array(header.prefix(EDFField.partBytes))
        guard bytes.count >= EDFField.version.width else { return nil }
        // The first byte of BDF is above 127 and does not survive every program.
        let mark = EDFFormat.mark
        if bytes[1...].starts(with: mark) || bytes.starts(with: mark) { return .bdf }
        let reserved =
            bytes.count >= EDFField.reserved.range.upperBound
            ? ForeignText.decode(bytes[EDFField.reserved.range]).uppercased() : ""
        if reserved.hasPrefix("BDF+") || reserved.hasPrefix("24BIT") { return .bdf }
        let isZero =
            bytes[0] == UInt8(ascii: "0") && bytes[1..<8].allSatisfy { $0 == 0x20 || $0 == 0 }
        if isZero || reserved.hasPrefix("EDF+") { return .edf }
        return nil
    }

    /// Whether the beginning of a file is certainly a header of that width.
    static func isCertain(_ prefix: [UInt8], format: EDFFormat) -> Bool {
        guard Self.format(of: prefix) == format else { return false }
        if format == .bdf || prefix.count < EDFField.partBytes { return format == .bdf }
        // Eight bytes of a digit and blanks may begin a table, too; numbers in the right places
        // do not.
        let numbers = [EDFField.headerBytes, .recordDuration, .signalCount]
        return numbers.allSatisfy { field in
            let field = prefix[field.range]
            return field.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                && !field.contains { $0 > 0x7E || ($0 < 0x20 && $0 != 0) }
        }
    }

    /// Refuses what is not of the width asked for.
    static func check(
        _ header: [UInt8], as format: EDFFormat, isForced: Bool, file: String
    ) throws(IngestError) {
        let found = Self.format(of: header)
        guard found != format else { return }
        guard let found else {
            throw IngestError(
                .wrongFormat(
                    expected: format == .edf
                        ? "an EDF header, which begins with \"0\" and blanks"
                        : "a BDF header, which begins with byte 255 and \"BIOSEMI\"",
                    found: ContentKind(prefix: header).description),
                at: SourceLocation(file: file, field: "version", byte: 0),
                hint: "name the format if the file has an unusual name")
        }
        guard isForced else {
            throw IngestError(
                .wrongFormat(
                    expected: "\(format.title), \(8 * format.sampleBytes) bits a sample",
                    found: "the header of \(found.title)"),
                at: SourceLocation(file: file, field: "version", byte: 0),
                hint: "read it as \(found.name)")
        }
    }

    /// Says what is odd about the version field of a header that is read.
    static func note(_ fields: inout EDFFields, format: EDFFormat) {
        guard !fields.bytes[EDFField.version.range].elementsEqual(format.version) else { return }
        fields.warn(
            .version,
            "the version field is not that of \(format.title), which the file was read as")
    }
}
