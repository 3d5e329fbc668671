internal import EMGSignal
internal import Foundation
import PrintableText

/// A record with everything that belongs to it: one header, or one for each segment, and what
/// the sizes of the signal files say.
struct WFDBRecord: Sendable, Hashable {
    /// A segment; a record without segments is one.
    struct Segment: Sendable, Hashable {
        /// Its header.
        let header: WFDBHeader
        /// Its signal files.
        let groups: [WFDBGroup]
        /// Its first frame, counted over the whole record.
        let firstFrame: Int
        /// The frames that are read.
        let frameCount: Int
        /// Whether these are all that its header promises, so that checksums hold.
        let isWhole: Bool
        /// For each signal of the record that of the segment; `nil` where there is none.
        let numbers: [Int?]

        /// One past its last frame.
        var endFrame: Int { firstFrame + frameCount }
    }

    /// The header of the record itself.
    let header: WFDBHeader
    /// The signals of the record, as the first segment with signals describes them.
    let signals: [WFDBSignal]
    /// The segments with frames, in order.
    let segments: [Segment]
    /// The files, the header first.
    let files: [URL]
    /// What is odd about it.
    let warnings: [IngestWarning]

    /// Frames a second.
    let frameRate: Double
    /// Whether no header tells them.
    let isRateAssumed: Bool

    /// Opens the headers of a record and looks at the sizes of its signal files.
    static func read(_ url: URL) throws(IngestError) -> WFDBRecord {
        let header = try WFDBHeader.read(url)
        var assembly = WFDBAssembly(header, url: url)
        try assembly.take()
        let stated = header.frameRate ?? assembly.segments.first?.header.frameRate
        return WFDBRecord(
            header: header, signals: assembly.signals, segments: assembly.segments,
            files: assembly.files, warnings: header.warnings + assembly.warnings,
            frameRate: stated ?? WFDBHeader.usualFrameRate, isRateAssumed: stated == nil)
    }
}

/// Puts a record together, segment by segment.
private struct WFDBAssembly {
    let header: WFDBHeader
    let url: URL
    let folder: WFDBFolder
    var signals: [WFDBSignal] = []
    var segments: [WFDBRecord.Segment] = []
    var files: [URL]
    var warnings: [IngestWarning] = []
    /// Whether segments name their signals, so that each may have other ones.
    private var isVariable = false
    private var headers: [String: WFDBHeader] = [:]
    private var sizes: [URL: Int] = [:]

    init(_ header: WFDBHeader, url: URL) {
        self.header = header
        self.url = url
        folder = WFDBFolder(of: url)
        files = [url]
    }

    mutating func take() throws(IngestError) {
        if header.segments.isEmpty {
            guard !header.signals.isEmpty else {
                throw IngestError(
                    .noSamples(found: "a header without signals"),
                    at: SourceLocation(file: header.file, line: 1, object: "record line"),
                    hint: "such a record has annotations only")
            }
            signals = header.signals
            try add(header, firstFrame: 0, declared: header.frameCount)
        } else {
            try takeSegments()
        }
        guard segments.contains(where: { $0.frameCount > 0 }) else {
            throw IngestError(
                .noSamples(found: "a header and no whole frame"),
                at: SourceLocation(file: header.file),
                hint: "the recording may have been stopped before its first sample")
        }
    }

    private mutating func takeSegments() throws(IngestError) {
        // A segment without samples in front describes the signals of all the others.
        isVariable = header.segments.first.map { $0.frameCount == 0 && !$0.isNull } ?? false
        var frame = 0
        for (number, segment) in header.segments.enumerated() {
            defer { frame += segment.frameCount }
            let title = "segment \(number + 1)"
            guard frame <= WFDBHeader.largestFrameCount - segment.frameCount else {
                throw IngestError(
                    .inconsistent(
                        expected: "a plausible number of samples",
                        found: "\(frame) and \(segment.frameCount) more"),
                    at: SourceLocation(file: header.file, line: segment.line, object: title))
            }
            if segment.isNull { continue }
            let own = try self.header(of: segment, title: title)
            guard own.segments.isEmpty else {
                throw IngestError(
                    .unsupported(feature: "a segment that has segments itself"),
                    at: SourceLocation(file: header.file, line: segment.line, object: title))
            }
            if let rate = own.frameRate, let stated = header.frameRate, rate != stated {
                throw IngestError(
                    .inconsistent(
                        expected: "\(stated.brief) frames a second, as the record has",
                        found: rate.brief),
                    at: SourceLocation(
                        file: own.file, line: 1, field: "sampling frequency",
                        object: "record line"))
            }
            if signals.isEmpty { signals = own.signals }
            if isVariable, number == 0 { continue }
            try add(own, firstFrame: frame, declared: segment.frameCount)
        }
        if let declared = header.frameCount, declared != frame {
            warnings.append(
                IngestWarning(
                    .headerFault,
                    at: SourceLocation(
                        file: header.file, line: 1, field: "number of samples",
                        object: "record line"),
                    message: "the record line says \(declared, of: "sample"), its segments have "
                        + "\(frame)"))
        }
    }

    private mutating func header(
        of segment: WFDBHeader.Segment, title: String
    ) throws(IngestError) -> WFDBHeader {
        if let known = headers[segment.name] { return known }
        let file = try folder.file("\(segment.name).hea", line: segment.line, title: title)
        let own = try WFDBHeader.read(file)
        headers[segment.name] = own
        files.append(file)
        return own
    }

    private mutating func add(
        _ own: WFDBHeader, firstFrame: Int, declared: Int?
    ) throws(IngestError) {
        let groups = try WFDBGroup.groups(of: own, in: folder)
        let numbers = try numbers(of: own)
        var frames = declared ?? .max
        var isCutBySkew = false
        var isExact = true
        for group in groups {
            let size = try size(of: group.url)
            let there = group.frameCount(inBytes: size)
            if let declared, there > declared {
                isExact = false
            } else if declared == nil,
                group.byteOffset + group.format.byteCount(ofSamples: there * group.frameSamples)
                    < size
            {
                isExact = false
            }
            for number in group.signals {
                let skewed = max(0, there - own.signals[number].skew)
                if skewed < frames {
                    frames = skewed
                    isCutBySkew = there >= declared ?? there
                }
            }
        }
        if let declared, frames < declared {
            // What was cut off is still worth reading; a header that promises far more than there
            // is contradicts its files.
            guard frames > 0, frames >= declared - frames else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(declared, of: "sample") a signal", found: "\(frames)"),
                    at: SourceLocation(
                        file: own.file, line: 1, field: "number of samples", object: "record line"),
                    hint: "the header is wrong or most of a signal file is missing; copy it again")
            }
            warnings.append(
                IngestWarning(
                    isCutBySkew ? .lengthMismatch : .truncated,
                    at: SourceLocation(file: own.file),
                    message: "the header says \(declared, of: "sample") a signal, of all signals "
                        + "there are \(frames): these were read"))
        } else if !isExact {
            warnings.append(
                IngestWarning(
                    .truncated, at: SourceLocation(file: own.file),
                    message: "the signal files go on behind the \(frames, of: "sample") that were "
                        + "read"))
        }
        let isWhole = own.frameCount.map { $0 == frames } ?? true
        guard frames > 0 else { return }
        segments.append(
            WFDBRecord.Segment(
                header: own, groups: groups, firstFrame: firstFrame, frameCount: frames,
                isWhole: isWhole, numbers: numbers))
    }

    private mutating func size(of file: URL) throws(IngestError) -> Int {
        if let known = sizes[file] { return known }
        let size = try SourceFileReader(file).byteCount
        sizes[file] = size
        files.append(file)
        return size
    }

    /// Which signal of a segment each signal of the record is: in records whose segments all have
    /// the same signals by place, in the others by description.
    private mutating func numbers(of own: WFDBHeader) throws(IngestError) -> [Int?] {
        var numbers: [Int?]
        if isVariable {
            var left: [String: [Int]] = [:]
            for (number, signal) in own.signals.enumerated().reversed() {
                left[signal.description, default: []].append(number)
            }
            numbers = signals.map { left[$0.description]?.popLast() }
            if let unknown = left.values.compactMap(\.last).min() {
                warnings.append(
                    IngestWarning(
                        .partLeftOut, at: SourceLocation(file: own.file),
                        message: "left out \(own.signals[unknown].title(unknown)): the first "
                            + "segment does not list it"))
            }
        } else {
            guard own.signals.count == signals.count else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(signals.count, of: "signal"), as in the first segment",
                        found: "\(own.signals.count)"),
                    at: SourceLocation(file: own.file, line: 1, object: "record line"))
            }
            numbers = Array(signals.indices)
        }
        for (signal, number) in zip(signals, numbers) {
            guard let number else { continue }
            let other = own.signals[number]
            guard other.samplesPerFrame == signal.samplesPerFrame, other.unit == signal.unit else {
                throw IngestError(
                    .inconsistent(
                        expected:
                            "\(signal.samplesPerFrame, of: "sample") a frame in \(signal.unit), "
                            + "as in the first segment",
                        found: "\(other.samplesPerFrame) in \(other.unit)"),
                    at: SourceLocation(
                        file: own.file, line: other.line, object: other.title(number)))
            }
        }
        return numbers
    }
}
