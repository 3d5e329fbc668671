internal import PrintableText

/// The markers of a file: what a person or a program noted during the recording.
struct ACQMarkers: Sendable, Hashable {
    /// A marker.
    struct Marker: Sendable, Hashable {
        /// The tick that it stands at.
        let tick: Int
        let text: String
        /// The number of the channel that it belongs to; `nil` for all.
        let channel: Int?
        /// Whether the recording was stopped and went on here.
        let isAppended: Bool
    }

    private static let most = 200_000
    private static let longestText = 1 << 15

    /// The markers in the order of the file.
    private(set) var markers: [Marker] = []
    /// Where they end.
    private(set) var end: Int
    /// The tick of the first sample as the file counts markers; ticks above count from it.
    private(set) var origin = 0

    /// Reads the markers.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - start: Where they begin.
    ///   - header: The header of the graph.
    /// - Throws: ``IngestError`` when they do not end within the file.
    init(_ source: PositionedFile, at start: Int, header: ACQHeader) throws(IngestError) {
        let isNew = header.revision >= .v400
        var headerBytes = isNew ? 25 : 8
        if header.revision >= .v42x { headerBytes += 8 }
        if header.revision >= .v440 { headerBytes += 8 }
        let head = try BinaryHeader(
            source, at: start, count: headerBytes, order: header.order,
            what: "the header of markers")
        let count = try head.integer(4, 4, "number of markers") - (isNew ? 1 : 0)
        let itemBytes = Self.itemBytes(header.revision)
        guard count >= -1, count <= Self.most,
            count <= (source.byteCount - start - headerBytes) / itemBytes
        else {
            throw IngestError(
                .malformed(
                    expected: "at most \(Self.most) markers that go into the file",
                    found: "\(count)"),
                at: head.place(4, "number of markers"))
        }
        var position = start + headerBytes
        for _ in 0..<max(0, count) {
            let item = try BinaryHeader(
                source, at: position, count: itemBytes, order: header.order, what: "a marker")
            let tick = try item.integer(0, 4, "sample of a marker")
            var length = try item.integer(itemBytes - 2, 2, "length of a marker's text")
            if !isNew, header.revision >= .v350 { length += 1 }
            guard (0...Self.longestText).contains(length) else {
                throw IngestError(
                    .malformed(expected: "a text of up to 32768 bytes", found: "\(length)"),
                    at: item.place(itemBytes - 2, "length of a marker's text"))
            }
            let text = try BinaryHeader(
                source, at: position + itemBytes, count: length, order: header.order,
                what: "the text of a marker")
            let channel = isNew ? try item.integer(8, 2, "channel of a marker") : -1
            let style = isNew ? try item.text(10, 4, "style of a marker") : ""
            let words = try text.text(0, length, "text of a marker")
            markers.append(
                Marker(
                    tick: tick, text: words, channel: channel == -1 ? nil : channel,
                    isAppended: style.lowercased() == "apnd" || Self.isSegment(words)))
            position += itemBytes + length
        }
        end = position
        // Files that were cut out of others, or saved anew, may count from before their first sample,
        // where the marker of the first segment stands.
        let first = markers.map(\.tick).min() ?? 0
        guard first < 0, markers.contains(where: { $0.tick == first && $0.isAppended }) else {
            return
        }
        origin = first
        markers = markers.map { marker in
            Marker(
                tick: marker.tick - first, text: marker.text, channel: marker.channel,
                isAppended: marker.isAppended)
        }
    }

    /// What is to be said about where they begin to count.
    func warnings(in file: String) -> [IngestWarning] {
        guard origin < 0 else { return [] }
        return [
            IngestWarning(
                .events, at: SourceLocation(file: file, object: "markers"),
                message: "markers count from \(-origin) ticks before the first sample, where that "
                    + "of the first segment stands: they were moved by so many")
        ]
    }

    /// The text that the program itself gives to the beginning of a segment; not every revision
    /// says more of it.
    private static func isSegment(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return words.count == 2 && words[0] == "Segment" && Int(words[1]) != nil
    }

    private static func itemBytes(_ revision: ACQRevision) -> Int {
        guard revision >= .v400 else { return revision >= .v350 ? 12 : 10 }
        return 16 + (revision >= .v440 ? 8 : 0) + (revision >= .v42x ? 8 : 0)
    }
}
