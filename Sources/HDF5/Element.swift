import CHDF5

/// A number that datasets and attributes can hold.
package protocol Element: BitwiseCopyable, Sendable {
    /// Which number it is.
    static var numberType: NumberType { get }

    /// The number, if it is one of this type.
    init?<Source: BinaryInteger>(exactly source: Source)

    /// The same number, which this type is known to hold.
    init(widening number: Int64)

    /// The same number, which this type is known to hold.
    init(widening number: Double)
}

/// The numbers of datasets and attributes.
package enum NumberType: Sendable, Hashable, CaseIterable {
    case float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64

    /// The type in memory.
    var native: hid_t {
        switch self {
        case .float32: chdf5_native_float()
        case .float64: chdf5_native_double()
        case .int8: chdf5_native_int8()
        case .int16: chdf5_native_int16()
        case .int32: chdf5_native_int32()
        case .int64: chdf5_native_int64()
        case .uint8: chdf5_native_uint8()
        case .uint16: chdf5_native_uint16()
        case .uint32: chdf5_native_uint32()
        case .uint64: chdf5_native_uint64()
        }
    }

    /// The type in files: little-endian whatever the machine, so that files are the same.
    var stored: hid_t {
        switch self {
        case .float32: chdf5_stored_float()
        case .float64: chdf5_stored_double()
        case .int8: chdf5_stored_int8()
        case .int16: chdf5_stored_int16()
        case .int32: chdf5_stored_int32()
        case .int64: chdf5_stored_int64()
        case .uint8: chdf5_stored_uint8()
        case .uint16: chdf5_stored_uint16()
        case .uint32: chdf5_stored_uint32()
        case .uint64: chdf5_stored_uint64()
        }
    }

    /// The bytes of a number.
    var width: Int { traits.bits / 8 }

    /// What a reader is reported, for example `32-bit float`.
    var name: String {
        switch self {
        case .float32: "32-bit float"
        case .float64: "64-bit float"
        case .int8: "8-bit integer"
        case .int16: "16-bit integer"
        case .int32: "32-bit integer"
        case .int64: "64-bit integer"
        case .uint8: "unsigned 8-bit integer"
        case .uint16: "unsigned 16-bit integer"
        case .uint32: "unsigned 32-bit integer"
        case .uint64: "unsigned 64-bit integer"
        }
    }

    /// Whether every value of a stored type is exactly one of these.
    func holds(_ type: StoredType) -> Bool {
        let (isFloat, bits, isSigned) = traits
        switch type {
        case .float(let stored): return isFloat && stored <= bits
        case .integer(let stored, let storedIsSigned):
            if isFloat { return stored <= (bits == 32 ? 24 : 53) }
            if storedIsSigned { return isSigned && stored <= bits }
            return isSigned ? stored < bits : stored <= bits
        case .string, .other: return false
        }
    }

    private var traits: (isFloat: Bool, bits: Int, isSigned: Bool) {
        switch self {
        case .float32: (true, 32, true)
        case .float64: (true, 64, true)
        case .int8: (false, 8, true)
        case .int16: (false, 16, true)
        case .int32: (false, 32, true)
        case .int64: (false, 64, true)
        case .uint8: (false, 8, false)
        case .uint16: (false, 16, false)
        case .uint32: (false, 32, false)
        case .uint64: (false, 64, false)
        }
    }
}

extension Float: Element {
    package static var numberType: NumberType { .float32 }
    package init(widening number: Int64) { self.init(number) }
    package init(widening number: Double) { self.init(number) }
}

extension Double: Element {
    package static var numberType: NumberType { .float64 }
    package init(widening number: Int64) { self.init(number) }
    package init(widening number: Double) { self = number }
}

extension Element where Self: FixedWidthInteger {
    package init(widening number: Int64) { self.init(truncatingIfNeeded: number) }
    package init(widening number: Double) { self.init(number) }
}

extension Int8: Element { package static var numberType: NumberType { .int8 } }
extension Int16: Element { package static var numberType: NumberType { .int16 } }
extension Int32: Element { package static var numberType: NumberType { .int32 } }
extension Int64: Element { package static var numberType: NumberType { .int64 } }
extension UInt8: Element { package static var numberType: NumberType { .uint8 } }
extension UInt16: Element { package static var numberType: NumberType { .uint16 } }
extension UInt32: Element { package static var numberType: NumberType { .uint32 } }
extension UInt64: Element { package static var numberType: NumberType { .uint64 } }
