import CHDF5

/// The bytes of chunks as they lie in the file.
enum StoredChunk {
    /// How many bytes a chunk takes; 0 when it was never written.
    ///
    /// - Parameters:
    ///   - dataset: The identifier of the dataset.
    ///   - origin: The chunk's first value.
    ///   - place: Where the dataset is.
    /// - Returns: The bytes in the file.
    /// - Throws: ``HDF5Error`` when the index of the chunks cannot be read.
    static func size(
        of dataset: hid_t, origin: [Int], at place: Place
    ) throws(HDF5Error) -> Int {
        var bytes: hsize_t = 0
        let status = unsafe H5Dget_chunk_storage_size(
            dataset, origin.map(hsize_t.init), &bytes)
        guard status < 0 else { return Int(clamping: bytes) }
        let stack = ErrorStack.drain()
        guard stack.isUnwrittenChunk else {
            throw stack.error(call: "H5Dget_chunk_storage_size", at: place)
        }
        return 0
    }

    /// The bytes of a chunk as they are stored, and which steps were left out.
    ///
    /// - Parameters:
    ///   - dataset: The identifier of the dataset.
    ///   - origin: The chunk's first value.
    ///   - size: How many bytes it takes.
    ///   - place: Where the dataset is.
    /// - Returns: The bytes; bit *i* of the mask is set when filter *i* was left out.
    /// - Throws: ``HDF5Error`` when they cannot be read.
    static func read(
        of dataset: hid_t, origin: [Int], size: Int, at place: Place
    ) throws(HDF5Error) -> (bytes: [UInt8], mask: UInt32) {
        var mask: UInt32 = 0
        var status: herr_t = -1
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            status = unsafe H5Dread_chunk(
                dataset, hid_t(H5P_DEFAULT), origin.map(hsize_t.init), &mask, buffer.baseAddress)
            initialized = status < 0 ? 0 : size
        }
        try Library.check(status, "H5Dread_chunk", at: place)
        return (bytes, mask)
    }
}
