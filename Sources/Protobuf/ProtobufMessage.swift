/// A protocol buffer message on its way: fields one after the other, in the wire format of
/// https://protobuf.dev/programming-guides/encoding.
package struct ProtobufMessage: Sendable {
    /// The message so far.
    package private(set) var bytes: [UInt8] = []

    /// An empty message.
    package init() {}

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    /// Adds a whole number.
    package mutating func add(_ value: Int, as field: Int) {
        key(field, .varint)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Adds a number of double precision.
    package mutating func add(_ value: Double, as field: Int) {
        key(field, .fixed64)
        bytes.appendLittleEndian(value.bitPattern)
    }

    /// Adds a number of single precision.
    package mutating func add(_ value: Float, as field: Int) {
        key(field, .fixed32)
        bytes.appendLittleEndian(value.bitPattern)
    }

    /// Adds a text.
    package mutating func add(_ text: String, as field: Int) {
        add(bytes: Array(text.utf8), as: field)
    }

    /// Adds a message within this one.
    package mutating func add(_ message: ProtobufMessage, as field: Int) {
        add(bytes: message.bytes, as: field)
    }

    /// Adds bytes.
    package mutating func add(bytes value: [UInt8], as field: Int) {
        key(field, .lengthDelimited)
        varint(UInt64(value.count))
        bytes += value
    }

    /// Adds numbers of double precision, packed.
    package mutating func add(packed values: [Double], as field: Int) {
        key(field, .lengthDelimited)
        varint(UInt64(values.count * 8))
        for value in values { bytes.appendLittleEndian(value.bitPattern) }
    }

    private mutating func key(_ field: Int, _ type: WireType) {
        varint(UInt64(field) << 3 | type.rawValue)
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

extension [UInt8] {
    /// Appends an integer's bytes, the lowest first.
    package mutating func appendLittleEndian<Integer: FixedWidthInteger & UnsignedInteger>(
        _ value: Integer
    ) {
        for place in 0..<Integer.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: value >> Integer(8 * place)))
        }
    }
}
