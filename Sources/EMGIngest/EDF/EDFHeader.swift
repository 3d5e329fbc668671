internal import EMGFormats
import PrintableText

/// What the header of a file says, not yet compared with the file's size.
struct EDFHeader: Sendable, Hashable {
    /// The width of samples.
    let format: EDFFormat
    /// Whether the version field names the other width, as the caller insisted on this one.
    let isForced: Bool
    /// The bytes before the first record that the signals' headers take.
    let byteCount: Int
    /// The bytes before the first record that the header names; `nil` when blank.
    let declaredByteCount: Int?
    /// The records that the header names; `nil` when it does not know.
    let declaredRecords: Int?
    /// The length of a record in seconds, above 0, or 0 with annotations only.
    let recordDuration: Double
    /// The text of the reserved field: `EDF+C` and its like.
    let reserved: String
    /// Whose recording it is.
    let patient: EDFPatient
    /// When it was made.
    let start: EDFStart
    /// The rest of the recording's field.
    let equipment: String
    /// The signals.
    let signals: [EDFSignal]
    /// What is wrong with it.
    let warnings: [IngestWarning]

    /// The bytes of one record.
    var recordBytes: Int {
        signals.reduce(0) { $0 + $1.samplesPerRecord } * format.sampleBytes
    }

    /// The signals that hold annotations.
    var annotations: [EDFSignal] { signals.filter(\.isAnnotations) }

    /// The signals that hold samples.
    var ordinary: [EDFSignal] { signals.filter { !$0.isAnnotations } }

    /// Whether records have onsets of their own.
    var isDiscontinuous: Bool {
        let text = reserved.uppercased()
        return text.hasPrefix("EDF+D") || text.hasPrefix("BDF+D")
    }

    /// Whether it is EDF+ or BDF+.
    var isPlus: Bool {
        let text = reserved.uppercased()
        return text.hasPrefix("EDF+") || text.hasPrefix("BDF+")
    }
}

extension EDFHeader {
    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - format: The width that the file is read as.
    ///   - isForced: Whether the caller names the width, whatever the file says.
    /// - Returns: The header.
    /// - Throws: ``IngestError`` with the field that cannot be understood.
    static func read(
        _ file: PositionedFile, as format: EDFFormat, isForced: Bool
    ) throws(IngestError) -> EDFHeader {
        let size = file.byteCount
        guard size > 0 else {
            throw IngestError(
                .noSamples(found: "the file is empty"), at: SourceLocation(file: file.name))
        }
        let first = try file.bytes(at: 0, count: min(size, EDFField.partBytes))
        try EDFVersion.check(first, as: format, isForced: isForced, file: file.name)
        guard size >= EDFField.partBytes else {
            throw IngestError(
                .inconsistent(
                    expected: "a header of at least \(EDFField.partBytes, of: "byte")",
                    found: "a file of \(size, of: "byte")"),
                at: SourceLocation(file: file.name, byte: size),
                hint: "the file was cut; copy it again")
        }
        var fields = EDFFields(first, file: file.name)
        EDFVersion.note(&fields, format: format)
        let count = try signalCount(&fields)
        let byteCount = EDFField.partBytes * (count + 1)
        guard size >= byteCount else {
            throw IngestError(
                .inconsistent(
                    expected: "a header of \(byteCount, of: "byte") for \(count, of: "signal")",
                    found: "a file of \(size, of: "byte")"),
                at: fields.place(.signalCount),
                hint: "the file was cut, or its header is damaged")
        }
        fields.bytes = try file.bytes(at: 0, count: byteCount)
        return try EDFHeader(
            &fields, signalCount: count, format: format,
            isForced: isForced && EDFVersion.format(of: first) == format.other)
    }

    private static func signalCount(_ fields: inout EDFFields) throws(IngestError) -> Int {
        let count = try fields.integer(.signalCount)
        guard let count, count > 0 else {
            throw IngestError(
                .malformed(
                    expected: "at least 1 signal", found: count.map(String.init) ?? "blanks"),
                at: fields.place(.signalCount), hint: "the header is damaged")
        }
        return count
    }

    private init(
        _ fields: inout EDFFields, signalCount: Int, format: EDFFormat, isForced: Bool
    ) throws(IngestError) {
        self.format = format
        self.isForced = isForced
        byteCount = EDFField.partBytes * (signalCount + 1)
        reserved = fields.text(.reserved)
        patient = EDFPatient(fields.text(.patient))
        let recording = fields.text(.recording)
        start = EDFStart(&fields, recording: recording)
        equipment = EDFStart.equipment(in: recording)
        declaredByteCount = try fields.integer(.headerBytes)
        declaredRecords = try Self.recordCount(&fields)
        let signals = try EDFSignalFields.read(&fields, count: signalCount, format: format)
        let duration = try fields.number(.recordDuration)
        let hasSamples = signals.contains { !$0.isAnnotations }
        guard let duration, duration > 0 || (duration == 0 && !hasSamples) else {
            throw IngestError(
                .malformed(
                    expected: "a record duration above 0 seconds",
                    found: duration.map { "\($0)" } ?? "blanks"),
                at: fields.place(.recordDuration),
                hint: "without it the sampling rate cannot be determined")
        }
        recordDuration = duration
        self.signals = signals
        warnings = fields.warnings
    }

    /// The records that the header names; -1, 0 and blanks are what programs write that did not
    /// come to close the file.
    private static func recordCount(_ fields: inout EDFFields) throws(IngestError) -> Int? {
        guard let count = try fields.integer(.recordCount) else {
            fields.warn(.recordCount, "the number of records is blank: the file's size decides")
            return nil
        }
        guard count >= -1 else {
            throw IngestError(
                .malformed(expected: "a number of records", found: "\(count)"),
                at: fields.place(.recordCount), hint: "the header is damaged")
        }
        guard count > 0 else {
            fields.warn(
                .recordCount,
                "the number of records is \(count), as in a recording that was never closed: "
                    + "the file's size decides")
            return nil
        }
        return count
    }
}

extension EDFHeader {
    /// The rate of samples in a record, without the rounding that the duration as a binary number
    /// has: 35 samples in 0.175 s are 200 Hz exactly.
    ///
    /// - Parameters:
    ///   - samples: How many of a signal there are in a record.
    ///   - duration: The record's duration in seconds, a decimal number of up to eight characters.
    /// - Returns: The rate in hertz.
    static func hertz(_ samples: Int, in duration: Double) -> Double {
        var power = 1.0
        for _ in 0..<8 {
            let scaled = (duration * power).rounded()
            if scaled / power == duration { return Double(samples) * power / scaled }
            power *= 10
        }
        return Double(samples) / duration
    }
}
