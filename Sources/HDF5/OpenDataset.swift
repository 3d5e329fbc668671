private import Parallel

/// A dataset of an ``OpenFile``, looked over once and read in parts.
///
/// Values are moved under the library's lock and decompressed, checked and converted outside it.
package final class OpenDataset: Sendable {
    /// What it is.
    package let description: DatasetDescription
    /// Where it is.
    package let place: Place
    private let limits: ReadLimits
    /// Kept open: datasets end before their file.
    private let file: OpenFile
    private let dataset: Held<Dataset>

    fileprivate init(
        _ file: OpenFile, _ name: String, unwritten: UnwrittenPolicy
    ) throws(HDF5Error) {
        self.file = file
        (description, place, limits, dataset) = try file.step { (file) throws(HDF5Error) in
            let dataset = try file.openDataset(name, unwritten: unwritten)
            let (description, place, limits) = (
                dataset.description, dataset.place, dataset.limits
            )
            return (description, place, limits, Held(dataset))
        }
    }

    /// Makes sure that a type holds every stored value exactly.
    package func checkHolds<Value: Element>(_ type: Value.Type) throws(HDF5Error) {
        try description.checkHolds(type, at: place)
    }

    /// Reads all values, slowest dimension first.
    ///
    /// - Parameters:
    ///   - type: A type that holds every stored value exactly.
    ///   - threads: How many threads decompress, at least 1.
    /// - Returns: The values.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func read<Value: Element>(
        as type: Value.Type, threads: Int = 1
    ) throws(HDF5Error) -> [Value] {
        try read(
            as: type, start: description.shape.map { _ in 0 }, count: description.shape,
            threads: threads)
    }

    /// Reads rows: a range along the slowest dimension, everything along the others.
    ///
    /// - Parameters:
    ///   - type: A type that holds every stored value exactly.
    ///   - rows: Within the first extent of the shape; the dataset has at least one dimension.
    ///   - threads: How many threads decompress, at least 1.
    /// - Returns: The values, slowest dimension first.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func readRows<Value: Element>(
        as type: Value.Type, _ rows: Range<Int>, threads: Int = 1
    ) throws(HDF5Error) -> [Value] {
        let shape = description.shape
        precondition(!shape.isEmpty, "a single value has no rows")
        return try read(
            as: type, start: [rows.lowerBound] + shape.dropFirst().map { _ in 0 },
            count: [rows.count] + shape.dropFirst(), threads: threads)
    }

    /// Reads all rows one after another, in blocks of whole chunks of about 4 MiB.
    ///
    /// - Parameters:
    ///   - type: A type that holds every stored value exactly.
    ///   - threads: How many threads decompress, at least 1.
    ///   - body: Gets the number of the first row of each block, and its values. Other threads
    ///     may use the library meanwhile.
    /// - Throws: ``HDF5Error`` for another type or damaged values, or what `body` throws.
    package func forEachBlock<Value: Element>(
        of type: Value.Type, threads: Int = 1,
        _ body: (_ row: Int, _ values: [Value]) throws(HDF5Error) -> Void
    ) throws(HDF5Error) {
        let shape = description.shape
        precondition(!shape.isEmpty, "a single value has no rows")
        let band = description.chunkShape?.first ?? 1
        let bandBytes = shape.dropFirst().reduce(band * MemoryLayout<Value>.stride, *)
        let rows = band * max(1, (4 << 20) / max(1, bandBytes))
        for start in stride(from: 0, to: shape[0], by: rows) {
            try body(
                start,
                try readRows(as: type, start..<min(start + rows, shape[0]), threads: threads))
        }
    }

    /// Reads a block of values.
    ///
    /// - Parameters:
    ///   - type: A type that holds every stored value exactly.
    ///   - start: The first index along each dimension.
    ///   - count: How many along each dimension; `start + count` stays within the shape.
    ///   - threads: How many threads decompress, at least 1.
    /// - Returns: The values of the block.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func read<Value: Element>(
        as type: Value.Type, start: [Int], count: [Int], threads: Int = 1
    ) throws(HDF5Error) -> [Value] {
        guard let storage = description.storage else {
            return try dataset.step { (dataset) throws(HDF5Error) in
                try dataset.read(as: type, start: start, count: count)
            }
        }
        let total = try description.checkBlock(
            of: type, start: start, count: count, limits: limits, at: place)
        guard total > 0 else { return [] }
        let fill =
            description.unwritten == nil
            ? nil
            : try dataset.step { (dataset) throws(HDF5Error) in try dataset.fillValue(as: type) }
        let numbers = storage.grid.chunks(touching: start, count: count)
        return try [Value].filled(count: total) { (block: ChunkTarget<Value>) throws(HDF5Error) in
            _ = try concurrentMap(count: numbers.count, threads: threads) {
                (index) throws(HDF5Error) in
                let number = numbers[index]
                let chunk = try readChunk(number, storage)
                storage.grid.forEachRun(of: number, start: start, count: count) {
                    inChunk, inBlock, length in
                    if let chunk {
                        block.store(
                            chunk, storage.format, from: inChunk, at: inBlock, count: length)
                    } else if let fill {
                        block.store(fill, at: inBlock, count: length)
                    }
                }
            }
        }
    }

    /// The bytes of a chunk as they were before they were stored; `nil` when it was never
    /// written and may be so.
    private func readChunk(
        _ number: Int, _ storage: ChunkStorage
    ) throws(HDF5Error) -> [UInt8]? {
        let origin = storage.grid.origin(of: number)
        let largest = ChunkPipeline.largestStored(chunkBytes: storage.chunkBytes)
        let stored = try dataset.step { (dataset) throws(HDF5Error) in
            try dataset.readStored(origin, largest: largest)
        }
        guard let stored else {
            guard description.unwritten == nil else { return nil }
            throw HDF5Error(
                .storage(
                    .unwritten(
                        expected: storage.grid.counts.reduce(1, *), found: number)), at: place)
        }
        do throws(ChunkFault) {
            return try storage.pipeline.decode(
                stored.bytes, mask: stored.mask, chunkBytes: storage.chunkBytes)
        } catch {
            let position = origin.map(String.init).joined(separator: ", ")
            throw HDF5Error(
                .damaged(reason: "the chunk at (\(position)): \(error.reason)"), at: place)
        }
    }
}

extension OpenFile {
    /// Opens a dataset and looks its description over.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group. Soft links inside the file are followed.
    ///   - unwritten: What to do about chunks that were never written.
    /// - Returns: The dataset, for as long as the file is open.
    /// - Throws: ``HDF5Error`` also when the dataset's values lie elsewhere, were never written,
    ///   need an unknown filter, or cannot come from as few bytes as are stored.
    package func dataset(
        _ name: String, unwritten: UnwrittenPolicy = .refused
    ) throws(HDF5Error) -> OpenDataset {
        try OpenDataset(self, name, unwritten: unwritten)
    }
}
