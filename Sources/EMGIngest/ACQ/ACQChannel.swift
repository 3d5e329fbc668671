internal import PrintableText

/// A channel as its header describes it.
struct ACQChannel: Sendable, Hashable {
    /// How samples are stored.
    enum Storage: Sendable, Hashable {
        case integer
        case real

        /// The bytes of a sample.
        var byteCount: Int { self == .integer ? 2 : 8 }
    }

    /// Its number, by which markers name it.
    let number: Int
    let name: String
    /// The unit as it stands there; empty when there is none.
    let unit: String
    /// The samples that were recorded.
    let count: Int
    /// Units a number; 1 for real numbers, whose scale means nothing.
    let scale: Double
    /// The value of 0.
    let offset: Double
    /// It has a sample in each tick of this many.
    let divider: Int
    let storage: Storage

    /// What it is by its name.
    var kind: ChannelKind {
        let digital = name.lowercased().hasPrefix("digital")
        return digital ? .other : ChannelKind(named: name)
    }

    /// Reads the header of a channel, without its storage.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - start: Where the header begins.
    ///   - header: The header of the graph.
    ///   - storage: How samples are stored.
    /// - Throws: ``IngestError`` when it cannot be understood.
    init(
        _ source: PositionedFile, at start: Int, header: ACQHeader, storage: Storage
    ) throws(IngestError) {
        let fields = try BinaryHeader(
            source, at: start, count: Self.fieldBytes(header.revision), order: header.order,
            what: "the header of a channel")
        number = try fields.integer(4, 2, "number")
        name = try fields.text(6, 40, "name")
        unit = try fields.text(68, 20, "units")
        count = try fields.integer(88, 4, "number of samples")
        let scale = try fields.double(92, "scale")
        let offset = try fields.double(100, "offset")
        let divider =
            header.revision >= .v370
            ? try fields.integer(header.revision >= .v400 ? 152 : 250, 2, "sample divider") : 1
        self.divider = max(1, divider)
        self.storage = storage
        guard count >= 0 else {
            throw IngestError(
                .malformed(expected: "a number of samples", found: "\(count)"),
                at: fields.place(88, "number of samples", object: name))
        }
        guard storage == .integer else {
            (self.scale, self.offset) = (1, 0)
            return
        }
        guard scale.isFinite, scale != 0, offset.isFinite else {
            throw IngestError(
                .malformed(
                    expected: "a scale that is a number other than 0, and an offset",
                    found: "\(scale) and \(offset)"),
                at: fields.place(92, "scale", object: name))
        }
        (self.scale, self.offset) = (scale, offset)
    }

    /// The bytes of the fields that are read.
    static func fieldBytes(_ revision: ACQRevision) -> Int {
        guard revision >= .v370 else { return 112 }
        return revision >= .v400 ? 154 : 252
    }
}
