internal import PrintableText

/// The first block of a file.
struct C3DHeader: Sendable, Hashable {
    /// The size of a block; places are counted in blocks.
    static let blockBytes = 512
    /// The second byte of every file.
    static let mark: UInt8 = 0x50
    /// Files of more frames say so elsewhere.
    static let largestFrame = 65_535

    /// How numbers are stored.
    let processor: C3DProcessor
    /// The first byte of the parameters.
    let parameterStart: Int
    /// The points in a frame.
    let pointCount: Int
    /// The analog values in a frame, of all channels.
    let analogCount: Int
    /// The number of the first frame.
    let firstFrame: Int
    /// The number of the last frame.
    let lastFrame: Int
    /// What points are multiplied by; negative when the file has floating point.
    let pointScale: Float
    /// The first byte of the frames; 0 when the header does not say.
    let dataStart: Int
    /// The values of each channel in a frame.
    let samplesPerFrame: Int
    /// Frames a second.
    let frameRate: Double
    /// The events: seconds since the first frame of the file, and their names of four letters.
    let events: [LabelEvent]

    /// Reads the first block and finds out the processor.
    init(_ source: PositionedFile) throws(IngestError) {
        let raw = try BinaryHeader(
            source, at: 0, count: Self.blockBytes, order: .littleEndian, what: "a C3D header")
        guard raw.bytes[1] == Self.mark, raw.bytes[0] > 0 else {
            throw IngestError(
                .wrongFormat(
                    expected: "a C3D header, whose second byte is 80",
                    found: ContentKind(prefix: raw.bytes).description),
                at: SourceLocation(file: source.name, field: "key", byte: 0))
        }
        // A pointer of 1 is the header itself.
        parameterStart = max(1, Int(raw.bytes[0]) - 1) * Self.blockBytes
        let section = try BinaryHeader(
            source, at: parameterStart, count: 4, order: .littleEndian,
            what: "a parameter section")
        guard let processor = C3DProcessor(rawValue: section.bytes[3]) else {
            throw IngestError(
                .malformed(
                    expected: "a processor of 84 (Intel), 85 (DEC) or 86 (MIPS)",
                    found: "\(section.bytes[3])"),
                at: SourceLocation(
                    file: source.name, field: "processor", byte: parameterStart + 3),
                hint: "the file is damaged, or not C3D; export it anew")
        }
        self.processor = processor
        var header = raw
        header.order = processor.order
        pointCount = try header.natural(2, 2, "points")
        analogCount = try header.natural(4, 2, "analog values in a frame")
        firstFrame = try header.natural(6, 2, "first frame")
        lastFrame = try header.natural(8, 2, "last frame")
        pointScale = processor.float(header.bytes.span, at: 12)
        dataStart = max(0, try header.natural(16, 2, "data start") - 1) * Self.blockBytes
        samplesPerFrame = try header.natural(18, 2, "analog samples a frame")
        frameRate = Double(processor.float(header.bytes.span, at: 20))
        events = try Self.events(header, processor)
    }

    private static let eventsKey = 12_345
    private static let mostEvents = 18

    private static func events(
        _ header: BinaryHeader, _ processor: C3DProcessor
    ) throws(IngestError) -> [LabelEvent] {
        guard try header.natural(298, 2, "event key") == eventsKey else { return [] }
        let count = try header.integer(300, 2, "events")
        guard count > 0, count <= mostEvents else { return [] }
        var events: [LabelEvent] = []
        for index in 0..<count {
            let time = Double(processor.float(header.bytes.span, at: 304 + 4 * index))
            let name = try header.text(396 + 4 * index, 4, "event label")
            guard time.isFinite, !name.isEmpty else { continue }
            events.append(LabelEvent(start: time, duration: nil, name: name))
        }
        return events
    }
}
