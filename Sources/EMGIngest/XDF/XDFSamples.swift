internal import PrintableText

/// The samples of one stream, one after another, with their times by the clock of its device.
struct XDFSamples {
    private let info: XDFStreamInfo
    private let end: Int
    private var bytes: XDFBytes
    private var chunk: XDFChunk?
    /// The samples of the chunk that were not read yet.
    private var left = 0
    private var lastTime = 0.0

    /// How many samples are left in the whole stream.
    private(set) var remaining: Int

    /// Begins with the first sample.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - contents: What is in it.
    ///   - stream: The stream.
    init(_ source: PositionedFile, _ contents: XDFContents, _ stream: XDFContents.Stream) {
        info = stream.info
        end = contents.end
        remaining = stream.sampleCount
        bytes = XDFBytes(source, at: XDFChunk.magic.count)
    }

    /// The time of the next sample; its values must be read or passed over next.
    ///
    /// - Returns: Seconds by the clock of the device; `nil` behind the last sample.
    /// - Throws: ``IngestError`` where a chunk is damaged.
    @inline(__always)
    mutating func nextTime() throws(IngestError) -> Double? {
        guard remaining > 0 else { return nil }
        if left == 0 { try openChunk() }
        guard let chunk else { return nil }
        left -= 1
        remaining -= 1
        let place = try bytes.need(1, before: chunk.end, "a sample")
        let width = bytes.window[place]
        bytes.skip(1)
        if width == 8 {
            lastTime = try bytes.double(before: chunk.end, "the time of a sample")
        } else {
            guard width == 0 else {
                throw IngestError(
                    .malformed(
                        expected: "a sample with a time of 0 or 8 bytes", found: "\(width)"),
                    at: SourceLocation(
                        file: bytes.file, byte: bytes.position - 1, object: info.title),
                    hint: XDFChunk.hint)
            }
            lastTime += info.step
        }
        // Not a number is not below it either.
        guard abs(lastTime) < XDFClock.largestTime else {
            throw IngestError(
                .malformed(expected: "a time within 300 years", found: "\(lastTime)"),
                at: SourceLocation(
                    file: bytes.file, byte: bytes.position - Int(width), object: info.title),
                hint: XDFChunk.hint)
        }
        return lastTime
    }

    /// Passes over the values of a sample.
    mutating func skipValues() throws(IngestError) {
        guard let chunk else { return }
        if info.format == .string {
            for _ in 0..<info.channelCount {
                let count = try bytes.length(before: chunk.end, "the length of a text")
                _ = try bytes.need(0, before: chunk.end, "a text")
                guard count <= chunk.end - bytes.position else { throw cutText(count, chunk) }
                bytes.skip(count)
            }
        } else {
            guard info.sampleBytes <= chunk.end - bytes.position else {
                // Says where.
                _ = try bytes.need(info.sampleBytes, before: chunk.end, "a sample")
                return
            }
            bytes.skip(info.sampleBytes)
        }
        try closeChunk(chunk)
    }

    /// The texts of a sample, of at most so many bytes each.
    mutating func texts(limit: Int) throws(IngestError) -> [ArraySlice<UInt8>] {
        guard let chunk else { return [] }
        var texts: [ArraySlice<UInt8>] = []
        for _ in 0..<info.channelCount {
            let count = try bytes.length(before: chunk.end, "the length of a text")
            guard count <= chunk.end - bytes.position else { throw cutText(count, chunk) }
            texts.append(try bytes.bytes(min(count, limit), before: chunk.end, "a text"))
            bytes.skip(count - min(count, limit))
        }
        try closeChunk(chunk)
        return texts
    }

    private func cutText(_ count: Int, _ chunk: XDFChunk) -> IngestError {
        IngestError(
            .malformed(
                expected: "a text of \(count) bytes",
                found: "\(max(0, chunk.end - bytes.position)) bytes to the end of the chunk"),
            at: SourceLocation(file: bytes.file, byte: bytes.position, object: info.title),
            hint: XDFChunk.hint)
    }

    /// Appends the values of some channels of a sample.
    @inline(__always)
    mutating func values(of channels: [Int], to samples: inout [Float]) throws(IngestError) {
        guard let chunk else { return }
        let place = try bytes.need(info.sampleBytes, before: chunk.end, "a sample")
        let width = info.format.byteCount
        let window = bytes.window
        Self.append(
            window, at: place, of: channels, width: width, format: info.format, to: &samples)
        bytes.skip(info.sampleBytes)
        try closeChunk(chunk)
    }

    @inline(__always)
    private static func append(
        _ window: [UInt8], at place: Int, of channels: [Int], width: Int,
        format: XDFStreamInfo.Format, to samples: inout [Float]
    ) {
        let span = window.span
        for channel in channels {
            let word = ByteOrder.littleEndian.unsigned(
                span, at: place + channel * width, count: width)
            switch format {
            case .float32: samples.append(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
            case .double64: samples.append(Float(Double(bitPattern: word)))
            case .int8: samples.append(Float(Int8(truncatingIfNeeded: word)))
            case .int16: samples.append(Float(Int16(truncatingIfNeeded: word)))
            case .int32: samples.append(Float(Int32(truncatingIfNeeded: word)))
            case .int64: samples.append(Float(Int64(bitPattern: word)))
            case .string: break
            }
        }
    }

    /// A chunk ends with its last sample.
    @inline(__always)
    private mutating func closeChunk(_ chunk: XDFChunk) throws(IngestError) {
        guard left == 0, bytes.position != chunk.end, remaining > 0 else { return }
        throw IngestError(
            .malformed(
                expected: "a chunk that ends with its last sample",
                found: "\(chunk.end - bytes.position, of: "byte") behind it"),
            at: SourceLocation(file: bytes.file, byte: bytes.position, object: info.title),
            hint: XDFChunk.hint)
    }

    private mutating func openChunk() throws(IngestError) {
        if let chunk { bytes.seek(chunk.end) }
        while bytes.position < end, let next = try XDFChunk.next(&bytes) {
            if next.tag == .samples, next.stream == info.id {
                left = try bytes.length(before: next.end, "a number of samples")
                if left > 0 {
                    chunk = next
                    return
                }
            }
            bytes.seek(next.end)
        }
        throw IngestError(
            .unreadable(reason: "the file changed while it was read"),
            at: SourceLocation(file: bytes.file, object: info.title))
    }
}
