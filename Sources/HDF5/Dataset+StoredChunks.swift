import CHDF5

extension Dataset {
    /// The bytes of a chunk as they are stored, and which steps were left out; `nil` when it was
    /// never written.
    func readStored(
        _ origin: [Int], largest: Int
    ) throws(HDF5Error) -> (bytes: [UInt8], mask: UInt32)? {
        let size = try StoredChunk.size(of: handle.id, origin: origin, at: place)
        guard size > 0 else { return nil }
        // Seen at the opening already; the file may have been changed since.
        guard size <= largest else {
            throw HDF5Error(
                .storage(
                    .implausibleSize(
                        declared: "a chunk of \(largest) bytes", stored: size)),
                at: place)
        }
        return try StoredChunk.read(of: handle.id, origin: origin, size: size, at: place)
    }

    /// What stands for values that were never written: 0 when the dataset does not say.
    func fillValue<Value: Element>(as type: Value.Type) throws(HDF5Error) -> Value {
        let properties = try Handle(
            H5Dget_create_plist(handle.id), releasedBy: H5Pclose, "H5Dget_create_plist", at: place)
        var status = H5D_FILL_VALUE_ERROR
        try Library.check(
            unsafe H5Pfill_value_defined(properties.id, &status), "H5Pfill_value_defined",
            at: place)
        var value = Value(widening: Int64(0))
        guard status != H5D_FILL_VALUE_UNDEFINED else { return value }
        try Library.check(
            unsafe H5Pget_fill_value(properties.id, Value.numberType.native, &value),
            "H5Pget_fill_value", at: place)
        return value
    }
}
