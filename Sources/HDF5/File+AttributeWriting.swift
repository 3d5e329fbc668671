private import CHDF5

extension File {
    /// Gives an object an attribute of one text.
    package func setText(
        _ text: String, _ name: String, of object: String
    ) throws(HDF5Error) {
        try writeTexts([text], name, of: object, isList: false)
    }

    /// Gives an object an attribute of a list of texts.
    package func setTexts(
        _ texts: [String], _ name: String, of object: String
    ) throws(HDF5Error) {
        try writeTexts(texts, name, of: object, isList: true)
    }

    /// Gives an object an attribute of one number.
    package func setNumber<Value: Element>(
        _ number: Value, _ name: String, of object: String
    ) throws(HDF5Error) {
        try writeNumbers([number], name, of: object, isList: false)
    }

    /// Gives an object an attribute of a list of numbers.
    package func setNumbers<Value: Element>(
        _ numbers: [Value], _ name: String, of object: String
    ) throws(HDF5Error) {
        try writeNumbers(numbers, name, of: object, isList: true)
    }

    /// Texts of up to this many bytes are stored with a fixed length: libhdf5 reads those from
    /// the object's own header, those of any length from a heap that damage makes dangerous
    /// (``GlobalHeapInspection``). A header has room for 64 KiB.
    private static let fixedLengthLimit = 60_000

    private func writeTexts(
        _ texts: [String], _ name: String, of object: String, isList: Bool
    ) throws(HDF5Error) {
        precondition(
            texts.allSatisfy { !$0.utf8.contains(0) }, "a text with a NUL cannot be an attribute")
        let place = place(object).attribute(name)
        let length = max(1, texts.map(\.utf8.count).max() ?? 1)
        let isFixed = length <= Self.fixedLengthLimit / max(1, texts.count)
        let type = try Handle(
            H5Tcopy(chdf5_c_string()), releasedBy: H5Tclose, "H5Tcopy", at: place)
        try Library.check(
            H5Tset_size(type.id, isFixed ? length : chdf5_variable_length()), "H5Tset_size",
            at: place)
        try Library.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), "H5Tset_strpad", at: place)
        try Library.check(H5Tset_cset(type.id, H5T_CSET_UTF8), "H5Tset_cset", at: place)
        let attribute = try createAttribute(
            name, of: object, type: type.id, count: isList ? texts.count : nil, at: place)
        guard !texts.isEmpty else { return }
        let status =
            isFixed
            ? Self.writeFixed(texts, length: length, to: attribute, type: type)
            : Self.writeVariable(texts, to: attribute, type: type)
        try Library.check(status, "H5Awrite", at: place)
    }

    private static func writeFixed(
        _ texts: [String], length: Int, to attribute: borrowing Handle, type: borrowing Handle
    ) -> herr_t {
        var bytes: [UInt8] = []
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            bytes.append(contentsOf: repeatElement(0, count: length - text.utf8.count))
        }
        return unsafe H5Awrite(attribute.id, type.id, bytes)
    }

    private static func writeVariable(
        _ texts: [String], to attribute: borrowing Handle, type: borrowing Handle
    ) -> herr_t {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8.map(CChar.init(bitPattern:)))
            bytes.append(0)
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let pointers = unsafe starts.map { start in
                unsafe buffer.baseAddress.map { unsafe $0 + start }
            }
            return unsafe H5Awrite(attribute.id, type.id, pointers)
        }
    }

    private func writeNumbers<Value: Element>(
        _ numbers: [Value], _ name: String, of object: String, isList: Bool
    ) throws(HDF5Error) {
        let place = place(object).attribute(name)
        let attribute = try createAttribute(
            name, of: object, type: Value.numberType.stored, count: isList ? numbers.count : nil,
            at: place)
        guard !numbers.isEmpty else { return }
        try Library.check(
            unsafe H5Awrite(attribute.id, Value.numberType.native, numbers), "H5Awrite",
            at: place)
    }

    private func createAttribute(
        _ name: String, of object: String, type: hid_t, count: Int?, at place: Place
    ) throws(HDF5Error) -> Handle {
        let owner = try openObject(resolved: try resolve(object, kind: "object"), at: place)
        let space = try Dataspace.make(count.map { [$0] }, at: place)
        return try Handle(
            unsafe H5Acreate2(
                owner.id, name, type, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)),
            releasedBy: H5Aclose, "H5Acreate2", at: place)
    }
}
