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
