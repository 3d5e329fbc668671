internal import Foundation
internal import PrintableText

/// A header file: the record line, the lines of signals or of segments, and the comments
/// (header(5) of the WFDB Applications Guide).
struct WFDBHeader: Sendable, Hashable {
    /// A segment of a record with several.
    struct Segment: Sendable, Hashable {
        /// The record that it is, `~` for samples that were not recorded.
        let name: String
        /// How many frames it has.
        let frameCount: Int
        /// The line in the header, counted from 1.
        let line: Int

        /// Whether nothing was recorded.
        var isNull: Bool { name == "~" }
    }

    /// The header as the caller named it.
    let file: String
    /// The record's name as the header has it.
    let name: String
    /// Frames a second; `nil` when they are not reported.
    let frameRate: Double?
    /// The number of frames; `nil` when it is not reported.
    let frameCount: Int?
    /// When the recording began, `HH:MM:SS` and perhaps a date, as the header has it; empty when
    /// it is not reported.
    let start: String
    /// The signals; none in a record with segments.
    let signals: [WFDBSignal]
    /// The segments; none in a record with signals.
    let segments: [Segment]
    /// The number of signals in the record line.
    let signalCount: Int
    /// The lines of comment, without their marks.
    let comments: [String]
    /// What is odd about it.
    let warnings: [IngestWarning]

    /// Frames a second of a record whose header does not say.
    static let usualFrameRate = 250.0
    /// More frames than any recording has: even times the samples of a frame it is a number.
    static let largestFrameCount = 1 << 46
    /// A header of the largest records has some hundred thousand bytes.
    private static let largestBytes = 4 << 20

    /// Reads a header.
    static func read(_ url: URL) throws(IngestError) -> WFDBHeader {
        let file = try SourceFileReader(url)
        guard file.byteCount <= largestBytes else {
            throw IngestError(
                .wrongFormat(
                    expected: "a WFDB header", found: "a file of \(file.byteCount, of: "byte")"),
                at: SourceLocation(file: url.relativePath))
        }
        var bytes: [UInt8] = []
        while true {
            let piece = try file.next(1 << 20)
            if piece.isEmpty { break }
            bytes.append(contentsOf: piece)
            // A file that grows meanwhile is not read for ever.
            guard bytes.count <= largestBytes else { break }
        }
        return try WFDBHeader(bytes, file: url.relativePath)
    }

    init(_ bytes: [UInt8], file: String) throws(IngestError) {
        self.file = file
        if let zero = bytes.firstIndex(of: 0) {
            throw IngestError(
                .wrongFormat(expected: "a WFDB header", found: "binary data"),
                at: SourceLocation(file: file, byte: zero))
        }
        var lines = WFDBLines(bytes)
        guard let first = lines.next() else {
            throw IngestError(
                .wrongFormat(
                    expected: "a WFDB header", found: bytes.isEmpty ? "an empty file" : "no line"),
                at: SourceLocation(file: file))
        }
        let record = WFDBFields(
            first.text, title: "record line", file: file, line: first.line)
        let names = (record[0] ?? "").split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        name = String(names.first ?? "")
        var segmentCount: Int?
        if names.count == 2 {
            segmentCount = try record.integer(names[1], "number of segments", in: 1...1_000_000)
        }
        guard
            let signalCount = try record.integer(1, "number of signals", in: 0...1_000_000)
        else {
            throw record.fault(
                "number of signals", expected: "a record name and a number of signals",
                found: first.text.prefix(60), hint: "is this the header of a WFDB record?")
        }
        self.signalCount = signalCount
        frameRate = try Self.frameRate(record)
        frameCount = try record.integer(3, "number of samples", in: 0...Self.largestFrameCount)
            .flatMap { $0 == 0 ? nil : $0 }
        start = record.rest(from: 4) ?? ""
        let segments = try Self.segments(segmentCount ?? 0, from: &lines, file: file)
        let signals = try Self.signals(
            segmentCount == nil ? signalCount : 0, from: &lines, file: file)
        let (expected, found, what) =
            segmentCount.map { ($0, segments.count, "segments") }
            ?? (signalCount, signals.count, "signals")
        guard found == expected else {
            throw IngestError(
                .inconsistent(expected: "\(expected, of: "line") of \(what)", found: "\(found)"),
                at: record.place("number of \(what)"), hint: "the header was cut off")
        }
        var warnings: [IngestWarning] = []
        if let extra = lines.next() {
            warnings.append(
                IngestWarning(
                    .headerFault, at: SourceLocation(file: file, line: extra.line),
                    message: "lines behind the last of \(expected) \(what) were not used"))
            while lines.next() != nil {}
        }
        self.signals = signals
        self.segments = segments
        comments = lines.comments
        self.warnings = warnings
    }

    /// The lines of segments, as many as there are.
    private static func segments(
        _ count: Int, from lines: inout WFDBLines, file: String
    ) throws(IngestError) -> [Segment] {
        var segments: [Segment] = []
        while segments.count < count, let line = lines.next() {
            let fields = WFDBFields(
                line.text, title: "segment \(segments.count + 1)", file: file, line: line.line)
            guard let name = fields[0],
                let count = try fields.integer(1, "number of samples", in: 0...largestFrameCount)
            else {
                throw fields.fault(
                    "number of samples", expected: "a segment and its number of samples",
                    found: line.text.prefix(60))
            }
            segments.append(Segment(name: String(name), frameCount: count, line: line.line))
        }
        return segments
    }

    /// The lines of signals, as many as there are.
    private static func signals(
        _ count: Int, from lines: inout WFDBLines, file: String
    ) throws(IngestError) -> [WFDBSignal] {
        var signals: [WFDBSignal] = []
        while signals.count < count, let line = lines.next() {
            let fields = WFDBFields(
                line.text, title: "signal \(signals.count + 1)", file: file, line: line.line)
            signals.append(try WFDBSignal(fields, number: signals.count))
        }
        return signals
    }

    private static func frameRate(_ record: WFDBFields) throws(IngestError) -> Double? {
        // Behind a slash stands the frequency of a counter, which nothing depends on.
        guard let field = record[2], let text = field.split(separator: "/").first else {
            return nil
        }
        let rate = try record.number(text, "sampling frequency")
        guard rate >= 0 else {
            throw record.fault("sampling frequency", expected: "a rate above 0", found: text)
        }
        return rate == 0 ? nil : rate
    }
}
