/// Holds the messages of an object's header against each other before libhdf5 decodes them
/// (HDF5 file format specification IV.A.2): version 1.10 of it trusts many of their sizes, and
/// reads what lies behind a message, or behind a chunk, as if it were the file's.
struct HeaderInspection {
    /// The bytes of an address and of a length in the file.
    let addressBytes: Int
    let lengthBytes: Int
    private var type: TypeMessage.Metadata?
    private var rank: Int?
    private var layout: Layout?
    private var fillBytes: Int?

    /// Where the values of a dataset lie.
    private enum Layout {
        case chunked(dimensions: [Int])
        case virtual
        case other
    }

    init(addressBytes: Int, lengthBytes: Int) {
        self.addressBytes = addressBytes
        self.lengthBytes = lengthBytes
    }

    /// What is found in a header.
    enum Verdict: Hashable {
        /// libhdf5 may decode it.
        case whole
        /// It is one of a dataset over others.
        case virtual
        /// It contradicts itself; in words, where.
        case damaged(String)
    }

    /// Looks at all messages of a header.
    static func verdict(on header: ObjectHeader, addressBytes: Int, lengthBytes: Int) -> Verdict {
        var inspection = HeaderInspection(addressBytes: addressBytes, lengthBytes: lengthBytes)
        for message in header.messages where !message.isShared {
            do throws(ByteCursor.Short) {
                guard try inspection.take(message) else {
                    return .damaged(message.name)
                }
            } catch {
                return .damaged(message.name)
            }
        }
        return inspection.verdict
    }

    private var verdict: Verdict {
        switch layout {
        case .virtual: return .virtual
        case .chunked(let dimensions):
            guard let elementBytes = dimensions.last, !dimensions.contains(0) else {
                return .damaged("layout")
            }
            // A committed type stands elsewhere: then its size is not known here.
            if let rank, dimensions.count != rank + 1 { return .damaged("layout") }
            if let type, elementBytes != type.size { return .damaged("layout") }
        case .other, nil: break
        }
        if let fillBytes, fillBytes > 0, let type, type.isNumber, fillBytes != type.size {
            return .damaged("fill value")
        }
        return .whole
    }

    /// Takes a message in.
    ///
    /// - Returns: Whether it agrees with itself.
    private mutating func take(_ message: ObjectHeader.Message) throws(ByteCursor.Short) -> Bool {
        var cursor = ByteCursor(message.bytes)
        switch message.kind {
        case ObjectHeader.Kind.dataspace:
            guard let space = try space(&cursor) else { return false }
            rank = space.rank
        case ObjectHeader.Kind.datatype:
            type = try TypeMessage.check(&cursor)
            return type != nil
        case ObjectHeader.Kind.oldFillValue:
            let size = try cursor.number(4)
            try cursor.skip(size)
            fillBytes = size
        case ObjectHeader.Kind.fillValue: fillBytes = try fillBytes(&cursor)
        case ObjectHeader.Kind.link: return try linkFits(&cursor)
        case ObjectHeader.Kind.layout:
            layout = try layout(&cursor)
            return layout != nil
        case ObjectHeader.Kind.filters: return try filtersFit(&cursor)
        case ObjectHeader.Kind.attribute: return try attributeFits(&cursor)
        default: break
        }
        return true
    }

    /// The extents of a dataspace.
    private func space(
        _ cursor: inout ByteCursor
    ) throws(ByteCursor.Short) -> (rank: Int, count: Int)? {
        let version = try cursor.byte()
        let rank = Int(try cursor.byte())
        let flags = try cursor.byte()
        let kind = try cursor.byte()
        guard version == 1 || version == 2, rank <= 32 else { return nil }
        if version == 1 { try cursor.skip(4) }
        var count = 1
        for _ in 0..<rank { count = count.multipliedSaturating(by: try cursor.number(lengthBytes)) }
        if flags & 1 != 0 { try cursor.skip(rank * lengthBytes) }
        return (rank, version == 2 && kind == 2 ? 0 : count)
    }

    private func fillBytes(_ cursor: inout ByteCursor) throws(ByteCursor.Short) -> Int {
        let version = try cursor.byte()
        if version == 3 {
            guard try cursor.byte() & 0x20 != 0 else { return 0 }
        } else {
            try cursor.skip(2)
            let isDefined = try cursor.byte() != 0
            guard version == 1 || isDefined else { return 0 }
        }
        let size = try cursor.number(4)
        // -1 says that there is none.
        guard size != .max, size != Int(UInt32.max) else { return 0 }
        try cursor.skip(size)
        return size
    }

    private func linkFits(_ cursor: inout ByteCursor) throws(ByteCursor.Short) -> Bool {
        guard try cursor.byte() == 1 else { return true }
        let flags = try cursor.byte()
        let kind = flags & 0x08 != 0 ? try cursor.byte() : 0
        try cursor.skip((flags & 0x04 != 0 ? 8 : 0) + (flags & 0x10 != 0 ? 1 : 0))
        try cursor.skip(try cursor.number(1 << Int(flags & 3)))
        if kind == 0 {
            try cursor.skip(addressBytes)
        } else {
            try cursor.skip(try cursor.number(2))
        }
        return true
    }

    private func layout(_ cursor: inout ByteCursor) throws(ByteCursor.Short) -> Layout? {
        let version = try cursor.byte()
        switch version {
        case 1, 2:
            let rank = Int(try cursor.byte())
            let kind = try cursor.byte()
            try cursor.skip(5 + (kind == 0 ? 0 : addressBytes))
            let dimensions = try numbers(rank, 4, &cursor)
            // Only chunks have the bytes of a value behind their extents, counted among them.
            if kind == 2 { return .chunked(dimensions: dimensions) }
            if kind == 0 { try cursor.skip(try cursor.number(4)) }
            return kind <= 2 ? .other : nil
        case 3, 4:
            switch (try cursor.byte(), version) {
            case (0, _): try cursor.skip(try cursor.number(2))
            case (1, _): try cursor.skip(addressBytes + lengthBytes)
            case (2, 3):
                let rank = Int(try cursor.byte())
                try cursor.skip(addressBytes)
                return .chunked(dimensions: try numbers(rank, 4, &cursor))
            case (2, _):
                try cursor.skip(1)
                let rank = Int(try cursor.byte())
                let width = Int(try cursor.byte())
                guard (1...8).contains(width) else { return nil }
                return .chunked(dimensions: try numbers(rank, width, &cursor))
            case (3, 4): return .virtual
            default: return nil
            }
            return .other
        default: return .other
        }
    }

    private func numbers(
        _ count: Int, _ width: Int, _ cursor: inout ByteCursor
    ) throws(ByteCursor.Short) -> [Int] {
        var numbers: [Int] = []
        for _ in 0..<count { numbers.append(try cursor.number(width)) }
        return numbers
    }

    private func filtersFit(_ cursor: inout ByteCursor) throws(ByteCursor.Short) -> Bool {
        let version = try cursor.byte()
        let count = Int(try cursor.byte())
        guard version == 1 || version == 2, count <= 32 else { return false }
        if version == 1 { try cursor.skip(6) }
        for _ in 0..<count {
            let number = try cursor.number(2)
            let nameBytes = version == 1 || number >= 256 ? try cursor.number(2) : 0
            try cursor.skip(2)
            let values = try cursor.number(2)
            try cursor.skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes)
            try cursor.skip(4 * (version == 1 ? (values + 1) / 2 * 2 : values))
        }
        return true
    }

    private func attributeFits(_ cursor: inout ByteCursor) throws(ByteCursor.Short) -> Bool {
        let version = try cursor.byte()
        let flags = try cursor.byte()
        let sizes = try numbers(3, 2, &cursor)
        guard (1...3).contains(version) else { return false }
        if version == 3 { try cursor.skip(1) }
        let padding = version == 1 ? 8 : 1
        let starts = sizes.map { ($0 + padding - 1) / padding * padding }
        var name = cursor
        try name.skipName(padding: 1)
        guard name.position - cursor.position <= sizes[0] else { return false }
        try cursor.skip(starts[0])
        var typeBytes: Int?
        // A committed type or a shared space stands elsewhere.
        if version == 1 || flags & 1 == 0 {
            var type = cursor
            guard let found = try TypeMessage.check(&type),
                type.position - cursor.position <= sizes[1]
            else { return false }
            typeBytes = found.size
        }
        try cursor.skip(starts[1])
        var count: Int?
        if version == 1 || flags & 2 == 0 {
            var space = cursor
            guard let found = try self.space(&space) else { return false }
            count = found.count
        }
        try cursor.skip(starts[2])
        guard let typeBytes, let count else { return true }
        return typeBytes.multipliedSaturating(by: count) <= cursor.left
    }
}
