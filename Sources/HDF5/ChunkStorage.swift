private import CHDF5

/// What is needed to read the chunks of a dataset outside libhdf5.
struct ChunkStorage: Sendable, Hashable {
    let grid: ChunkGrid
    let pipeline: ChunkPipeline
    let format: NumberFormat

    /// The bytes of a chunk, decompressed.
    var chunkBytes: Int { grid.valuesPerChunk * format.width }

    /// The storage of a dataset; `nil` when it has no filters or others than shuffle, deflate and
    /// Fletcher-32, or values that are not of a standard type of number.
    init?(
        shape: [Int], chunk: [Int]?, type: borrowing Handle, properties: borrowing Handle,
        filters: [DatasetInspection.Filter], at place: Place
    ) throws(HDF5Error) {
        guard let chunk, !shape.isEmpty, !filters.isEmpty else { return nil }
        // A dataset may say that chunks which reach beyond it are stored as they are.
        var options: UInt32 = 0
        try Library.check(
            unsafe H5Pget_chunk_opts(properties.id, &options), "H5Pget_chunk_opts", at: place)
        guard options == 0, let format = try NumberFormat(type, at: place) else { return nil }
        let known = filters.compactMap(ChunkPipeline.Filter.init)
        guard known.count == filters.count else { return nil }
        grid = ChunkGrid(shape: shape, chunk: chunk)
        pipeline = ChunkPipeline(filters: known)
        self.format = format
    }
}

extension ChunkPipeline.Filter {
    fileprivate init?(_ filter: DatasetInspection.Filter) {
        switch filter.number {
        case Int(H5Z_FILTER_SHUFFLE):
            guard filter.values.count == 1, let width = filter.values.first, width > 0 else {
                return nil
            }
            self = .shuffle(width: Int(width))
        case Int(H5Z_FILTER_DEFLATE): self = .deflate(level: filter.values.first.map(Int.init) ?? 0)
        case Int(H5Z_FILTER_FLETCHER32): self = .fletcher32
        default: return nil
        }
    }
}

extension Dataset {
    /// The bytes of a chunk as they are stored, and which steps were left out; `nil` when it was
    /// never written.
    func readStored(
        _ origin: [Int], largest: Int
    ) throws(HDF5Error) -> (bytes: [UInt8], mask: UInt32)? {
        let offset = origin.map(hsize_t.init)
        var size: hsize_t = 0
        try Library.check(
            unsafe H5Dget_chunk_storage_size(handle.id, offset, &size),
            "H5Dget_chunk_storage_size", at: place)
        guard size > 0 else { return nil }
        // Seen at the opening already; the file may have been changed since.
        guard size <= largest else {
            throw HDF5Error(
                .storage(
                    .implausibleSize(
                        declared: "a chunk of \(largest) bytes", stored: Int(clamping: size))),
                at: place)
        }
        var mask: UInt32 = 0
        var status: herr_t = -1
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, initialized in
            status = unsafe H5Dread_chunk(
                handle.id, hid_t(H5P_DEFAULT), offset, &mask, buffer.baseAddress)
            initialized = status < 0 ? 0 : Int(size)
        }
        try Library.check(status, "H5Dread_chunk", at: place)
        return (bytes, mask)
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
