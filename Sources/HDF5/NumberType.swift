import CHDF5

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
