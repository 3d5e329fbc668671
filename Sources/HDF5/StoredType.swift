import CHDF5
import PrintableText

/// The type of values in a file.
package enum StoredType: Sendable, Hashable, CustomStringConvertible {
    /// Floating point.
    case float(bits: Int)
    /// Whole numbers.
    case integer(bits: Int, isSigned: Bool)
    /// Texts; `bytes` is `nil` when they have any length.
    case string(bytes: Int?)
    /// Everything else, in words.
    case other(String)

    /// Reads a type of the library.
    init(_ type: borrowing Handle, at place: Place) throws(HDF5Error) {
        self = try Self.describe(type.id, at: place)
    }

    /// The type in words.
    package var description: String {
        switch self {
        case .float(let bits): "\(bits)-bit float"
        case .integer(let bits, let isSigned):
            isSigned ? "\(bits)-bit integer" : "unsigned \(bits)-bit integer"
        case .string(let bytes): bytes.map { "text of \($0, of: "byte")" } ?? "text"
        case .other(let words): words
        }
    }

    private static func describe(_ id: hid_t, at place: Place) throws(HDF5Error) -> StoredType {
        let bits = H5Tget_size(id) * 8
        switch H5Tget_class(id) {
        case H5T_FLOAT: return .float(bits: Int(bits))
        case H5T_INTEGER: return .integer(bits: Int(bits), isSigned: H5Tget_sign(id) == H5T_SGN_2)
        case H5T_STRING:
            let isVariable = try Library.check(
                H5Tis_variable_str(id), "H5Tis_variable_str", at: place)
            return .string(bytes: isVariable > 0 ? nil : Int(bits / 8))
        case H5T_COMPOUND: return .other("compound of \(memberNames(of: id))")
        case H5T_ENUM: return .other("enumeration")
        case H5T_ARRAY: return .other("array")
        case H5T_VLEN: return .other("list of any length")
        case H5T_REFERENCE: return .other("reference")
        case H5T_BITFIELD: return .other("bit field")
        case H5T_OPAQUE: return .other("opaque bytes")
        case H5T_TIME: return .other("time")
        default: throw ErrorStack.drain().error(call: "H5Tget_class", at: place)
        }
    }

    private static func memberNames(of id: hid_t) -> String {
        let count = max(0, Int(H5Tget_nmembers(id)))
        var names: [String] = []
        for index in 0..<min(count, 8) {
            guard let name = unsafe H5Tget_member_name(id, UInt32(index)) else { continue }
            unsafe names.append(ForeignText.decode(cString: name))
            _ = unsafe H5free_memory(name)
        }
        return names.joined(separator: ", ") + (count > names.count ? ", …" : "")
    }
}
