internal import Foundation
internal import PrintableText

/// What is in a file, found by going from chunk to chunk: the headers of streams, how many samples
/// each has, and the offsets of their clocks.
struct XDFContents: Sendable, Hashable {
    /// A stream.
    struct Stream: Sendable, Hashable {
        let info: XDFStreamInfo
        /// The samples that are whole, without those that a corrupt ending added.
        var sampleCount = 0
        /// What the footer counts; `nil` when the recording was interrupted.
        var footerCount: Int?
        var hasFooter = false
        var clockTimes: [Double] = []
        var clockValues: [Double] = []
    }

    /// The most streams and offsets: a day of one offset in five seconds has 17 280.
    private static let mostStreams = 1_000
    private static let mostOffsets = 500_000

    let file: String
    /// The streams in the order of the file.
    private(set) var streams: [Stream] = []
    /// When the recording began, as the file has it.
    private(set) var start: String?
    /// One past the last whole chunk.
    let end: Int
    private(set) var warnings: [IngestWarning] = []

    init(_ source: PositionedFile) throws(IngestError) {
        file = source.name
        var bytes = XDFBytes(source, at: 0)
        let magic =
            source.byteCount >= 4 ? Array(try bytes.bytes(4, before: 4, "the magic")) : []
        guard magic == XDFChunk.magic else {
            throw IngestError(
                .wrongFormat(
                    expected: "an XDF file, which begins with \"XDF:\"",
                    found: ContentKind(
                        prefix: try source.bytes(at: 0, count: min(source.byteCount, 512))
                    )
                    .description),
                at: SourceLocation(file: source.name, byte: 0))
        }
        var places: [UInt32: Int] = [:]
        var last = bytes.position
        while let chunk = try XDFChunk.next(&bytes) {
            switch chunk.tag {
            case .fileHeader:
                let document = try Self.document(chunk, &bytes)
                start = document.child("datetime")?.trimmedText
            case .streamHeader:
                guard places[chunk.stream] == nil, streams.count < Self.mostStreams else {
                    throw Self.fault(
                        chunk, file, "a header for each stream, at most \(Self.mostStreams)",
                        "another one of stream \(chunk.stream)")
                }
                let place = SourceLocation(
                    file: file, byte: chunk.start, object: "stream \(chunk.stream)")
                places[chunk.stream] = streams.count
                streams.append(
                    Stream(
                        info: try XDFStreamInfo(
                            try Self.document(chunk, &bytes), id: chunk.stream, at: place)))
            case .samples, .clockOffset, .streamFooter:
                guard let place = places[chunk.stream] else {
                    throw Self.fault(
                        chunk, file, "a stream that has a header", "number \(chunk.stream)")
                }
                try Self.take(chunk, &bytes, into: &streams[place])
            case .boundary, nil: break
            }
            bytes.seek(chunk.end)
            last = chunk.end
        }
        end = last
        try checkEnd(source)
        for index in streams.indices { dropCorruptEnding(index) }
        guard !streams.isEmpty else {
            throw IngestError(
                .noSamples(found: "an XDF file without a stream"),
                at: SourceLocation(file: file))
        }
    }

    private static func fault(
        _ chunk: XDFChunk, _ file: String, _ expected: String, _ found: String
    ) -> IngestError {
        IngestError(
            .malformed(expected: expected, found: found),
            at: SourceLocation(file: file, byte: chunk.start), hint: XDFChunk.hint)
    }

    private static func document(
        _ chunk: XDFChunk, _ bytes: inout XDFBytes
    ) throws(IngestError) -> MarkupNode {
        let count = chunk.end - chunk.content
        let place = SourceLocation(file: bytes.file, byte: chunk.start)
        guard count <= MarkupDocument.largestBytes else {
            throw IngestError(
                .unsupported(feature: "a header of \(count, of: "byte")"), at: place)
        }
        let text = try bytes.bytes(count, before: chunk.end, "a header")
        return try MarkupDocument.read(Array(text), at: place)
    }

    private static func take(
        _ chunk: XDFChunk, _ bytes: inout XDFBytes, into stream: inout Stream
    ) throws(IngestError) {
        switch chunk.tag {
        case .samples:
            let count = try bytes.length(before: chunk.end, "a number of samples")
            // Each has at least the byte that says whether there is a time.
            let least =
                1
                + (stream.info.format == .string
                    ? stream.info.channelCount : stream.info.sampleBytes)
            guard count <= (chunk.end - bytes.position) / least else {
                throw fault(
                    chunk, bytes.file,
                    "samples that go into \(chunk.end - bytes.position, of: "byte")",
                    "\(count, of: "sample") of \(least) bytes and more")
            }
            stream.sampleCount += count
        case .clockOffset:
            let time = try bytes.double(before: chunk.end, "the time of a clock offset")
            let value = try bytes.double(before: chunk.end, "a clock offset")
            let largest = XDFClock.largestTime
            guard abs(time) < largest, abs(value) < largest,
                stream.clockTimes.count < mostOffsets
            else {
                throw fault(
                    chunk, bytes.file,
                    "a clock offset within 300 years, at most \(mostOffsets) of them",
                    "\(value) at \(time)")
            }
            stream.clockTimes.append(time)
            stream.clockValues.append(value)
        case .streamFooter:
            stream.hasFooter = true
            // A damaged footer loses nothing that is needed.
            let footer = try? document(chunk, &bytes)
            stream.footerCount = footer?.child("sample_count").flatMap { Int($0.trimmedText) }
        case .fileHeader, .streamHeader, .boundary, nil: break
        }
    }

    /// What is behind the last whole chunk is the beginning of one, when the recording was
    /// interrupted or its copy was cut; with whole chunks behind it, it is damage.
    private mutating func checkEnd(_ source: PositionedFile) throws(IngestError) {
        let left = source.byteCount - end
        if left > 0 {
            if let boundary = try Self.boundary(in: source, from: end) {
                throw IngestError(
                    .malformed(
                        expected: "a chunk that ends before the next boundary",
                        found: "one that goes beyond the end of the file"),
                    at: SourceLocation(file: file, byte: end),
                    hint: "\(XDFChunk.hint) (at byte \(boundary))")
            }
            warnings.append(
                IngestWarning(
                    .truncated, at: SourceLocation(file: file, byte: end),
                    message: "the file ends within a chunk, of which \(left, of: "byte") "
                        + "were not read: the recording was interrupted or the copy cut"))
        } else if streams.contains(where: { !$0.hasFooter }) {
            let open = streams.filter { !$0.hasFooter }
            warnings.append(
                IngestWarning(
                    .truncated, at: SourceLocation(file: file, byte: end), count: open.count,
                    message: "\(open.count, of: "stream has", plural: "streams have") no footer, "
                        + "first \(open[0].info.title): the recording was interrupted"))
        }
    }

    private static let boundaryMark: [UInt8] = [
        0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73, 0x83, 0xCB,
        0xE4,
    ]

    /// Where the next mark of a boundary is.
    private static func boundary(
        in source: PositionedFile, from start: Int
    ) throws(IngestError) -> Int? {
        var position = start
        while source.byteCount - position >= boundaryMark.count {
            let piece = try source.bytes(
                at: position, count: min(1 << 20, source.byteCount - position))
            for place in 0...piece.count - boundaryMark.count
            where piece[place] == boundaryMark[0]
                && piece[place...].starts(with: boundaryMark)
            {
                return position + place
            }
            position += piece.count - boundaryMark.count + 1
        }
        return nil
    }

    /// A sender that was shut down while it was recorded leaves samples behind the ones that the
    /// footer counts, and an offset that belongs to nothing. Either alone is no sign of it.
    private mutating func dropCorruptEnding(_ index: Int) {
        let stream = streams[index]
        guard let counted = stream.footerCount, counted >= 0, stream.sampleCount > counted,
            XDFClock.isLastCorrupt(times: stream.clockTimes, values: stream.clockValues)
        else { return }
        streams[index].clockTimes.removeLast()
        streams[index].clockValues.removeLast()
        streams[index].sampleCount = counted
        warnings.append(
            IngestWarning(
                .headerFault, at: SourceLocation(file: file, object: stream.info.title),
                count: stream.sampleCount - counted,
                message: "the last clock offset does not go with the others and there are "
                    + "\(stream.sampleCount - counted) samples more than the footer counts: "
                    + "both were left out"))
    }
}
