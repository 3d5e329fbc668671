import CHDF5
private import Synchronization

/// A dataset of records (a compound type) of an ``OpenFile``, of which members are read by name.
///
/// Values become 64-bit floats, converted by libhdf5 whatever their size and byte order; integers
/// beyond 2^53 are rounded.
package final class OpenRecords: Sendable {
    /// What it is.
    package let description: DatasetDescription
    /// Where it is.
    package let place: Place
    /// What a record has, in its order.
    package let members: [RecordMember]
    /// Kept open: datasets end before their file.
    private let file: OpenFile
    private let dataset: Held<RecordDataset>
    private let lastChunk = Mutex<Chunk?>(nil)

    private struct Chunk: Sendable {
        let number: Int
        let names: [String]
        let values: [Double]
    }

    fileprivate init(_ file: OpenFile, _ name: String) throws(HDF5Error) {
        self.file = file
        (description, place, members, dataset) = try file.step { (file) throws(HDF5Error) in
            let records = try RecordDataset(file, name)
            let (description, place, members) = (
                records.dataset.description, records.dataset.place, records.members
            )
            return (description, place, members, Held(records))
        }
    }

    /// How many records there are.
    package var count: Int { description.shape.first ?? 1 }

    /// How many records are best read at a time: those of a chunk, or of about 256 KiB.
    package var naturalCount: Int {
        description.chunkShape?.first ?? max(1, (1 << 15) / max(1, width(of: members)))
    }

    /// Reads members of records.
    ///
    /// - Parameters:
    ///   - members: Some of ``members``, each numeric, at least one.
    ///   - rows: Within ``count``.
    /// - Returns: For each record the values of each member, in the order asked for.
    /// - Throws: ``HDF5Error`` for damaged values.
    package func read(
        _ members: [RecordMember], rows: Range<Int>
    ) throws(HDF5Error) -> [Double] {
        precondition(!members.isEmpty && members.allSatisfy(\.isNumeric), "numbers are asked for")
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= count, "\(rows) of \(count) records")
        guard !rows.isEmpty else { return [] }
        let isChunked = try dataset.step { (dataset) throws(HDF5Error) in dataset.chunks != nil }
        guard isChunked else {
            return try dataset.step { (dataset) throws(HDF5Error) in
                try dataset.read(members, rows: rows)
            }
        }
        let width = width(of: members)
        let chunkRows = description.chunkShape?.first ?? 1
        var values: [Double] = []
        values.reserveCapacity(rows.count * width)
        var row = rows.lowerBound
        while row < rows.upperBound {
            let chunk = try chunk(row / chunkRows, members)
            let first = row % chunkRows
            let end = min(chunkRows, first + rows.upperBound - row)
            values += chunk[(first * width)..<(end * width)]
            row += end - first
        }
        return values
    }

    private func width(of members: [RecordMember]) -> Int {
        members.reduce(0) { $0 + $1.count }
    }

    private func chunk(
        _ number: Int, _ members: [RecordMember]
    ) throws(HDF5Error) -> [Double] {
        let names = members.map(\.name)
        let last = lastChunk.withLock { $0 }
        if let last, last.number == number, last.names == names { return last.values }
        let values = try dataset.step { (dataset) throws(HDF5Error) in
            try dataset.readChunk(number, members)
        }
        lastChunk.withLock { $0 = Chunk(number: number, names: names, values: values) }
        return values
    }
}

extension OpenFile {
    /// Opens a dataset of records and looks its description over.
    ///
    /// - Parameter name: Its name from the root group. Soft links inside the file are followed.
    /// - Returns: The records, for as long as the file is open.
    /// - Throws: ``HDF5Error`` also for a dataset of anything else or of several dimensions.
    package func records(_ name: String) throws(HDF5Error) -> OpenRecords {
        try OpenRecords(self, name)
    }
}

/// An open dataset of records, under the lock.
struct RecordDataset: ~Copyable {
    let dataset: Dataset
    let members: [RecordMember]
    let chunks: ForeignChunks?
    private let type: Handle

    fileprivate init(_ file: borrowing File, _ name: String) throws(HDF5Error) {
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
    fileprivate func read(
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
    fileprivate func readChunk(
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
