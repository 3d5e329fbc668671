import Documents
import EMGSignal

/// An interval of the recording's quality as it stands in a task of a manifest.
struct IntervalDocument: Described {
    private var kind = QualityInterval.Kind.gap
    private var range = SampleRange(start: 0, end: 0)
    private var channel: Int?
    private var sampleCount = 0
    private var channelCount = 1

    init() {}

    init(_ interval: QualityInterval) {
        (kind, range, channel) = (interval.kind, interval.range, interval.channel)
    }

    /// An interval that is still to be read.
    init(sampleCount: Int, channelCount: Int) {
        self.sampleCount = sampleCount
        self.channelCount = channelCount
    }

    /// The interval that was read.
    var interval: QualityInterval { QualityInterval(range: range, channel: channel, kind: kind) }

    static let fields: Fields<Self> = [
        Field(
            "kind", schema: { _ in .choice(.qualityKinds) }, "The kind of problem.",
            isRequired: true,
            read: { cursor, interval throws(DocumentError) in
                interval.kind = try QualityInterval.Kind(named: cursor.string(), at: cursor)
            },
            write: { .string($0.kind.name) }),
        Field(
            "range", schema: { _ in .sampleRange }, "`[start, end)` in samples.",
            isRequired: true,
            read: { cursor, interval throws(DocumentError) in
                interval.range = try SampleRange(
                    cursor, sampleCount: interval.sampleCount, mayBeEmpty: true)
            },
            write: \.range.document),
        Field(
            "channel", schema: { _ in .integer(minimum: 0, maximum: nil) },
            "The channel from 0; left out for all of them.",
            read: { cursor, interval throws(DocumentError) in
                interval.channel = try cursor.integer(in: 0...interval.channelCount - 1)
            },
            write: { $0.channel.map { .integer($0) } }),
    ]
}

extension QualityInterval.Kind {
    /// The kind of a name in a document.
    init(named name: String, at cursor: DocumentCursor) throws(DocumentError) {
        guard let kind = Self.named(name) else {
            throw cursor.error(
                expected: "one of " + [String].qualityKinds.joined(separator: ", "))
        }
        self = kind
    }
}

extension [String] {
    /// The names of what may be the matter with a recording.
    static var qualityKinds: [String] { QualityInterval.Kind.allCases.map(\.name) }
}

extension ValueSchema {
    /// `[start, end]`.
    static let sampleRange = ValueSchema.list(
        of: .integer(minimum: 0, maximum: nil), count: 2...2, isUnique: false)
}

extension SampleRange {
    /// Reads `[start, end]` within a recording.
    init(
        _ cursor: DocumentCursor, sampleCount: Int, mayBeEmpty: Bool = false
    ) throws(DocumentError) {
        let ends = try cursor.array()
        guard ends.count == 2 else { throw cursor.error(expected: "[start, end]") }
        let start = try ends[0].integer(in: 0...sampleCount)
        let end = try ends[1].integer(in: 0...sampleCount)
        guard start < end || mayBeEmpty && start == end else {
            throw cursor.error(
                expected: "a start below the end", found: "\(start) and \(end)")
        }
        self.init(start: start, end: end)
    }

    var document: DocumentValue { .integers([start, end]) }

    /// The range for messages.
    var brackets: String { "[\(start), \(end)]" }
}
