import CHDF5

/// Looks a dataset over before anything is allocated for it: what its description promises must
/// be there, in this file, behind filters that are known.
struct DatasetInspection {
    private let dataset: hid_t
    private let fileBytes: Int
    private let chunkLimit: Int
    private let unwritten: UnwrittenPolicy
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
        let filters = try filterNumbers(of: properties)
        let shape = try readShape()
        let chunkShape =
            layout == H5D_CHUNKED ? try readChunkShape(properties, rank: shape.count) : nil
        let stored = Int(clamping: H5Dget_storage_size(dataset))
        guard stored <= fileBytes else {
            throw implausible(shape, bytes: stored, stored: fileBytes)
        }
        let bytes = try byteCount(shape: shape, valueBytes: valueBytes)
        if let chunkShape {
            try checkChunks(
                chunkShape, of: shape, valueBytes: valueBytes, stored: stored,
                isFiltered: !filters.isEmpty)
        } else if stored < bytes {
            throw HDF5Error(.storage(.unwritten(expected: bytes, found: stored)), at: place)
        }
        return DatasetDescription(
            shape: shape, type: storedType, chunkShape: chunkShape, filters: filters,
            storedBytes: stored, unwritten: nil)
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

    private func filterNumbers(of properties: borrowing Handle) throws(HDF5Error) -> [Int] {
        let count = try Library.check(
            H5Pget_nfilters(properties.id), "H5Pget_nfilters", at: place)
        var numbers: [Int] = []
        for index in 0..<count {
            var name = [CChar](repeating: 0, count: 64)
            var flags: UInt32 = 0
            var valueCount = 0
            var configuration: UInt32 = 0
            let number = Int(
                try Library.check(
                    unsafe H5Pget_filter2(
                        properties.id, UInt32(index), &flags, &valueCount, nil, name.count, &name,
                        &configuration), "H5Pget_filter2", at: place))
            guard H5Zfilter_avail(H5Z_filter_t(number)) > 0 else {
                let stored = String(
                    decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                    as: UTF8.self)
                throw HDF5Error(
                    .storage(
                        .unknownFilter(
                            id: number, name: Self.filterNames[number] ?? stored)), at: place)
            }
            numbers.append(number)
        }
        guard numbers.count(where: { Self.compressions.contains($0) }) <= 1 else {
            throw HDF5Error(.storage(.repeatedCompression), at: place)
        }
        return numbers
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
        _ chunkShape: [Int], of shape: [Int], valueBytes: Int, stored: Int, isFiltered: Bool
    ) throws(HDF5Error) {
        guard !chunkShape.contains(0) else {
            throw HDF5Error(
                .unexpectedShape(expected: "chunks", found: "empty chunks"), at: place)
        }
        let counts = zip(shape, chunkShape).map { $0 / $1 + ($0 % $1 == 0 ? 0 : 1) }
        let expected = counts.contains(0) ? 0 : try byteCount(shape: counts, valueBytes: 1)
        let space = try Handle(
            H5Dget_space(dataset), releasedBy: H5Sclose, "H5Dget_space", at: place)
        var written: hsize_t = 0
        try Library.check(
            unsafe H5Dget_num_chunks(dataset, space.id, &written), "H5Dget_num_chunks", at: place)
        guard written >= expected else {
            throw HDF5Error(
                .storage(.unwritten(expected: expected, found: Int(clamping: written))),
                at: place)
        }
        guard expected > 0 else { return }
        let chunkBytes = try byteCount(shape: chunkShape, valueBytes: valueBytes)
        guard !isFiltered || chunkBytes <= chunkLimit else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: chunkBytes, limit: chunkLimit)), at: place,
                hint: "write it again with smaller chunks (h5repack -l CHUNK=…)")
        }
        let (inflated, overflows) = chunkBytes.multipliedReportingOverflow(by: expected)
        let expansion = isFiltered ? Self.largestExpansion : 1
        guard !overflows,
            inflated - Self.expansionAllowance <= stored.multipliedSaturating(by: expansion)
        else { throw implausible(shape, bytes: overflows ? nil : inflated, stored: stored) }
        try checkEachChunk(counts, chunkShape: chunkShape, chunkBytes: chunkBytes)
    }

    /// A chunk that was never written has no bytes; one that holds more bytes than compression
    /// ever adds would inflate to more than the chunk.
    private func checkEachChunk(
        _ counts: [Int], chunkShape: [Int], chunkBytes: Int
    ) throws(HDF5Error) {
        let largest = chunkBytes + chunkBytes / 256 + 1_024
        let total = counts.reduce(1, *)
        for index in 0..<total {
            var left = index
            var offset = [hsize_t](repeating: 0, count: counts.count)
            for dimension in counts.indices.reversed() {
                offset[dimension] = hsize_t(
                    left % counts[dimension] * chunkShape[dimension])
                left /= counts[dimension]
            }
            var bytes: hsize_t = 0
            try Library.check(
                unsafe H5Dget_chunk_storage_size(dataset, offset, &bytes),
                "H5Dget_chunk_storage_size", at: place)
            guard bytes > 0 else {
                throw HDF5Error(
                    .storage(.unwritten(expected: total, found: index)), at: place)
            }
            guard bytes <= largest else {
                throw HDF5Error(
                    .storage(
                        .implausibleSize(
                            declared: "a chunk of \(chunkBytes) bytes",
                            stored: Int(clamping: bytes))), at: place)
            }
        }
    }
}

extension Int {
    fileprivate func multipliedSaturating(by factor: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
