internal import PrintableText

/// What is known of a file before its samples are read.
struct ACQContents: Sendable, Hashable {
    let file: String
    let header: ACQHeader
    /// The channels in the order of the samples.
    let channels: [ACQChannel]
    /// The first byte of samples that are not compressed.
    let dataStart: Int
    /// Where samples are when they are compressed.
    let compression: ACQCompression?
    let markers: [ACQMarkers.Marker]
    /// The ticks that are there: fewer than were recorded when the file was cut.
    let tickCount: Int
    private(set) var warnings: [IngestWarning] = []

    /// Ticks a second.
    var hertz: Double { 1_000 / header.sampleTime }

    init(_ source: PositionedFile) throws(IngestError) {
        file = source.name
        header = try ACQHeader(source)
        var position = header.byteCount
        for _ in 0..<header.paddingCount {
            position = try Self.next(source, position, header, width: 4, "a padding header")
        }
        let firstChannel = position
        for _ in 0..<header.channelCount {
            position = try Self.next(source, position, header, width: 4, "the header of a channel")
        }
        let starts = try Self.starts(source, firstChannel, header)
        position = try Self.next(
            source, position, header, width: header.revision >= .v400 ? 4 : 2,
            "what belongs to other programs")
        let (storage, end) = try Self.storage(source, from: position, header)
        dataStart = end
        var channels: [ACQChannel] = []
        for (start, storage) in zip(starts, storage) {
            channels.append(
                try ACQChannel(source, at: start, header: header, storage: storage))
        }
        self.channels = channels
        guard channels.contains(where: { $0.count > 0 }) else {
            throw IngestError(
                .noSamples(found: "\(channels.count, of: "channel") without samples"),
                at: SourceLocation(file: source.name))
        }
        let ticks = channels.reduce(0) { max($0, $1.count * $1.divider) }
        if header.isCompressed {
            let found = try ACQMarkers(source, at: end, header: header)
            markers = found.markers
            warnings += found.warnings(in: file)
            compression = try ACQCompression(
                source, behind: found, header: header, channels: channels)
            tickCount = ticks
            return
        }
        compression = nil
        let bytes = Self.bytes(of: channels, ticks: ticks)
        if bytes <= source.byteCount - end {
            tickCount = ticks
            var found: [ACQMarkers.Marker] = []
            do throws(IngestError) {
                let read = try ACQMarkers(source, at: end + bytes, header: header)
                found = read.markers
                warnings += read.warnings(in: file)
            } catch {
                // Samples are whole; of what stands behind them only labels are lost.
                warnings.append(
                    IngestWarning(
                        .events, at: error.location,
                        message: "the markers cannot be read: \(error.fault)"))
            }
            markers = found
            return
        }
        let whole = Self.ticks(in: source.byteCount - end, channels: channels, most: ticks)
        guard whole > 0, whole >= ticks - whole else {
            throw IngestError(
                .inconsistent(
                    expected: "\(bytes, of: "byte") of samples",
                    found: "\(max(0, source.byteCount - end))"),
                at: SourceLocation(file: source.name, byte: end),
                hint: "most of the file is missing; copy it again")
        }
        tickCount = whole
        markers = []
        warnings.append(
            IngestWarning(
                .truncated, at: SourceLocation(file: source.name, byte: source.byteCount),
                message: "the file was cut: \(whole) of \(ticks) ticks were read, and no markers"))
    }

    /// Samples of a channel that are there.
    func count(of channel: ACQChannel) -> Int {
        min(channel.count, (tickCount + channel.divider - 1) / channel.divider)
    }

    /// The place behind a header that begins with its length.
    private static func next(
        _ source: PositionedFile, _ position: Int, _ header: ACQHeader, width: Int, _ what: String
    ) throws(IngestError) -> Int {
        let fields = try BinaryHeader(
            source, at: position, count: width, order: header.order, what: what)
        let length = try fields.integer(0, width, "length")
        guard length >= width, length <= source.byteCount - position else {
            throw IngestError(
                .malformed(
                    expected: "\(what) of at most \(source.byteCount - position) bytes",
                    found: "\(length)"),
                at: fields.place(0, "length"),
                hint: "the file was cut or is damaged; copy it again")
        }
        return position + length
    }

    private static func starts(
        _ source: PositionedFile, _ first: Int, _ header: ACQHeader
    ) throws(IngestError) -> [Int] {
        var starts: [Int] = []
        var position = first
        for _ in 0..<header.channelCount {
            starts.append(position)
            position = try next(source, position, header, width: 4, "the header of a channel")
        }
        return starts
    }

    /// How far behind its place the list of storage types may be; nothing in the file says so.
    private static let searchedBytes = 4_096

    /// How the channels are stored: pairs of a size and a type, found where all of them make sense.
    private static func storage(
        _ source: PositionedFile, from start: Int, _ header: ACQHeader
    ) throws(IngestError) -> (storage: [ACQChannel.Storage], end: Int) {
        let width = 4 * header.channelCount
        let count = min(searchedBytes + width, source.byteCount - start)
        guard count >= width else {
            throw IngestError(
                .malformed(
                    expected: "the types of \(header.channelCount, of: "channel")",
                    found: "the end of the file"),
                at: SourceLocation(file: source.name, byte: start),
                hint: "the file was cut; copy it again")
        }
        let bytes = try source.bytes(at: start, count: count)
        let span = bytes.span
        for offset in 0...count - width {
            var storage: [ACQChannel.Storage] = []
            while storage.count < header.channelCount {
                let place = offset + 4 * storage.count
                let size = header.order.signed(span, at: place, count: 2)
                let type = header.order.signed(span, at: place + 2, count: 2)
                if size == 8, type == 0 || type == 1 {
                    storage.append(.real)
                } else if size == 2, type == 2 {
                    storage.append(.integer)
                } else {
                    break
                }
            }
            if storage.count == header.channelCount { return (storage, start + offset + width) }
        }
        throw IngestError(
            .malformed(
                expected: "the types of \(header.channelCount, of: "channel")",
                found: "none in \(count, of: "byte")"),
            at: SourceLocation(file: source.name, byte: start),
            hint: "a revision (\(header.revision.number)) that is not known; save the file as an "
                + "older version, or as text")
    }

    /// The bytes of the samples of the first ticks.
    private static func bytes(of channels: [ACQChannel], ticks: Int) -> Int {
        channels.reduce(0) { sum, channel in
            sum + channel.storage.byteCount
                * min(channel.count, (ticks + channel.divider - 1) / channel.divider)
        }
    }

    /// The most ticks whose samples go into some bytes.
    private static func ticks(in bytes: Int, channels: [ACQChannel], most: Int) -> Int {
        var (low, high) = (0, most)
        while low < high {
            let middle = (low + high + 1) / 2
            if Self.bytes(of: channels, ticks: middle) <= bytes {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return low
    }
}
