private import CHDF5

/// What a dataset of any type is, before anyone decides how to read it.
package struct DatasetMetadata: Sendable, Hashable {
    /// What its values are.
    package enum Kind: Sendable, Hashable {
        /// Plain numbers.
        case numbers
        /// Texts, or members of an enumeration.
        case words
        /// Records of a compound type.
        case records
        /// Anything else, in words.
        case other(String)
    }

    /// The count along each dimension, slowest first; empty for a single value.
    package let shape: [Int]
    /// What its values are.
    package let kind: Kind
}

extension OpenFile {
    /// What a dataset is, without a look at its storage; `nil` when there is no dataset of that
    /// name.
    package func metadata(of name: String) throws(HDF5Error) -> DatasetMetadata? {
        try step { (file) throws(HDF5Error) in try file.metadata(of: name) }
    }

    /// Whatever an attribute holds; `nil` when there is none of that name.
    package func attribute(
        _ name: String, of object: String
    ) throws(HDF5Error) -> ForeignAttribute? {
        try step { (file) throws(HDF5Error) in try file.foreignAttribute(name, of: object) }
    }

    /// The names in a group, at most `limit` of them, and how many there are.
    package func links(
        in group: String, limit: Int
    ) throws(HDF5Error) -> (names: [String], count: Int) {
        try step { (file) throws(HDF5Error) in try file.links(in: group, limit: limit) }
    }
}

extension File {
    fileprivate func metadata(of name: String) throws(HDF5Error) -> DatasetMetadata? {
        guard try hasLink(name) else { return nil }
        let place = place(name)
        let handle = try openObject(resolved: try resolve(name, kind: "dataset"), at: place)
        guard H5Iget_type(handle.id) == H5I_DATASET else { return nil }
        let space = try Handle(
            H5Dget_space(handle.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
        let type = try Handle(
            H5Dget_type(handle.id), releasedBy: H5Tclose, "H5Dget_type", at: place)
        let kind: DatasetMetadata.Kind =
            switch H5Tget_class(type.id) {
            case H5T_FLOAT, H5T_INTEGER: .numbers
            case H5T_STRING, H5T_ENUM: .words
            case H5T_COMPOUND:
                try Self.isComplex(type, at: place) ? .other("complex numbers") : .records
            default: .other("\(try StoredType(type, at: place))")
            }
        return DatasetMetadata(shape: try Dataspace.shape(of: space, at: place), kind: kind)
    }

    /// Whether records are what other programs keep complex numbers as.
    private static func isComplex(
        _ type: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> Bool {
        let members = try RecordMember.members(of: type, at: place)
        let names = Set(members.map { $0.name.lowercased() })
        return members.allSatisfy { $0.isNumeric && $0.shape.isEmpty }
            && [["r", "i"], ["re", "im"], ["real", "imag"]].contains(names)
    }
}
