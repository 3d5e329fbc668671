/// Reads the fields of a protocol buffer message; stops at the first byte that is none.
package struct ProtobufFields: Sequence, IteratorProtocol {
    /// What a field holds.
    package enum Value {
        /// A whole number.
        case number(UInt64)
        /// Numbers of fixed size, a text or a message.
        case bytes(ArraySlice<UInt8>)
    }

    private var rest: ArraySlice<UInt8>

    /// Reads a message.
    package init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next field.
    package mutating func next() -> (field: Int, value: Value)? {
        guard let key = varint(), key >> 3 > 0, let field = Int(exactly: key >> 3) else {
            return nil
        }
        switch key & 7 {
        case 0: return varint().map { (field, .number($0)) }
        case 1: return take(8).map { (field, .bytes($0)) }
        case 2:
            guard let count = varint(), let length = Int(exactly: count) else { return nil }
            return take(length).map { (field, .bytes($0)) }
        case 5: return take(4).map { (field, .bytes($0)) }
        default: return nil
        }
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
