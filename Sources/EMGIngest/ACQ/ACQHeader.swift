internal import PrintableText

/// The header of the graph: byte order, revision, number of channels, rate.
struct ACQHeader: Sendable, Hashable {
    /// The most channels: an amplifier has some sixteen, a program computes some more.
    static let mostChannels = 512
    /// The header of the oldest revision.
    static let leastBytes = 150

    let order: ByteOrder
    let revision: ACQRevision
    /// The bytes of this header.
    let byteCount: Int
    let channelCount: Int
    /// Milliseconds between ticks of the fastest channel.
    let sampleTime: Double
    /// What the horizontal axis is: 0 and 1 are time.
    let axisType: Int
    let isCompressed: Bool
    /// Headers without a known meaning behind this one.
    let paddingCount: Int

    /// What the first bytes say; `nil` when they are no header.
    static func guess(_ prefix: [UInt8]) -> (order: ByteOrder, revision: ACQRevision)? {
        guard prefix.count >= leastBytes else { return nil }
        let span = prefix.span
        for order in [ByteOrder.littleEndian, .bigEndian] {
            let number = Int(order.unsigned(span, at: 2, count: 4))
            guard ACQRevision.plausible.contains(number) else { continue }
            let bytes = Int(order.signed(span, at: 6, count: 4))
            let channels = Int(order.signed(span, at: 10, count: 2))
            let time = Double(bitPattern: order.unsigned(span, at: 16, count: 8))
            guard bytes >= leastBytes, bytes < 1 << 20, (1...mostChannels).contains(channels),
                time.isFinite, time >= 1e-4, time <= 1e7
            else { continue }
            return (order, ACQRevision(number: number))
        }
        return nil
    }

    init(_ source: PositionedFile) throws(IngestError) {
        let prefix = try source.bytes(at: 0, count: min(source.byteCount, 2_500))
        guard let (order, revision) = Self.guess(prefix) else {
            throw IngestError(
                .wrongFormat(
                    expected: "the header of an AcqKnowledge file with a revision, channels and a "
                        + "rate",
                    found: ContentKind(prefix: prefix).description),
                at: SourceLocation(file: source.name, byte: 0))
        }
        let header = BinaryHeader(prefix, start: 0, file: source.name, order: order)
        self.order = order
        self.revision = revision
        byteCount = try header.integer(6, 4, "header length")
        channelCount = try header.integer(10, 2, "channels")
        axisType = try header.integer(12, 2, "horizontal axis")
        sampleTime = try header.double(16, "sample time")
        if revision >= .v400 {
            isCompressed = try header.integer(972, 4, "compression") != 0
        } else if revision >= .v381 {
            isCompressed = try header.integer(1_936, 4, "compression") != 0
        } else {
            isCompressed = false
        }
        let paddings = revision >= .v430 ? try header.integer(2_398, 2, "padding headers") : 0
        guard (0...1_000).contains(paddings) else {
            throw IngestError(
                .malformed(expected: "at most 1000 padding headers", found: "\(paddings)"),
                at: header.place(2_398, "padding headers"))
        }
        paddingCount = paddings
    }
}
