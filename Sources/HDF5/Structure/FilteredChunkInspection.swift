import CHDF5

/// Makes sure that what libhdf5 itself decompresses gives as many bytes as the chunk has: it does
/// not look, and a shorter chunk reads on into whatever memory lies behind it.
///
/// Each chunk is read and undone here, or, behind scale-offset and n-bit, its packed bits are
/// counted. Numbers of standard types need none of this (``ChunkStorage``).
struct FilteredChunkInspection {
    private let chunkBytes: Int
    private let grid: ChunkGrid
    /// Whether chunks that reach beyond the dataset are stored as they are.
    private let endsArePlain: Bool
    /// What is undone of the stored bytes before the packed bits are counted.
    private let pipeline: ChunkPipeline
    /// What is left then; `nil` when nothing is and the bytes are the chunk's.
    private let packing: Packing?
    private let filterCount: Int

    /// A filter whose packed bits are counted, by its number, parameters and place.
    private struct Packing {
        let number: Int
        let values: [UInt32]
        let index: Int
    }

    /// The width of the header in front of values of scale-offset.
    private static let scaleOffsetHeader = 21

    /// - Parameters:
    ///   - filters: The filters in the order of writing, at most one of them a compression.
    ///   - dataset: The identifier of the dataset.
    ///   - grid: Its chunks.
    ///   - chunkBytes: The bytes of a chunk.
    ///   - place: The dataset.
    /// - Throws: ``HDF5Error`` for filters of which nobody can say what they give.
    init(
        _ filters: [DatasetInspection.Filter], of dataset: hid_t, grid: ChunkGrid,
        chunkBytes: Int, at place: Place
    ) throws(HDF5Error) {
        let properties = try Handle(
            H5Dget_create_plist(dataset), releasedBy: H5Pclose, "H5Dget_create_plist", at: place)
        var options: UInt32 = 0
        try Library.check(
            unsafe H5Pget_chunk_opts(properties.id, &options), "H5Pget_chunk_opts", at: place)
        endsArePlain = options != 0
        self.grid = grid
        self.chunkBytes = chunkBytes
        filterCount = filters.count
        let packings = [Int(H5Z_FILTER_SCALEOFFSET), Int(H5Z_FILTER_NBIT)]
        let packed = filters.firstIndex { packings.contains($0.number) }
        packing = packed.map {
            Packing(number: filters[$0].number, values: filters[$0].values, index: $0)
        }
        var steps: [ChunkPipeline.Filter] = []
        for (index, filter) in filters.enumerated() where index != packed {
            guard let step = ChunkPipeline.Filter(filter),
                packed == nil || (index > packed ?? 0 && step == .fletcher32)
            else {
                throw HDF5Error(
                    .unexpectedType(
                        expected: "filters whose result can be checked",
                        found: "filter \(filter.number)"), at: place,
                    hint: "write it again with gzip (h5repack -f GZIP=4)")
            }
            steps.append(step)
        }
        pipeline = ChunkPipeline(filters: steps)
    }

    /// Makes sure of a chunk.
    ///
    /// - Parameters:
    ///   - stored: Its bytes in the file.
    ///   - mask: Bit *i* is set when filter *i* was left out.
    ///   - origin: Its first value.
    /// - Throws: ``ChunkFault`` when it gives another number of bytes than the chunk has.
    func check(_ stored: [UInt8], mask: UInt32, at origin: [Int]) throws(ChunkFault) {
        let isAtEnd = zip(origin, zip(grid.chunk, grid.shape)).contains { $0 + $1.0 > $1.1 }
        if endsArePlain, isAtEnd {
            guard stored.count >= chunkBytes else { throw .shorter(than: chunkBytes) }
            return
        }
        guard let packing, mask & 1 << UInt32(packing.index) == 0 else {
            // Without the packing, the steps around it stand one bit apart.
            let bits = packing.map { removing($0.index, from: mask) } ?? mask
            _ = try pipeline.decode(stored, mask: bits, chunkBytes: chunkBytes)
            return
        }
        let checksums = (packing.index + 1..<filterCount).count { mask & 1 << UInt32($0) == 0 }
        let bytes = stored.count - checksums * ChunkPipeline.checksumBytes
        let values = packing.values.map(Int.init)
        let needed =
            packing.number == Int(H5Z_FILTER_NBIT)
            ? bitPackedBytes(values) : scaledBytes(values, header: stored)
        guard let needed, needed <= bytes else { throw .shorter(than: chunkBytes) }
    }

    private func removing(_ index: Int, from mask: UInt32) -> UInt32 {
        let low = mask & ((1 << UInt32(index)) - 1)
        return low | (mask >> UInt32(index + 1)) << UInt32(index)
    }

    /// The bytes that n-bit reads; `nil` when its parameters are not those of the chunk.
    private func bitPackedBytes(_ values: [Int]) -> Int? {
        // Parameters, whether nothing was packed, values, class 1 for numbers, their size, byte
        // order, precision and offset.
        guard values.count >= 8, values[3] == 1,
            values[2].multipliedSaturating(by: values[4]) == chunkBytes
        else { return values.count >= 3 && values[1] != 0 ? chunkBytes : nil }
        guard values[1] == 0 else { return chunkBytes }
        guard values[6] > 0, values[6] + values[7] <= 8 * values[4] else { return nil }
        return (values[2].multipliedSaturating(by: values[6]) + 7) / 8
    }

    /// The bytes that scale-offset reads; `nil` when its parameters are not those of the chunk.
    private func scaledBytes(_ values: [Int], header: [UInt8]) -> Int? {
        // Kind and factor of the scale, values, class, their size.
        guard values.count >= 8, let bits = header.number(0, as: UInt32.self).map(Int.init),
            values[2].multipliedSaturating(by: values[4]) == chunkBytes, bits <= 8 * values[4]
        else { return nil }
        return Self.scaleOffsetHeader + (values[2].multipliedSaturating(by: bits) + 7) / 8
    }
}
