private import CHDF5
import PrintableText

extension File {
    /// Whether an object has an attribute.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    /// - Returns: `false` when it has none of that name.
    /// - Throws: ``HDF5Error`` when the object is not there.
    package func hasAttribute(_ name: String, of object: String) throws(HDF5Error) -> Bool {
        let place = place(object).attribute(name)
        let owner = try openObject(resolved: try resolve(object, kind: "object"), at: place)
        return try Library.check(unsafe H5Aexists(owner.id, name), "H5Aexists", at: place) > 0
    }

    /// An attribute of one text.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    /// - Returns: The text.
    /// - Throws: ``HDF5Error`` when there is none, or of another type or count.
    package func text(_ name: String, of object: String) throws(HDF5Error) -> String {
        let texts = try texts(name, of: object)
        guard texts.count == 1, let text = texts.first else {
            throw HDF5Error(
                .unexpectedShape(expected: "one text", found: "\(texts.count)"),
                at: place(object).attribute(name))
        }
        return text
    }

    /// An attribute of texts, of fixed or any length; UTF-8.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    /// - Returns: The texts.
    /// - Throws: ``HDF5Error`` when there is none, or of another type or count.
    package func texts(_ name: String, of object: String) throws(HDF5Error) -> [String] {
        try withAttribute(name, of: object) { (attribute) throws(HDF5Error) in
            guard case .string(let length) = attribute.type else {
                throw HDF5Error(
                    .unexpectedType(expected: "a text", found: "\(attribute.type)"),
                    at: attribute.place)
            }
            guard attribute.count > 0 else { return [] }
            if let length { return try attribute.fixedTexts(length: length) }
            try GlobalHeapInspection.check(path, at: attribute.place)
            return try attribute.variableTexts()
        }
    }

    /// An attribute of one number.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    ///   - type: A type that holds the stored value exactly; a whole number may be stored as any.
    /// - Returns: The number.
    /// - Throws: ``HDF5Error`` when there is none, or of another type or count.
    package func number<Value: Element>(
        _ name: String, of object: String, as type: Value.Type
    ) throws(HDF5Error) -> Value {
        let numbers = try numbers(name, of: object, as: type)
        guard numbers.count == 1, let number = numbers.first else {
            throw HDF5Error(
                .unexpectedShape(expected: "one number", found: "\(numbers.count)"),
                at: place(object).attribute(name))
        }
        return number
    }

    /// An attribute of numbers.
    ///
    /// - Parameters:
    ///   - name: The attribute.
    ///   - object: The object, from the root group.
    ///   - type: A type that holds the stored values exactly; whole numbers may be stored as any.
    /// - Returns: The numbers.
    /// - Throws: ``HDF5Error`` when there is none, or of another type.
    package func numbers<Value: Element>(
        _ name: String, of object: String, as type: Value.Type
    ) throws(HDF5Error) -> [Value] {
        try withAttribute(name, of: object) { (attribute) throws(HDF5Error) in
            if Value.numberType.holds(attribute.type) { return try attribute.values() }
            // Other programs write the rate 200 as a 64-bit integer: what counts is the value.
            var values: [Value] = []
            if Int64.numberType.holds(attribute.type) {
                values = try attribute.values(as: Int64.self).compactMap(Value.init(exactly:))
            }
            guard values.count == attribute.count else {
                throw HDF5Error(
                    .unexpectedType(
                        expected: Value.numberType.name, found: "\(attribute.type)"),
                    at: attribute.place)
            }
            return values
        }
    }

    private func withAttribute<Result: Sendable>(
        _ name: String, of object: String,
        _ body: (borrowing Attribute) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        let place = place(object).attribute(name)
        let owner = try openObject(resolved: try resolve(object, kind: "object"), at: place)
        guard try Library.check(unsafe H5Aexists(owner.id, name), "H5Aexists", at: place) > 0 else {
            throw HDF5Error(.missing(what: "attribute", found: [], count: 0), at: place)
        }
        let handle = try Handle(
            unsafe H5Aopen(owner.id, name, hid_t(H5P_DEFAULT)), releasedBy: H5Aclose, "H5Aopen",
            at: place)
        let space = try Handle(
            H5Aget_space(handle.id), releasedBy: H5Sclose, "H5Aget_space", at: place)
        let shape = try Dataspace.shape(of: space, at: place)
        let storedType = try Handle(
            H5Aget_type(handle.id), releasedBy: H5Tclose, "H5Aget_type", at: place)
        let type = try StoredType(storedType, at: place)
        var count = 1
        for extent in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard !overflows, product <= byteCount else {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(declared: "\(shape) values", stored: byteCount)),
                    at: place)
            }
            count = product
        }
        return try body(
            Attribute(
                handle: handle, memoryType: storedType, place: place, type: type, count: count))
    }
}

/// An open attribute.
private struct Attribute: ~Copyable {
    let handle: Handle
    /// The stored type, which texts are read as: their encodings are not converted.
    let memoryType: Handle
    let place: Place
    let type: StoredType
    let count: Int

    func values<Value: Element>(as type: Value.Type = Value.self) throws(HDF5Error) -> [Value] {
        guard count > 0 else { return [] }
        var status: herr_t = -1
        let values = unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            status = unsafe H5Aread(handle.id, Value.numberType.native, buffer.baseAddress)
            initialized = status < 0 ? 0 : count
        }
        try Library.check(status, "H5Aread", at: place)
        return values
    }

    func fixedTexts(length: Int) throws(HDF5Error) -> [String] {
        let (size, overflows) = length.multipliedReportingOverflow(by: count)
        // An attribute of fixed length lies in an object header, which is at most 64 KiB, or in
        // a heap of its own with objects that are hardly larger.
        guard !overflows, size <= 1 << 24 else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: overflows ? .max : size, limit: 1 << 24)), at: place)
        }
        var bytes = [UInt8](repeating: 0, count: size)
        try Library.check(
            unsafe H5Aread(handle.id, memoryType.id, &bytes), "H5Aread", at: place)
        let isSpacePadded = H5Tget_strpad(memoryType.id) == H5T_STR_SPACEPAD
        var texts: [String] = []
        for index in 0..<count {
            var text = bytes[index * length..<(index + 1) * length].prefix { $0 != 0 }
            if isSpacePadded {
                while text.last == UInt8(ascii: " ") { text.removeLast() }
            }
            texts.append(try decode(text))
        }
        return texts
    }

    func variableTexts() throws(HDF5Error) -> [String] {
        let space = try Handle(
            H5Aget_space(handle.id), releasedBy: H5Sclose, "H5Aget_space", at: place)
        var pointers = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        try Library.check(
            unsafe H5Aread(handle.id, memoryType.id, &pointers), "H5Aread", at: place)
        var byteStrings: [[UInt8]] = []
        for index in 0..<count {
            // An empty text may come back as no text at all.
            guard let pointer = unsafe pointers[index] else {
                byteStrings.append([])
                continue
            }
            var bytes: [UInt8] = []
            var next = unsafe pointer
            while unsafe next.pointee != 0 {
                unsafe bytes.append(UInt8(bitPattern: next.pointee))
                unsafe next += 1
            }
            byteStrings.append(bytes)
        }
        try Library.check(
            unsafe H5Dvlen_reclaim(memoryType.id, space.id, hid_t(H5P_DEFAULT), &pointers),
            "H5Dvlen_reclaim", at: place)
        var texts: [String] = []
        for bytes in byteStrings { texts.append(try decode(bytes[...])) }
        return texts
    }

    private func decode(_ bytes: ArraySlice<UInt8>) throws(HDF5Error) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "UTF-8 text", found: ForeignText.decode(bytes)),
                at: place)
        }
        return text
    }
}
