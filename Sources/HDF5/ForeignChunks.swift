import CHDF5
import PrintableText

/// The chunks of a dataset whose values are no plain numbers, read as they are stored and
/// decompressed here: libhdf5 follows a compressed stream wherever it leads.
struct ForeignChunks: Sendable, Hashable {
    let grid: ChunkGrid
    private let pipeline: ChunkPipeline?
    private let valueBytes: Int

    /// Whether chunks are stored in another way than they are.
    var isFiltered: Bool { pipeline != nil }

    /// The bytes of a chunk, decompressed.
    var chunkBytes: Int { grid.valuesPerChunk * valueBytes }

    /// Looks the chunks of a dataset of one dimension over; `nil` when it is not chunked.
    ///
    /// - Parameters:
    ///   - dataset: Its identifier.
    ///   - count: How many values it has.
    ///   - valueBytes: The bytes of a value in the file.
    ///   - limit: The most bytes that a chunk may have.
    ///   - place: Where it is.
    /// - Throws: ``HDF5Error`` for filters that cannot be undone here, and chunks that cannot be.
    init?(
        _ dataset: borrowing Handle, count: Int, valueBytes: Int, limit: Int, at place: Place
    ) throws(HDF5Error) {
        let properties = try Handle(
            H5Dget_create_plist(dataset.id), releasedBy: H5Pclose, "H5Dget_create_plist",
            at: place)
        guard H5Pget_layout(properties.id) == H5D_CHUNKED else { return nil }
        var extent = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
        let rank = try Library.check(
            unsafe H5Pget_chunk(properties.id, Int32(extent.count), &extent), "H5Pget_chunk",
            at: place)
        let length = Int(clamping: extent[0])
        let (bytes, overflows) = length.multipliedReportingOverflow(by: valueBytes)
        guard rank == 1, length > 0 else {
            throw HDF5Error(
                .unexpectedShape(expected: "chunks of one dimension", found: "\(rank)"), at: place)
        }
        guard !overflows, bytes <= limit else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: overflows ? .max : bytes, limit: limit)), at: place,
                hint: "write it again with smaller chunks (h5repack -l CHUNK=…)")
        }
        grid = ChunkGrid(shape: [count], chunk: [length])
        self.valueBytes = valueBytes
        let filters = try Self.filters(of: properties, at: place)
        pipeline = filters.isEmpty ? nil : ChunkPipeline(filters: filters)
    }

    private static func filters(
        of properties: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> [ChunkPipeline.Filter] {
        let count = try Library.check(
            H5Pget_nfilters(properties.id), "H5Pget_nfilters", at: place)
        var filters: [ChunkPipeline.Filter] = []
        for index in 0..<count {
            var (flags, configuration): (UInt32, UInt32) = (0, 0)
            var values = [UInt32](repeating: 0, count: 32)
            var valueCount = values.count
            var name = [CChar](repeating: 0, count: 64)
            let number = try Library.check(
                unsafe H5Pget_filter2(
                    properties.id, UInt32(index), &flags, &valueCount, &values, name.count, &name,
                    &configuration), "H5Pget_filter2", at: place)
            switch Int(number) {
            case Int(H5Z_FILTER_SHUFFLE):
                // On texts of any length libhdf5 sets no width, and leaves the step out of every
                // chunk; bytes of one-byte numbers stay where they are.
                filters.append(.shuffle(width: valueCount > 0 ? max(1, Int(values[0])) : 1))
            case Int(H5Z_FILTER_DEFLATE):
                guard
                    !filters.contains(where: { if case .deflate = $0 { true } else { false } })
                else { throw HDF5Error(.storage(.repeatedCompression), at: place) }
                filters.append(.deflate(level: 1))
            case Int(H5Z_FILTER_FLETCHER32): filters.append(.fletcher32)
            default:
                let stored = ForeignText.decode(name: name)
                throw HDF5Error(
                    .storage(.unknownFilter(id: Int(number), name: stored)), at: place,
                    hint: HDF5Error.StorageFault.rewritingHint(filter: Int(number)))
            }
        }
        return filters
    }

    /// The bytes of a chunk as they were before they were stored; `nil` when it was never
    /// written.
    func read(
        _ number: Int, of dataset: borrowing Handle, at place: Place
    ) throws(HDF5Error) -> [UInt8]? {
        let origin = grid.origin(of: number)
        let size = try StoredChunk.size(of: dataset.id, origin: origin, at: place)
        guard size > 0 else { return nil }
        guard size <= ChunkPipeline.largestStored(chunkBytes: chunkBytes) else {
            throw HDF5Error(
                .storage(
                    .implausibleSize(declared: "a chunk of \(chunkBytes) bytes", stored: size)),
                at: place)
        }
        let (stored, mask) = try StoredChunk.read(
            of: dataset.id, origin: origin, size: size, at: place)
        do throws(ChunkFault) {
            guard let pipeline else {
                guard stored.count == chunkBytes else {
                    throw stored.count < chunkBytes
                        ? .shorter(than: chunkBytes) : .longer(than: chunkBytes)
                }
                return stored
            }
            return try pipeline.decode(stored, mask: mask, chunkBytes: chunkBytes)
        } catch {
            throw HDF5Error(
                .damaged(reason: "the chunk at \(origin[0]): \(error.reason)"), at: place)
        }
    }
}
