internal import EMGFormats
import PrintableText

/// All annotations of a file, read before its samples: only their bytes are looked at.
struct EDFAnnotationScan: Sendable, Hashable {
    /// The most annotations that are read.
    private static let limit = 1_000_000
    /// Records up to this size are read whole, many at a time; of larger ones only the annotations.
    private static let smallRecord = 1 << 14
    private static let blockBytes = 1 << 20
    /// The most bytes of annotations in one record; programs write a few hundred.
    private static let annotationLimit = 4 << 20

    /// When each record began.
    private(set) var timeLine: EDFTimeLine
    /// What happened.
    private(set) var events = EDFEvents()
    /// What is odd.
    private(set) var warnings: [IngestWarning] = []

    private let file: String
    private var segments: [EDFTimeLine.Segment] = []
    private var decimals = 0
    private var lastOnset = 0.0
    private var damaged: (count: Int, first: SourceLocation)?
    private var untimed: (count: Int, first: SourceLocation)?
    private var strayed: (count: Int, first: SourceLocation, seconds: Double)?

    /// Reads the annotations of a file.
    init(
        _ source: PositionedFile, header: EDFHeader, extent: EDFExtent
    ) throws(IngestError) {
        file = source.name
        timeLine = EDFTimeLine(
            recordCount: extent.recordCount, recordDuration: header.recordDuration)
        let signals = header.annotations
        guard let first = signals.first else {
            if header.isPlus {
                warn(
                    192, "reserved",
                    "the header says \(header.reserved), but there are no annotations: "
                        + (header.isDiscontinuous
                            ? "records were taken to follow each other" : "no labels"))
            }
            return
        }
        if !header.isPlus {
            warn(
                192, "reserved",
                "the header does not say EDF+ or BDF+, but there are annotations")
        }
        let step = Self.shortestStep(header)
        let width = header.format.sampleBytes
        if let large = signals.first(where: { $0.samplesPerRecord > Self.annotationLimit / width })
        {
            throw IngestError(
                .unsupported(
                    feature: "\(large.samplesPerRecord * width, of: "byte") of annotations a record"
                ),
                at: SourceLocation(file: file, field: "samples per record of \(large.title)"))
        }
        let isSmall = extent.recordBytes <= Self.smallRecord
        let recordsPerBlock = isSmall ? max(1, Self.blockBytes / extent.recordBytes) : 1
        var record = 0
        while record < extent.recordCount {
            let count = min(recordsPerBlock, extent.recordCount - record)
            let start = extent.firstByte + record * extent.recordBytes
            let block =
                isSmall ? try source.bytes(at: start, count: count * extent.recordBytes) : []
            for index in 0..<count {
                for signal in signals {
                    let offset =
                        index * extent.recordBytes + signal.firstSampleInRecord * width
                    let length = signal.samplesPerRecord * width
                    try take(
                        isSmall
                            ? block[offset..<offset + length]
                            : source.bytes(at: start + offset, count: length)[...],
                        record: record + index, keepsTime: signal == first,
                        isDiscontinuous: header.isDiscontinuous, step: step,
                        byte: start + offset)
                }
            }
            record += count
        }
        finish(header, extent: extent, step: step)
    }

    private static func shortestStep(_ header: EDFHeader) -> Double {
        let most = header.ordinary.map(\.samplesPerRecord).max() ?? 1
        return header.recordDuration / Double(most)
    }

    private mutating func take(
        _ bytes: ArraySlice<UInt8>, record: Int, keepsTime: Bool, isDiscontinuous: Bool,
        step: Double, byte: Int
    ) throws(IngestError) {
        let (lists, fault) = EDFAnnotation.lists(in: bytes)
        let place = SourceLocation(file: file, byte: byte, object: "record \(record + 1)")
        if let fault {
            let first = SourceLocation(
                file: file, byte: byte + fault - bytes.startIndex,
                object: "record \(record + 1)")
            damaged = ((damaged?.count ?? 0) + 1, damaged?.first ?? first)
        }
        if keepsTime {
            let timed = lists.first.flatMap { $0.keepsTime ? $0 : nil }
            if timed == nil { untimed = ((untimed?.count ?? 0) + 1, untimed?.first ?? place) }
            keepTime(
                timed, record: record, isDiscontinuous: isDiscontinuous, step: step, at: place)
        }
        for list in lists {
            for text in list.texts {
                events.take(start: list.onset, duration: list.duration, text: text)
            }
        }
        guard events.count <= Self.limit else {
            throw IngestError(
                .unsupported(feature: "a file with more than \(Self.limit) annotations"),
                at: place)
        }
    }

    /// Records follow each other unless the time says otherwise by more than it can be wrong: half
    /// the step between samples, and the last decimal it is written with where that cannot hold
    /// the length of records.
    private mutating func keepTime(
        _ list: EDFAnnotation?, record: Int, isDiscontinuous: Bool, step: Double,
        at place: SourceLocation
    ) {
        decimals = max(decimals, list?.decimals ?? 0)
        guard record > 0 else {
            lastOnset = list?.onset ?? 0
            segments = [
                EDFTimeLine.Segment(firstRecord: 0, endRecord: 1, onset: lastOnset)
            ]
            return
        }
        let expected = lastOnset + timeLine.recordDuration
        let onset = list?.onset ?? expected
        var unit = 1.0
        for _ in 0..<min(decimals, 12) { unit /= 10 }
        let length = timeLine.recordDuration / unit
        let isRounded = abs(length - length.rounded()) > 1e-6
        let isBreak = abs(onset - expected) > max(step / 2, isRounded ? 1.1 * unit : 0)
        lastOnset = onset
        if isBreak, isDiscontinuous {
            segments.append(
                EDFTimeLine.Segment(firstRecord: record, endRecord: record + 1, onset: onset))
        } else {
            if isBreak {
                strayed = (
                    (strayed?.count ?? 0) + 1, strayed?.first ?? place,
                    strayed?.seconds ?? (onset - expected)
                )
            }
            segments[segments.count - 1].endRecord = record + 1
        }
    }

    private mutating func finish(_ header: EDFHeader, extent: EDFExtent, step: Double) {
        timeLine = EDFTimeLine(segments: segments, recordDuration: header.recordDuration)
        events.removeFills(to: &timeLine, step: step)
        timeLine.gaps = events.removeGaps().map {
            EDFTimeLine.Gap(start: $0.start, end: $0.end)
        }
        if let damaged {
            warnings.append(
                IngestWarning(
                    .events, at: damaged.first, count: damaged.count,
                    message:
                        "\(damaged.count, of: "list") of annotations "
                        + "\(damaged.count == 1 ? "is" : "are") damaged: what is whole "
                        + "in them was read"))
        }
        if let untimed {
            warnings.append(
                IngestWarning(
                    .headerFault, at: untimed.first, count: untimed.count,
                    message:
                        "\(untimed.count, of: "record does", plural: "records do") not say "
                        + "when they began: they were taken to follow the ones before"))
        }
        if let strayed {
            warnings.append(
                IngestWarning(
                    .headerFault, at: strayed.first, count: strayed.count,
                    message: "the header says that records follow each other, but "
                        + "\(strayed.count) say that they began at another time, first "
                        + "\(strayed.seconds.brief) s off: the header counts"))
        }
    }

    private mutating func warn(_ byte: Int, _ field: String, _ message: String) {
        warnings.append(
            IngestWarning(
                .headerFault, at: SourceLocation(file: file, field: field, byte: byte),
                message: message))
    }

    static func == (left: Self, right: Self) -> Bool {
        left.timeLine == right.timeLine && left.events == right.events
            && left.warnings == right.warnings
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(timeLine)
        hasher.combine(events)
    }
}
