import CHDF5

/// A small dataset that an object reference leads to.
package struct ReferencedValue: Sendable, Hashable {
    /// Its numbers; none when it is too large, or holds no numbers.
    package let numbers: [Double]
    /// What was asked for of its attributes; those that are not there or no texts are left out.
    package let attributes: [String: String]
}

extension File {
    /// How many numbers of a referenced dataset are read.
    private static let referencedValueLimit = 1_024

    /// What the references in a dataset lead to.
    ///
    /// - Parameters:
    ///   - name: The dataset.
    ///   - limit: How many references it may have.
    ///   - attributes: The names of attributes to read.
    /// - Returns: A value for each reference; `nil` when the dataset does not hold references.
    /// - Throws: ``HDF5Error`` when one of them leads out of the file, or to what is damaged.
    package func referencedValues(
        in name: String, limit: Int, attributes: [String]
    ) throws(HDF5Error) -> [ReferencedValue]? {
        let dataset = try openDataset(name, unwritten: .refused)
        let type = try Handle(
            H5Dget_type(dataset.handle.id), releasedBy: H5Tclose, "H5Dget_type", at: dataset.place)
        guard H5Tget_class(type.id) == H5T_REFERENCE,
            H5Tget_size(type.id) == MemoryLayout<hobj_ref_t>.size
        else { return nil }
        let count = dataset.description.count
        guard count <= limit else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: count, limit: limit)), at: dataset.place)
        }
        guard count > 0 else { return [] }
        var references = [hobj_ref_t](repeating: 0, count: count)
        try Library.check(
            unsafe H5Dread(
                dataset.handle.id, type.id, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT),
                &references), "H5Dread", at: dataset.place)
        var values: [ReferencedValue] = []
        for reference in references {
            values.append(
                try referencedValue(reference, attributes: attributes, at: dataset.place))
        }
        return values
    }

    private func referencedValue(
        _ reference: hobj_ref_t, attributes: [String], at place: Place
    ) throws(HDF5Error) -> ReferencedValue {
        // A reference is the address of an object.
        guard reference != 0, reference < UInt64(byteCount) else {
            throw HDF5Error(
                .damaged(reason: "it refers to something outside the file"), at: place)
        }
        try structure?.check(objectAt: reference, at: place)
        let object = try Handle(
            H5Oopen_by_addr(handle.id, reference), releasedBy: H5Oclose, "H5Oopen_by_addr",
            at: place)
        guard H5Iget_type(object.id) == H5I_DATASET else {
            return ReferencedValue(numbers: [], attributes: [:])
        }
        var texts: [String: String] = [:]
        for name in attributes { texts[name] = try text(name, of: object, at: place) }
        let description = try DatasetInspection(
            dataset: object.id, file: self, unwritten: .refused, place: place
        ).describe()
        let inside = Dataset(
            handle: object, place: place, limits: limits, description: description)
        switch description.type {
        case .float, .integer(bits: ...32, isSigned: _): break
        // Numbers of 64 bits may not be held exactly: as values of fields they are extents.
        case .integer, .string, .other: return ReferencedValue(numbers: [], attributes: texts)
        }
        guard description.count <= Self.referencedValueLimit else {
            return ReferencedValue(numbers: [], attributes: texts)
        }
        return ReferencedValue(numbers: try inside.read(as: Double.self), attributes: texts)
    }

    /// A text of fixed length in an attribute of an open object; `nil` when there is none.
    private func text(
        _ name: String, of object: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> String? {
        guard try Library.check(unsafe H5Aexists(object.id, name), "H5Aexists", at: place) > 0
        else { return nil }
        let attribute = try Handle(
            unsafe H5Aopen(object.id, name, hid_t(H5P_DEFAULT)), releasedBy: H5Aclose, "H5Aopen",
            at: place)
        let type = try Handle(
            H5Aget_type(attribute.id), releasedBy: H5Tclose, "H5Aget_type", at: place)
        guard H5Tget_class(type.id) == H5T_STRING else {
            // Of marks that are numbers it matters that they are there.
            return ""
        }
        guard try Library.check(H5Tis_variable_str(type.id), "H5Tis_variable_str", at: place) == 0
        else { return nil }
        return try fixedTexts(of: attribute, type: type, count: 1, at: place).first
    }
}

extension OpenFile {
    /// What the references in a dataset lead to; see ``File/referencedValues(in:limit:attributes:)``.
    package func referencedValues(
        in name: String, limit: Int, attributes: [String]
    ) throws(HDF5Error) -> [ReferencedValue]? {
        try step { (file) throws(HDF5Error) in
            try file.referencedValues(in: name, limit: limit, attributes: attributes)
        }
    }
}
