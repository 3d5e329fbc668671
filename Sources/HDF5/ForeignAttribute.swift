import CHDF5
import PrintableText

/// What an attribute holds that another program wrote.
package enum ForeignAttribute: Sendable, Hashable {
    /// Numbers, flags and members of enumerations by their number.
    case numbers([Double])
    /// Texts, of fixed or any length.
    case texts([String])
    /// References to objects of the file, by their names from the root group.
    case references([String])
    /// Anything else, in words.
    case other(String)

    /// What it holds, in words, for messages.
    package var summary: String {
        switch self {
        case .numbers(let numbers):
            numbers.count == 1 ? "\(numbers[0])" : "\(numbers.count) numbers"
        case .texts(let texts): texts.count == 1 ? "\"\(texts[0])\"" : "\(texts.count) texts"
        case .references: "a reference"
        case .other(let words): words
        }
    }
}

extension File {
    /// How many values of an attribute are read: attributes are no signals.
    private static let attributeValueLimit = 1 << 20

    /// Whatever an attribute holds.
    ///
    /// Texts of any length are read without libhdf5, which trusts the file there; texts that are
    /// not UTF-8 are assumed to be ISO 8859-1.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    /// - Returns: What it holds; `nil` when there is none of that name.
    /// - Throws: ``HDF5Error`` when the object is not there or the attribute is damaged.
    package func foreignAttribute(
        _ name: String, of object: String
    ) throws(HDF5Error) -> ForeignAttribute? {
        let place = place(object).attribute(name)
        let owner = try openObject(resolved: try resolve(object, kind: "object"), at: place)
        guard try Library.check(unsafe H5Aexists(owner.id, name), "H5Aexists", at: place) > 0 else {
            return nil
        }
        let attribute = try Handle(
            unsafe H5Aopen(owner.id, name, hid_t(H5P_DEFAULT)), releasedBy: H5Aclose, "H5Aopen",
            at: place)
        let space = try Handle(
            H5Aget_space(attribute.id), releasedBy: H5Sclose, "H5Aget_space", at: place)
        guard H5Sget_simple_extent_type(space.id) != H5S_NULL else { return .other("nothing") }
        var count = 1
        for extent in try Dataspace.shape(of: space, at: place) {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard !overflows, product <= Self.attributeValueLimit else {
                throw HDF5Error(
                    .storage(.tooLarge(bytes: .max, limit: Self.attributeValueLimit)), at: place)
            }
            count = product
        }
        let type = try Handle(
            H5Aget_type(attribute.id), releasedBy: H5Tclose, "H5Aget_type", at: place)
        switch H5Tget_class(type.id) {
        case H5T_FLOAT, H5T_INTEGER, H5T_ENUM:
            return .numbers(try numbers(of: attribute, count: count, at: place))
        case H5T_STRING:
            let isVariable = try Library.check(
                H5Tis_variable_str(type.id), "H5Tis_variable_str", at: place)
            return .texts(
                isVariable > 0
                    ? try variableTexts(name, of: owner, count: count, at: place)
                    : try fixedTexts(of: attribute, type: type, count: count, at: place))
        case H5T_REFERENCE where H5Tget_size(type.id) == MemoryLayout<hobj_ref_t>.size:
            return .references(
                try objectNames(of: attribute, type: type, count: count, at: place))
        default:
            return .other("\(try StoredType(type, at: place))")
        }
    }

    private func numbers(
        of attribute: borrowing Handle, count: Int, at place: Place
    ) throws(HDF5Error) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        guard count > 0 else { return [] }
        try Library.check(
            unsafe H5Aread(attribute.id, Double.numberType.native, &values), "H5Aread", at: place)
        return values
    }

    func fixedTexts(
        of attribute: borrowing Handle, type: borrowing Handle, count: Int, at place: Place
    ) throws(HDF5Error) -> [String] {
        let length = Int(H5Tget_size(type.id))
        let (size, overflows) = length.multipliedReportingOverflow(by: count)
        guard !overflows, size <= byteCount, size <= 1 << 24 else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: overflows ? .max : size, limit: 1 << 24)), at: place)
        }
        guard size > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: size)
        try Library.check(unsafe H5Aread(attribute.id, type.id, &bytes), "H5Aread", at: place)
        let isSpacePadded = H5Tget_strpad(type.id) == H5T_STR_SPACEPAD
        return (0..<count).map { index in
            ForeignText.decode(
                bytes[index * length..<(index + 1) * length], isSpacePadded: isSpacePadded)
        }
    }

    private func variableTexts(
        _ name: String, of owner: borrowing Handle, count: Int, at place: Place
    ) throws(HDF5Error) -> [String] {
        guard count > 0 else { return [] }
        var heap = try TextHeap(self, at: place)
        let header = try ObjectHeader(of: owner, in: heap.file, at: place)
        guard let bytes = try header.attributeBytes(name) else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "a text in the object's own header",
                    found: "one in a heap of attributes"), at: place,
                hint: "write it as a text of fixed length, or copy the file with "
                    + "h5repack --low=0 --high=0")
        }
        guard bytes.count >= count * TextHeap.referenceBytes else {
            throw HDF5Error(.damaged(reason: "it is shorter than it says"), at: place)
        }
        return try heap.texts(bytes[..<(count * TextHeap.referenceBytes)])
    }

    /// The names of the objects that an attribute refers to.
    private func objectNames(
        of attribute: borrowing Handle, type: borrowing Handle, count: Int, at place: Place
    ) throws(HDF5Error) -> [String] {
        // Finding a name is a search through the whole file.
        guard (1...64).contains(count) else { return [] }
        var references = [hobj_ref_t](repeating: 0, count: count)
        try Library.check(
            unsafe H5Aread(attribute.id, type.id, &references), "H5Aread", at: place)
        var names: [String] = []
        for reference in references {
            var reference = reference
            guard reference != 0, reference < UInt64(byteCount) else {
                throw HDF5Error(
                    .damaged(reason: "it refers to something outside the file"), at: place)
            }
            var buffer = [CChar](repeating: 0, count: 1_001)
            try Library.check(
                unsafe H5Rget_name(
                    handle.id, H5R_OBJECT, &reference, &buffer, buffer.count), "H5Rget_name",
                at: place)
            names.append(
                ForeignText.decode(name: buffer))
        }
        return names
    }
}

extension OpenFile {
    /// The names of the attributes of an object, at most `limit` of them.
    package func attributeNames(
        of object: String, limit: Int
    ) throws(HDF5Error) -> [String] {
        try step { (file) throws(HDF5Error) in try file.attributeNames(of: object, limit: limit) }
    }
}

extension File {
    fileprivate func attributeNames(
        of object: String, limit: Int
    ) throws(HDF5Error) -> [String] {
        let place = place(object)
        let owner = try openObject(resolved: try resolve(object, kind: "object"), at: place)
        let count = try Library.check(H5Aget_num_attrs(owner.id), "H5Aget_num_attrs", at: place)
        var names: [String] = []
        for index in 0..<min(Int(count), limit) {
            let attribute = try Handle(
                unsafe H5Aopen_by_idx(
                    owner.id, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), hid_t(H5P_DEFAULT),
                    hid_t(H5P_DEFAULT)), releasedBy: H5Aclose, "H5Aopen_by_idx", at: place)
            var buffer = [CChar](repeating: 0, count: 1_001)
            try Library.check(
                unsafe H5Aget_name(attribute.id, buffer.count, &buffer), "H5Aget_name", at: place)
            names.append(
                ForeignText.decode(name: buffer))
        }
        return names
    }
}
