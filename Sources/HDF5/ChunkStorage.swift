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
    /// A filter of a dataset that can be undone here; `nil` for any other.
    init?(_ filter: DatasetInspection.Filter) {
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
