import CHDF5
import PrintableText

/// Looks a dataset over before anything is allocated for it: what its description promises must
/// be there, in this file, behind filters that are known.
struct DatasetInspection {
    private let dataset: hid_t
    private let fileBytes: Int
    private let chunkLimit: Int
    private let unwritten: UnwrittenPolicy
    private let structure: FileStructure?
    private let place: Place

    /// A deflate stream gives at most 1032 bytes for one (RFC 1951: 258 bytes for two bits).
    private static let largestExpansion = 1_032

    /// Small datasets pay for whole chunks.
    private static let expansionAllowance = 1 << 20

    init(
        dataset: hid_t, file: borrowing File, unwritten: UnwrittenPolicy, place: Place
    ) {
        self.dataset = dataset
        fileBytes = file.byteCount
        chunkLimit = file.limits.chunkBytes
        self.unwritten = unwritten
        structure = file.structure
        self.place = place
    }

    func describe() throws(HDF5Error) -> DatasetDescription {
        let type = try Handle(
            H5Dget_type(dataset), releasedBy: H5Tclose, "H5Dget_type", at: place)
        let storedType = try StoredType(type, at: place)
        let valueBytes = Int(clamping: H5Tget_size(type.id))
        let properties = try Handle(
            H5Dget_create_plist(dataset), releasedBy: H5Pclose, "H5Dget_create_plist", at: place)
        let layout = H5Pget_layout(properties.id)
        guard layout != H5D_VIRTUAL else { throw HDF5Error(.storage(.virtual), at: place) }
        guard H5Pget_external_count(properties.id) <= 0 else {
            throw HDF5Error(.storage(.external), at: place)
        }
        let filters = try readFilters(of: properties)
        let shape = try readShape()
        let chunkShape =
            layout == H5D_CHUNKED ? try readChunkShape(properties, rank: shape.count) : nil
        let stored = Int(clamping: H5Dget_storage_size(dataset))
        guard stored <= fileBytes else {
            throw implausible(shape, bytes: stored, stored: fileBytes)
        }
        let bytes = try byteCount(shape: shape, valueBytes: valueBytes)
        let storage = try ChunkStorage(
            shape: shape, chunk: chunkShape, type: type, properties: properties,
            filters: filters, at: place)
        var missing: UnwrittenChunks?
        if let chunkShape {
            missing = try checkChunks(
                chunkShape, of: shape, valueBytes: valueBytes, stored: stored, filters: filters,
                foreign: storage == nil && H5Tget_class(type.id) != H5T_COMPOUND)
        } else if stored < bytes {
            throw HDF5Error(.storage(.unwritten(expected: bytes, found: stored)), at: place)
        }
        return DatasetDescription(
            shape: shape, type: storedType, chunkShape: chunkShape,
            filters: filters.map(\.number), storedBytes: stored, unwritten: missing,
            storage: storage)
    }

    // MARK: Shape

    private func readShape() throws(HDF5Error) -> [Int] {
        let space = try Handle(
            H5Dget_space(dataset), releasedBy: H5Sclose, "H5Dget_space", at: place)
        return try Dataspace.shape(of: space, at: place)
    }

    private func readChunkShape(
        _ properties: borrowing Handle, rank: Int
    ) throws(HDF5Error) -> [Int] {
        var dimensions = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
        let found = try Library.check(
            unsafe H5Pget_chunk(properties.id, Int32(dimensions.count), &dimensions),
            "H5Pget_chunk", at: place)
        guard Int(found) == rank else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "chunks of \(rank) dimensions", found: "\(found)"), at: place)
        }
        return dimensions.prefix(rank).map { Int(clamping: $0) }
    }

    /// The bytes of all values in memory of the stored type.
    private func byteCount(shape: [Int], valueBytes: Int) throws(HDF5Error) -> Int {
        var product = valueBytes
        // An empty dimension makes the whole dataset empty, however long the others are.
        guard !shape.contains(0) else { return 0 }
        for extent in shape {
            let (next, overflows) = product.multipliedReportingOverflow(by: extent)
            // Values are widened to at most 8 bytes, which must fit too.
            guard !overflows, next <= Int.max / 8 else {
                throw implausible(shape, bytes: nil, stored: fileBytes)
            }
            product = next
        }
        return product
    }

    private func implausible(_ shape: [Int], bytes: Int?, stored: Int) -> HDF5Error {
        let extents = shape.map(String.init).joined(separator: " × ")
        let size = bytes.map { " (\($0) bytes)" } ?? ""
        return HDF5Error(
            .storage(.implausibleSize(declared: "\(extents) values\(size)", stored: stored)),
            at: place)
    }

    // MARK: Filters

    /// A filter of a dataset.
    struct Filter {
        let number: Int
        /// Its parameters.
        let values: [UInt32]
    }

    private func readFilters(of properties: borrowing Handle) throws(HDF5Error) -> [Filter] {
        let count = try Library.check(
            H5Pget_nfilters(properties.id), "H5Pget_nfilters", at: place)
        var filters: [Filter] = []
        for index in 0..<count {
            var name = [CChar](repeating: 0, count: 64)
            var flags: UInt32 = 0
            // No filter that is known here has more.
            var values = [UInt32](repeating: 0, count: 32)
            var valueCount = values.count
            var configuration: UInt32 = 0
            let number = Int(
                try Library.check(
                    unsafe H5Pget_filter2(
                        properties.id, UInt32(index), &flags, &valueCount, &values, name.count,
                        &name, &configuration), "H5Pget_filter2", at: place))
            guard H5Zfilter_avail(H5Z_filter_t(number)) > 0 else {
                let stored = ForeignText.decode(name: name)
                throw HDF5Error(
                    .storage(
                        .unknownFilter(
                            id: number, name: Self.filterNames[number] ?? stored)), at: place)
            }
            filters.append(Filter(number: number, values: Array(values.prefix(valueCount))))
        }
        guard filters.count(where: { Self.compressions.contains($0.number) }) <= 1 else {
            throw HDF5Error(.storage(.repeatedCompression), at: place)
        }
        return filters
    }

    /// Registered filters that users meet.
    private static let filterNames = [
        307: "bzip2", 32_000: "LZF", 32_001: "Blosc", 32_004: "LZ4", 32_008: "bitshuffle",
        32_013: "ZFP", 32_015: "Zstandard", 32_026: "Blosc2",
    ]

    private static let compressions = [
        Int(H5Z_FILTER_DEFLATE), Int(H5Z_FILTER_SZIP), Int(H5Z_FILTER_SCALEOFFSET),
        Int(H5Z_FILTER_NBIT),
    ]

    // MARK: Chunks

    private func checkChunks(
        _ chunkShape: [Int], of shape: [Int], valueBytes: Int, stored: Int, filters: [Filter],
        foreign isForeign: Bool
    ) throws(HDF5Error) -> UnwrittenChunks? {
        let isFiltered = !filters.isEmpty
        guard !chunkShape.contains(0), !chunkShape.isEmpty else {
            throw HDF5Error(
                .unexpectedShape(expected: "chunks", found: "empty chunks"), at: place)
        }
        let ownBytes =
            filters.isEmpty ? try byteCount(shape: chunkShape, valueBytes: valueBytes) : nil
        try structure?.checkChunks(
            of: dataset, rank: shape.count, chunkBytes: ownBytes, at: place)
        let grid = ChunkGrid(shape: shape, chunk: chunkShape)
        let expected =
            grid.counts.contains(0) ? 0 : try byteCount(shape: grid.counts, valueBytes: 1)
        let space = try Handle(
            H5Dget_space(dataset), releasedBy: H5Sclose, "H5Dget_space", at: place)
        var count: hsize_t = 0
        try Library.check(
            unsafe H5Dget_num_chunks(dataset, space.id, &count), "H5Dget_num_chunks", at: place)
        let written = Int(clamping: count)
        guard written >= expected || unwritten == .filled && mayBeFilled(expected, written) else {
            throw HDF5Error(
                .storage(.unwritten(expected: expected, found: written)), at: place)
        }
        guard expected > 0 else { return nil }
        let chunkBytes = try byteCount(shape: chunkShape, valueBytes: valueBytes)
        guard !isFiltered || chunkBytes <= chunkLimit else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: chunkBytes, limit: chunkLimit)), at: place,
                hint: "write it again with smaller chunks (h5repack -l CHUNK=…)")
        }
        let (inflated, overflows) = chunkBytes.multipliedReportingOverflow(by: expected)
        let expansion = isFiltered || unwritten == .filled ? Self.largestExpansion : 1
        guard !overflows,
            inflated - Self.expansionAllowance <= stored.multipliedSaturating(by: expansion)
        else { throw implausible(shape, bytes: overflows ? nil : inflated, stored: stored) }
        let inspection =
            isFiltered && isForeign
            ? try FilteredChunkInspection(
                filters, of: dataset, grid: grid, chunkBytes: chunkBytes, at: place) : nil
        return try checkEachChunk(
            grid, total: expected, chunkBytes: chunkBytes, inspection)
    }

    /// Each chunk is looked for: chunks that are not there must not be so many that this takes
    /// for ever.
    private func mayBeFilled(_ expected: Int, _ written: Int) -> Bool {
        expected / 16 - 4_096 <= written
    }

    /// A chunk that was never written has no bytes; one that holds more bytes than compression
    /// ever adds would inflate to more than the chunk.
    private func checkEachChunk(
        _ grid: ChunkGrid, total: Int, chunkBytes: Int, _ inspection: FilteredChunkInspection?
    ) throws(HDF5Error) -> UnwrittenChunks? {
        let largest = ChunkPipeline.largestStored(chunkBytes: chunkBytes)
        var missing = 0
        var rows: [Range<Int>] = []
        for index in 0..<total {
            let origin = grid.origin(of: index)
            let bytes = try StoredChunk.size(of: dataset, origin: origin, at: place)
            if bytes == 0 {
                guard unwritten == .filled else {
                    throw HDF5Error(
                        .storage(.unwritten(expected: total, found: index)), at: place)
                }
                missing += 1
                rows.append(
                    origin[0]..<min(origin[0] + grid.chunk[0], grid.shape[0]),
                    limit: UnwrittenChunks.runLimit)
            }
            guard bytes <= largest else {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(
                            declared: "a chunk of \(chunkBytes) bytes",
                            stored: bytes)), at: place)
            }
            guard let inspection, bytes > 0 else { continue }
            let (stored, mask) = try StoredChunk.read(
                of: dataset, origin: origin, size: bytes, at: place)
            do throws(ChunkFault) {
                try inspection.check(stored, mask: mask, at: origin)
            } catch {
                let position = origin.map(String.init).joined(separator: ", ")
                throw HDF5Error(
                    .damaged(reason: "the chunk at (\(position)): \(error.reason)"), at: place)
            }
        }
        return missing == 0 ? nil : UnwrittenChunks(count: missing, total: total, rows: rows)
    }
}

extension [Range<Int>] {
    /// Adds rows that do not lie before the last run; those that touch it join it.
    fileprivate mutating func append(_ rows: Range<Int>, limit: Int) {
        if let last, rows.lowerBound <= last.upperBound {
            self[count - 1] = last.lowerBound..<Swift.max(last.upperBound, rows.upperBound)
        } else if count < limit {
            append(rows)
        }
    }
}

extension Int {
    /// The product, or the largest number in place of one that is too large.
    func multipliedSaturating(by factor: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
