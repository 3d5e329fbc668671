import CHDF5
import PrintableText

/// A member of the records of a dataset (a compound type).
package struct RecordMember: Sendable, Hashable {
    /// The name that the file gives it.
    package let name: String
    /// The type of its values.
    package let type: StoredType
    /// The count along each dimension of an array; empty for a single value.
    package let shape: [Int]

    /// How many values a record has of it.
    package var count: Int { shape.reduce(1, *) }

    /// Whether its values are numbers.
    package var isNumeric: Bool {
        switch type {
        case .float(let bits): bits <= 64
        case .integer: true
        case .string, .other: false
        }
    }

    /// Reads the members of a compound type.
    static func members(
        of type: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> [RecordMember] {
        let count = try Library.check(H5Tget_nmembers(type.id), "H5Tget_nmembers", at: place)
        var members: [RecordMember] = []
        for index in 0..<UInt32(count) {
            guard let text = unsafe H5Tget_member_name(type.id, index) else {
                throw ErrorStack.drain().error(call: "H5Tget_member_name", at: place)
            }
            var bytes: [UInt8] = []
            var next = unsafe text
            while unsafe next.pointee != 0 {
                unsafe bytes.append(UInt8(bitPattern: next.pointee))
                unsafe next += 1
            }
            _ = unsafe H5free_memory(text)
            let member = try Handle(
                H5Tget_member_type(type.id, index), releasedBy: H5Tclose, "H5Tget_member_type",
                at: place)
            members.append(
                try RecordMember(name: ForeignText.decode(bytes[...]), type: member, at: place))
        }
        return members
    }

    private init(
        name: String, type: borrowing Handle, at place: Place
    ) throws(HDF5Error) {
        self.name = name
        guard H5Tget_class(type.id) == H5T_ARRAY else {
            shape = []
            self.type = try Self.valueType(type, at: place)
            return
        }
        let rank = try Library.check(
            H5Tget_array_ndims(type.id), "H5Tget_array_ndims", at: place)
        var extent = [hsize_t](repeating: 0, count: Int(rank))
        try Library.check(
            unsafe H5Tget_array_dims2(type.id, &extent), "H5Tget_array_dims2", at: place)
        shape = extent.map { Int(clamping: $0) }
        let base = try Handle(
            H5Tget_super(type.id), releasedBy: H5Tclose, "H5Tget_super", at: place)
        self.type = try Self.valueType(base, at: place)
    }

    /// The type of numbers, for enumerations that of their numbers.
    private static func valueType(
        _ type: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> StoredType {
        guard H5Tget_class(type.id) == H5T_ENUM else { return try StoredType(type, at: place) }
        let base = try Handle(
            H5Tget_super(type.id), releasedBy: H5Tclose, "H5Tget_super", at: place)
        return try StoredType(base, at: place)
    }
}
