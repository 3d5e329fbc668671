internal import EMGFormats
import PrintableText

/// How many records a file really has and where they begin: what the header says, held against
/// the size of the file. Nothing is allocated by the header's word alone.
struct EDFExtent: Sendable, Hashable {
    /// The byte of the first record.
    let firstByte: Int
    /// The bytes of a record.
    let recordBytes: Int
    /// The number of whole records that are read, at least 1.
    let recordCount: Int
    /// What does not fit together.
    let warnings: [IngestWarning]

    /// Compares a header with its file.
    ///
    /// - Parameters:
    ///   - header: The header.
    ///   - size: The file's size in bytes.
    ///   - file: The file as the caller named it.
    /// - Throws: ``IngestError`` when they contradict each other so much that nobody can tell
    ///   what is right.
    init(_ header: EDFHeader, size: Int, file: String) throws(IngestError) {
        var warnings: [IngestWarning] = []
        recordBytes = header.recordBytes
        firstByte = try Self.firstByte(header, size: size, file: file, warnings: &warnings)
        try Self.checkWidth(header, dataBytes: size - firstByte, file: file)
        let whole = (size - firstByte) / recordBytes
        let rest = (size - firstByte) % recordBytes
        let records = SourceLocation(file: file, field: "number of records", byte: 236)
        if let declared = header.declaredRecords, whole >= declared {
            recordCount = declared
            let extra = size - firstByte - declared * recordBytes
            if extra > 0 {
                warnings.append(
                    IngestWarning(
                        .truncated,
                        at: SourceLocation(file: file, byte: firstByte + declared * recordBytes),
                        message: "the header says \(declared, of: "record"); "
                            + "\(extra, of: "byte") behind them were not read"))
            }
        } else {
            // A recording that broke off or a copy that did is still worth reading; a header
            // that promises far more than there is contradicts its file.
            let declared = header.declaredRecords
            guard whole > 0, whole >= (declared ?? 1) - whole else {
                let expected = declared ?? 1
                let (bytes, isBeyond) = expected.multipliedReportingOverflow(by: recordBytes)
                throw IngestError(
                    .inconsistent(
                        expected: "\(expected, of: "record") of \(recordBytes, of: "byte")"
                            + (isBeyond ? "" : ", \(bytes, of: "byte") behind the header"),
                        found: "\(size - firstByte) bytes, \(whole, of: "whole record")"),
                    at: records,
                    hint: "the header is wrong or most of the file is missing; copy it again")
            }
            recordCount = whole
            if let declared {
                warnings.append(
                    IngestWarning(
                        .truncated, at: records,
                        message: "the header says \(declared, of: "record"), the file was cut: "
                            + "\(whole, of: "whole record") \(whole == 1 ? "was" : "were") read"))
            } else if rest > 0 {
                warnings.append(
                    IngestWarning(
                        .truncated, at: SourceLocation(file: file, byte: size - rest),
                        message: "the last record is not whole: its \(rest, of: "byte") "
                            + "were not read"))
            }
        }
        self.warnings = warnings
    }

    /// Where records begin: behind the signals' headers, as the format has it, unless the size of
    /// the file shows that the header's own word is right.
    private static func firstByte(
        _ header: EDFHeader, size: Int, file: String, warnings: inout [IngestWarning]
    ) throws(IngestError) -> Int {
        let computed = header.byteCount
        guard let declared = header.declaredByteCount, declared != computed else {
            if header.declaredByteCount == nil {
                warnings.append(
                    IngestWarning(
                        .headerFault,
                        at: SourceLocation(file: file, field: "header bytes", byte: 184),
                        message: "the length of the header is blank: \(computed, of: "byte") were "
                            + "taken for \(header.signals.count, of: "signal")"))
            }
            return computed
        }
        func fits(_ start: Int) -> Bool {
            guard start >= computed, start < size else { return false }
            let bytes = size - start
            guard bytes.isMultiple(of: header.recordBytes) else { return false }
            return header.declaredRecords.map { bytes / header.recordBytes == $0 } ?? true
        }
        let place = SourceLocation(file: file, field: "header bytes", byte: 184)
        let start: Int
        switch (declared < computed || fits(computed), fits(declared)) {
        case (true, false): start = computed
        case (false, true): start = declared
        case (true, true), (false, false):
            throw IngestError(
                .inconsistent(
                    expected:
                        "a header of \(computed, of: "byte") for "
                        + "\(header.signals.count, of: "signal")",
                    found: "\(declared)"),
                at: place,
                hint:
                    "the file's size does not say which is right; copy the file again from where it was recorded"
            )
        }
        warnings.append(
            IngestWarning(
                .headerFault, at: place,
                message: "the header says that it has \(declared) bytes, its signals need "
                    + "\(computed): by the file's size \(start) is right"))
        return start
    }

    /// Refuses files whose size is exactly that of samples of the other width.
    private static func checkWidth(
        _ header: EDFHeader, dataBytes: Int, file: String
    ) throws(IngestError) {
        let samples = header.recordBytes / header.format.sampleBytes
        func fits(_ format: EDFFormat) -> Bool {
            let bytes = samples * format.sampleBytes
            guard let declared = header.declaredRecords else { return false }
            return dataBytes.isMultiple(of: bytes) && dataBytes / bytes == declared
        }
        let other = header.format.other
        if header.isForced {
            guard fits(header.format) else {
                throw IngestError(
                    .wrongFormat(
                        expected: "\(header.format.title), as the caller says",
                        found: "the header of \(other.title) and no data of another width"),
                    at: SourceLocation(file: file, field: "version", byte: 0),
                    hint: "read it as \(other.name)")
            }
            return
        }
        guard !fits(header.format), fits(other) else { return }
        throw IngestError(
            .inconsistent(
                expected: "samples of \(8 * header.format.sampleBytes) bits, as the header of "
                    + "\(header.format.title) says",
                found: "data that is exactly as long as with \(8 * other.sampleBytes) bits"),
            at: SourceLocation(file: file, field: "version", byte: 0),
            hint: "if that is what it is, read it as \(other.name)")
    }
}
