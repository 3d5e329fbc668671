private import CHDF5
private import Parallel

/// Writes a new dataset of known shape value by value, in order.
///
/// Chunks are compressed outside the library's lock, on several threads, and stored in their
/// order: the bytes of the file do not depend on the number of threads. Memory holds a batch of
/// chunks that are being compressed and the one before, which is being stored meanwhile.
package struct DatasetWriter<Value: Element>: ~Copyable {
    private let place: Place
    private let shape: [Int]
    private let threads: Int
    private let dataset: Held<Handle>
    /// `nil` when the values lie in one piece.
    private let chunks: (grid: ChunkGrid, pipeline: ChunkPipeline)?
    /// The rows of one batch: whole bands of chunks, except at the end of the dataset.
    private let rowsPerBatch: Int
    /// The values of a row.
    private let rowCount: Int
    /// The values of the next batch.
    private var pending: [Value] = []
    /// The first row of the next batch.
    private var row = 0
    /// The chunks of the last batch, with the number of the first.
    private var encoded: (first: Int, chunks: [ChunkPipeline.Encoded]) = (0, [])

    fileprivate init(
        _ file: OpenFile, _ name: String, shape: [Int], layout: DatasetLayout, threads: Int
    ) throws(HDF5Error) {
        precondition(!shape.isEmpty, "a dataset in rows has at least one dimension")
        precondition(threads >= 1, "at least one thread works, got \(threads)")
        self.shape = shape
        self.threads = threads
        rowCount = shape.dropFirst().reduce(1, *)
        let width = MemoryLayout<Value>.stride
        var bandRows = 1
        if case .compressed(let chunk, let level) = layout, !shape.contains(0) {
            chunks = (
                ChunkGrid(shape: shape, chunk: chunk), .standard(width: width, level: level)
            )
            bandRows = chunk[0]
        } else {
            chunks = nil
        }
        let bandBytes = bandRows * rowCount * width
        rowsPerBatch = bandRows * max(1, DatasetBatch.bytes / max(1, bandBytes))
        (place, dataset) = try file.step { (file) throws(HDF5Error) in
            let dataset = try file.makeDataset(name, of: Value.self, shape: shape, layout: layout)
            return (file.place(name), Held(dataset))
        }
    }

    /// Adds values: those that come next in row-major order, in any number.
    ///
    /// - Parameter values: No more than are left of the shape.
    /// - Throws: ``HDF5Error`` when they cannot be stored.
    package mutating func append(_ values: [Value]) throws(HDF5Error) {
        var start = 0
        while start < values.count {
            let batch = min(rowsPerBatch, shape[0] - row) * rowCount
            precondition(batch > 0, "more values than the shape \(shape) has")
            if pending.isEmpty, values.count - start >= batch {
                try flush(values, from: start, count: batch)
                start += batch
                continue
            }
            let taken = min(values.count - start, batch - pending.count)
            pending.append(contentsOf: values[start..<start + taken])
            start += taken
            if pending.count == batch {
                try flush(pending, from: 0, count: batch)
                pending.removeAll(keepingCapacity: true)
            }
        }
    }

    /// Stores what is left.
    ///
    /// - Throws: ``HDF5Error`` when it cannot be stored.
    package consuming func finish() throws(HDF5Error) {
        precondition(
            row == shape[0] || rowCount == 0, "\(shape[0] - row) rows of \(shape[0]) are missing")
        let left = encoded
        try Self.store(left, in: chunks?.grid, to: dataset, at: place)
    }

    /// Compresses a batch of rows while the one before is stored.
    private mutating func flush(
        _ values: [Value], from start: Int, count: Int
    ) throws(HDF5Error) {
        let rows = count / rowCount
        defer { row += rows }
        guard let (grid, pipeline) = chunks else {
            return try writeContiguous(values, from: start, rows: rows)
        }
        let first = row / grid.chunk[0] * grid.chunksPerBand
        let bands = (rows + grid.chunk[0] - 1) / grid.chunk[0]
        let blockStart = [row] + shape.dropFirst().map { _ in 0 }
        let blockCount = [rows] + shape.dropFirst()
        let (dataset, place, previous) = (dataset, place, encoded)
        let results = try concurrentMap(
            count: bands * grid.chunksPerBand + 1, threads: threads
        ) { (index) throws(HDF5Error) -> ChunkPipeline.Encoded? in
            if index == 0 {
                try Self.store(previous, in: grid, to: dataset, at: place)
                return nil
            }
            let chunk = ChunkGather.bytes(
                of: first + index - 1, grid, values, from: start, blockStart: blockStart,
                blockCount: blockCount)
            return pipeline.encode(chunk)
        }
        encoded = (first, results.compactMap(\.self))
    }

    private static func store(
        _ encoded: (first: Int, chunks: [ChunkPipeline.Encoded]), in grid: ChunkGrid?,
        to dataset: Held<Handle>, at place: Place
    ) throws(HDF5Error) {
        guard let grid, !encoded.chunks.isEmpty else { return }
        try dataset.step { (dataset) throws(HDF5Error) in
            for (index, chunk) in encoded.chunks.enumerated() {
                let origin = grid.origin(of: encoded.first + index).map(hsize_t.init)
                try Library.check(
                    unsafe H5Dwrite_chunk(
                        dataset.id, hid_t(H5P_DEFAULT), chunk.mask, origin, chunk.bytes.count,
                        chunk.bytes), "H5Dwrite_chunk", at: place)
            }
        }
    }

    private func writeContiguous(
        _ values: [Value], from start: Int, rows: Int
    ) throws(HDF5Error) {
        let first = [row] + shape.dropFirst().map { _ in 0 }
        let count = [rows] + shape.dropFirst()
        let place = place
        try dataset.step { (dataset) throws(HDF5Error) in
            let fileSpace = try Handle(
                H5Dget_space(dataset.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
            try Library.check(
                unsafe H5Sselect_hyperslab(
                    fileSpace.id, H5S_SELECT_SET, first.map(hsize_t.init), nil,
                    count.map(hsize_t.init), nil), "H5Sselect_hyperslab", at: place)
            let memorySpace = try Dataspace.make(count, at: place)
            let status = unsafe values.withUnsafeBufferPointer { buffer in
                unsafe H5Dwrite(
                    dataset.id, Value.numberType.native, memorySpace.id, fileSpace.id,
                    hid_t(H5P_DEFAULT), buffer.baseAddress.map { unsafe $0 + start })
            }
            try Library.check(status, "H5Dwrite", at: place)
        }
    }
}

/// How much is compressed at once.
private enum DatasetBatch {
    /// Enough chunks to keep many threads busy, and little enough to forget about.
    static let bytes = 4 << 20
}

extension OpenFile {
    /// Makes a dataset whose values follow.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group; the group it lies in is there.
    ///   - type: The type of its values.
    ///   - shape: The count along each dimension, one or more of them.
    ///   - layout: How it lies in the file. An empty dataset is always contiguous.
    ///   - threads: How many threads compress, at least 1.
    /// - Returns: The writer of its values.
    /// - Throws: ``HDF5Error`` when it cannot be made.
    package func createDataset<Value: Element>(
        _ name: String, of type: Value.Type, shape: [Int], layout: DatasetLayout, threads: Int = 1
    ) throws(HDF5Error) -> DatasetWriter<Value> {
        try DatasetWriter(self, name, shape: shape, layout: layout, threads: threads)
    }

    /// Makes a dataset and writes all of it.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group; the group it lies in is there.
    ///   - values: The values, slowest dimension first.
    ///   - shape: The count along each dimension; their product is `values.count`.
    ///   - layout: How it lies in the file. An empty dataset is always contiguous.
    ///   - threads: How many threads compress, at least 1.
    /// - Throws: ``HDF5Error`` when it cannot be written.
    package func createDataset<Value: Element>(
        _ name: String, values: [Value], shape: [Int], layout: DatasetLayout, threads: Int = 1
    ) throws(HDF5Error) {
        precondition(
            shape.reduce(1, *) == values.count,
            "\(values.count) values do not have the shape \(shape)")
        var writer = try createDataset(
            name, of: Value.self, shape: shape, layout: layout, threads: threads)
        try writer.append(values)
        try writer.finish()
    }
}
