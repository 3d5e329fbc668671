/// Goes through a datatype as it is stored (HDF5 file format specification IV.A.2.d).
///
/// libhdf5 1.10 trusts the offsets and sizes in it: a member beyond its record is read from
/// whatever lies behind.
enum TypeMessage {
    /// What is needed of a type by what is stored with it.
    struct Metadata {
        /// The bytes of a value in the file.
        let size: Int
        /// Whether values are plain numbers.
        let isNumber: Bool
    }

    private static let deepest = 16

    /// Goes through a type.
    ///
    /// - Parameters:
    ///   - cursor: At its beginning; behind its end afterwards.
    ///   - depth: In how many types it lies.
    /// - Returns: The type; `nil` when something in it contradicts something else.
    /// - Throws: `ByteCursor.Short` when it is cut off.
    static func check(
        _ cursor: inout ByteCursor, depth: Int = 0
    ) throws(ByteCursor.Short) -> Metadata? {
        guard depth < deepest else { return nil }
        let lead = try cursor.byte()
        let (version, kind) = (Int(lead >> 4), lead & 15)
        let bits = try cursor.number(3)
        let size = try cursor.number(4)
        guard (1...4).contains(version), size > 0 else { return nil }
        switch kind {
        case 0, 4:
            return try numberFits(&cursor, in: size) ? Metadata(size: size, isNumber: true) : nil
        case 1:
            let isWhole = try numberFits(&cursor, in: size)
            var ends: [Int] = []
            for _ in 0..<2 { ends.append(Int(try cursor.byte()) + Int(try cursor.byte())) }
            _ = try cursor.number(4)
            guard isWhole, ends.allSatisfy({ $0 <= 8 * size }), bits >> 8 & 0xFF < 8 * size else {
                return nil
            }
            return Metadata(size: size, isNumber: true)
        case 2: try cursor.skip(2)
        case 5: try cursor.skip(bits & 0xFF)
        case 6:
            guard
                try membersFit(
                    bits & 0xFFFF, in: size, version: version, &cursor, depth: depth)
            else { return nil }
        case 8:
            guard let base = try check(&cursor, depth: depth + 1), base.size == size else {
                return nil
            }
            for _ in 0..<bits & 0xFFFF { try cursor.skipName(padding: version < 3 ? 8 : 1) }
            let (values, overflows) = (bits & 0xFFFF).multipliedReportingOverflow(by: size)
            guard !overflows else { return nil }
            try cursor.skip(values)
        case 9:
            guard try check(&cursor, depth: depth + 1) != nil else { return nil }
        case 10:
            guard try arrayFits(size, version: version, &cursor, depth: depth) else { return nil }
        default: break
        }
        return Metadata(size: size, isNumber: false)
    }

    /// Whether the bits of a number lie within it.
    private static func numberFits(
        _ cursor: inout ByteCursor, in size: Int
    ) throws(ByteCursor.Short) -> Bool {
        let offset = try cursor.number(2)
        let precision = try cursor.number(2)
        return precision > 0 && offset + precision <= 8 * size
    }

    private static func membersFit(
        _ count: Int, in size: Int, version: Int, _ cursor: inout ByteCursor, depth: Int
    ) throws(ByteCursor.Short) -> Bool {
        let offsetWidth =
            version < 3 ? 4 : size < 1 << 8 ? 1 : size < 1 << 16 ? 2 : size < 1 << 24 ? 3 : 4
        for _ in 0..<count {
            try cursor.skipName(padding: version < 3 ? 8 : 1)
            let offset = try cursor.number(offsetWidth)
            var repeats = 1
            if version == 1 {
                let rank = Int(try cursor.byte())
                try cursor.skip(11)
                guard rank <= 4 else { return false }
                for index in 0..<4 {
                    let extent = try cursor.number(4)
                    if index < rank { repeats = repeats.multipliedSaturating(by: extent) }
                }
            }
            guard let member = try check(&cursor, depth: depth + 1) else { return false }
            let bytes = member.size.multipliedSaturating(by: repeats)
            guard offset <= size, bytes <= size - offset else { return false }
        }
        return true
    }

    private static func arrayFits(
        _ size: Int, version: Int, _ cursor: inout ByteCursor, depth: Int
    ) throws(ByteCursor.Short) -> Bool {
        let rank = Int(try cursor.byte())
        if version < 3 { try cursor.skip(3) }
        guard (1...32).contains(rank) else { return false }
        var count = 1
        for _ in 0..<rank { count = count.multipliedSaturating(by: try cursor.number(4)) }
        if version < 3 { try cursor.skip(4 * rank) }
        guard let base = try check(&cursor, depth: depth + 1) else { return false }
        return base.size.multipliedSaturating(by: count) == size
    }
}
