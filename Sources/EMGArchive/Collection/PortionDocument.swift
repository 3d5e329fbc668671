import Documents
import EMGSignal
import PrintableText

/// Support or query as it stands in a task of a manifest.
struct PortionDocument: Described {
    var portion = CollectionManifest.Portion(ranges: [], windows: 0, windowsPerClass: [])
    private var sampleCount = 0
    private var classCount = 0

    init() {}

    init(_ portion: CollectionManifest.Portion) { self.portion = portion }

    /// A portion that is still to be read.
    init(sampleCount: Int, classCount: Int) {
        self.sampleCount = sampleCount
        self.classCount = classCount
    }

    static let fields: Fields<Self> = [
        Field(
            "ranges", schema: { _ in .list(of: .sampleRange, count: 0 ... .max, isUnique: false) },
            "`[start, end)` in samples of the recording, in order, apart.", isRequired: true,
            read: { cursor, part throws(DocumentError) in
                part.portion.ranges = try ranges(cursor, sampleCount: part.sampleCount)
            },
            write: { .array($0.portion.ranges.map(\.document)) }),
        Field(
            "windows", \.portion.windows, .integer(in: 0 ... .max), "How many windows.",
            isRequired: true),
        Field(
            "windows_per_class",
            schema: { _ in
                .list(of: .integer(minimum: 0, maximum: nil), count: 0 ... .max, isUnique: false)
            }, "One count a class; none without classes.", isRequired: true,
            read: { cursor, part throws(DocumentError) in
                part.portion.windowsPerClass = try part.counts(cursor)
            },
            write: { .integers($0.portion.windowsPerClass) }),
        Field(
            "left_out",
            schema: { _ in
                .map(of: .integer(minimum: 1, maximum: nil), names: .choice(.qualityKinds))
            },
            "How many windows more there would be were nothing excluded because of the "
                + "recording's quality: those that touch each kind. A window that touches several "
                + "counts for each. Left out when there are none.",
            read: { cursor, part throws(DocumentError) in
                for (name, cursor) in try cursor.object().entries {
                    let kind = try QualityInterval.Kind(named: name, at: cursor)
                    part.portion.leftOut[kind] = try cursor.integer(in: 1...part.sampleCount)
                }
            },
            write: { part in
                guard !part.portion.leftOut.isEmpty else { return nil }
                return .object(
                    sorted: Dictionary(
                        uniqueKeysWithValues: part.portion.leftOut.map {
                            ($0.key.name, .integer($0.value))
                        }))
            }),
    ]

    private static func ranges(
        _ list: DocumentCursor, sampleCount: Int
    ) throws(DocumentError) -> [SampleRange] {
        var ranges: [SampleRange] = []
        for cursor in try list.array() {
            let range = try SampleRange(cursor, sampleCount: sampleCount)
            guard range.start >= (ranges.last?.end ?? 0) else {
                throw cursor.error(
                    expected: "a range that begins at or after the end of the one before",
                    found: range.brackets, hint: "sort the ranges; none may overlap another")
            }
            ranges.append(range)
        }
        return ranges
    }

    private func counts(_ list: DocumentCursor) throws(DocumentError) -> [Int] {
        var counts: [Int] = []
        for cursor in try list.array() {
            // No count can be larger than their sum, which keeps the sum from overflowing.
            counts.append(try cursor.integer(in: 0...portion.windows))
        }
        guard counts.count == classCount else {
            throw list.error(
                expected: "one count for each of \(classCount, of: "class", plural: "classes")")
        }
        // Without classes nothing is counted.
        guard classCount > 0 else { return [] }
        var left = portion.windows
        for count in counts where left >= 0 { left -= count }
        guard left == 0 else {
            throw list.error(expected: "counts that add up to \(portion.windows, of: "window")")
        }
        return counts
    }
}
