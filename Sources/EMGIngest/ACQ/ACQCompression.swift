internal import PrintableText

/// Where the samples of a compressed file are: behind markers and journal, a zlib stream for each
/// channel.
struct ACQCompression: Sendable, Hashable {
    /// The zlib stream of each channel.
    let streams: [Range<Int>]

    /// Finds the streams.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - markers: The markers, behind which the journal stands.
    ///   - header: The header of the graph.
    ///   - channels: The channels.
    /// - Throws: ``IngestError`` when one does not end within the file, or is too short.
    init(
        _ source: PositionedFile, behind markers: ACQMarkers, header: ACQHeader,
        channels: [ACQChannel]
    ) throws(IngestError) {
        var position = try Self.behindJournal(source, markers, header)
        let isNew = header.revision >= .v400
        let mainBytes = isNew ? (header.revision >= .v420 ? 58 : 52) : 38
        let main = try BinaryHeader(
            source, at: position, count: mainBytes, order: header.order,
            what: "the header of compressed data")
        let texts =
            isNew
            ? [
                try main.integer(24, 4, "length of a text"),
                try main.integer(28, 4, "length of a text"),
            ] : [try main.integer(34, 4, "length of a text")]
        position = try Self.step(mainBytes, texts, from: position, in: source)
        var streams: [Range<Int>] = []
        for channel in channels {
            let fields = try BinaryHeader(
                source, at: position, count: 60, order: header.order,
                what: "the header of a compressed channel")
            let labels = [
                try fields.integer(44, 4, "length of a label"),
                try fields.integer(48, 4, "length of a unit"),
            ]
            let unpacked = try fields.integer(52, 4, "bytes of a channel")
            let packed = try fields.integer(56, 4, "compressed bytes of a channel")
            let needed = channel.count * channel.storage.byteCount
            guard unpacked >= needed else {
                throw IngestError(
                    .inconsistent(
                        expected: "\(channel.count, of: "sample"), \(needed, of: "byte")",
                        found: "\(unpacked, of: "byte")"),
                    at: fields.place(52, "bytes of a channel", object: channel.name),
                    hint: "the file is damaged; save it again, not compressed")
            }
            let start = try Self.step(60, labels, from: position, in: source)
            position = try Self.step(0, [packed], from: start, in: source)
            streams.append(start..<position)
        }
        self.streams = streams
    }

    private static func step(
        _ fixed: Int, _ lengths: [Int], from position: Int, in source: PositionedFile
    ) throws(IngestError) -> Int {
        var end = position + fixed
        for length in lengths {
            guard length >= 0, length <= source.byteCount - end else {
                throw IngestError(
                    .malformed(
                        expected: "a length within the \(source.byteCount - end, of: "byte") left",
                        found: "\(length)"),
                    at: SourceLocation(file: source.name, byte: position),
                    hint: "the file was cut; copy it again from where it was recorded")
            }
            end += length
        }
        return end
    }

    /// The journal is a text of which only the length matters.
    private static func behindJournal(
        _ source: PositionedFile, _ markers: ACQMarkers, _ header: ACQHeader
    ) throws(IngestError) -> Int {
        var position = markers.end
        guard header.revision < .v400 else {
            let length = try BinaryHeader(
                source, at: position, count: 4, order: header.order, what: "a journal")
            return try step(
                0, [length.integer(0, 4, "length of the journal")], from: position, in: source)
        }
        let tag: [UInt8] = [0x44, 0x33, 0x22, 0x11]
        let first = try BinaryHeader(
            source, at: position, count: 4, order: header.order, what: "a journal")
        if first.bytes != tag {
            // What the markers look like.
            position = try step(
                84, [28 * markers.markers.count], from: position, in: source)
        }
        let journal = try BinaryHeader(
            source, at: position, count: 10, order: header.order, what: "a journal")
        guard Array(journal.bytes[..<4]) == tag else {
            throw IngestError(
                .malformed(
                    expected: "the mark of a journal, 44332211",
                    found: "other bytes"),
                at: journal.place(0, "journal"), hint: "save the file again, not compressed")
        }
        return try step(
            10, [journal.integer(6, 4, "length of the journal")], from: position, in: source)
    }
}
