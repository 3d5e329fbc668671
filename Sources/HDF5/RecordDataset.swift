import CHDF5

/// An open dataset of records, under the lock.
struct RecordDataset: ~Copyable {
    let dataset: Dataset
    let members: [RecordMember]
    let chunks: ForeignChunks?
    private let type: Handle

    init(_ file: borrowing File, _ name: String) throws(HDF5Error) {
        let dataset = try file.openDataset(name, unwritten: .refused)
        let place = dataset.place
        let shape = dataset.description.shape
        let type = try Handle(
            H5Dget_type(dataset.handle.id), releasedBy: H5Tclose, "H5Dget_type", at: place)
        guard H5Tget_class(type.id) == H5T_COMPOUND else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "records", found: "\(dataset.description.type)"), at: place)
        }
        guard shape.count == 1 else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "one dimension of records", found: "\(shape.count)"), at: place)
        }
        let members = try RecordMember.members(of: type, at: place)
        let chunks = try ForeignChunks(
            dataset.handle, count: shape[0], valueBytes: Int(H5Tget_size(type.id)),
            limit: file.limits.chunkBytes, at: place)
        self.members = members
        self.chunks = chunks
        self.dataset = dataset
        self.type = type
    }

    /// Reads records that libhdf5 has at hand uncompressed.
    func read(
        _ members: [RecordMember], rows: Range<Int>
    ) throws(HDF5Error) -> [Double] {
        let place = dataset.place
        let memoryType = try Self.memoryType(members, at: place)
        let fileSpace = try Handle(
            H5Dget_space(dataset.handle.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
        try Library.check(
            unsafe H5Sselect_hyperslab(
                fileSpace.id, H5S_SELECT_SET, [hsize_t(rows.lowerBound)], nil,
                [hsize_t(rows.count)], nil), "H5Sselect_hyperslab", at: place)
        let memorySpace = try Dataspace.make([rows.count], at: place)
        let total = rows.count * Int(H5Tget_size(memoryType.id)) / MemoryLayout<Double>.size
        guard total * MemoryLayout<Double>.size <= dataset.limits.bytes else {
            throw HDF5Error(
                .storage(
                    .tooLarge(
                        bytes: total * MemoryLayout<Double>.size, limit: dataset.limits.bytes)),
                at: place)
        }
        var values = [Double](repeating: 0, count: total)
        try Library.check(
            unsafe H5Dread(
                dataset.handle.id, memoryType.id, memorySpace.id, fileSpace.id,
                hid_t(H5P_DEFAULT), &values), "H5Dread", at: place)
        return values
    }

    /// Reads the records of a chunk, those that reach beyond the dataset among them.
    func readChunk(
        _ number: Int, _ members: [RecordMember]
    ) throws(HDF5Error) -> [Double] {
        let place = dataset.place
        guard let chunks else { return [] }
        guard var bytes = try chunks.read(number, of: dataset.handle, at: place) else {
            throw HDF5Error(
                .storage(
                    .unwritten(expected: chunks.grid.counts.reduce(1, *), found: number)),
                at: place)
        }
        let memoryType = try Self.memoryType(members, at: place)
        let count = chunks.grid.valuesPerChunk
        let recordBytes = Int(H5Tget_size(memoryType.id))
        let (needed, overflows) = count.multipliedReportingOverflow(by: recordBytes)
        guard !overflows, needed <= dataset.limits.bytes else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: overflows ? .max : needed, limit: dataset.limits.bytes)),
                at: place)
        }
        if bytes.count < needed {
            bytes += [UInt8](repeating: 0, count: needed - bytes.count)
        }
        var background = [UInt8](repeating: 0, count: needed)
        try Library.check(
            unsafe H5Tconvert(
                type.id, memoryType.id, count, &bytes, &background, hid_t(H5P_DEFAULT)),
            "H5Tconvert", at: place)
        return unsafe bytes.withUnsafeBytes { raw in
            (0..<needed / MemoryLayout<Double>.size).map { index in
                unsafe raw.loadUnaligned(
                    fromByteOffset: index * MemoryLayout<Double>.size, as: Double.self)
            }
        }
    }

    /// Records of the members' values as 64-bit floats, one after another.
    private static func memoryType(
        _ members: [RecordMember], at place: Place
    ) throws(HDF5Error) -> Handle {
        let number = Double.numberType.native
        var size = 0
        for member in members {
            let (next, overflows) = size.addingReportingOverflow(
                member.count.multipliedReportingOverflow(by: 8).partialValue)
            guard !overflows, next <= 1 << 20 else {
                throw HDF5Error(
                    .unexpectedShape(
                        expected: "records of at most \(1 << 17) numbers", found: "more"),
                    at: place)
            }
            size = next
        }
        let type = try Handle(
            H5Tcreate(H5T_COMPOUND, size), releasedBy: H5Tclose, "H5Tcreate", at: place)
        var offset = 0
        for member in members {
            if member.shape.isEmpty {
                try Library.check(
                    unsafe H5Tinsert(type.id, member.name, offset, number), "H5Tinsert", at: place)
            } else {
                let array = try Handle(
                    unsafe H5Tarray_create2(
                        number, UInt32(member.shape.count), member.shape.map(hsize_t.init)),
                    releasedBy: H5Tclose, "H5Tarray_create2", at: place)
                try Library.check(
                    unsafe H5Tinsert(type.id, member.name, offset, array.id), "H5Tinsert",
                    at: place)
            }
            offset += member.count * MemoryLayout<Double>.size
        }
        return type
    }
}
