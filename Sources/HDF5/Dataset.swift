import CHDF5

/// An open dataset, inside the closure that opened it, with storage that has been looked over.
package struct Dataset: ~Copyable {
    let handle: Handle
    let place: Place
    let limits: ReadLimits
    /// What it is.
    package let description: DatasetDescription
}

/// What a dataset is, apart from its values.
package struct DatasetDescription: Sendable, Hashable {
    /// The count along each dimension, slowest first; empty for a single value.
    package let shape: [Int]
    /// The type of its values.
    package let type: StoredType
    /// The shape of a chunk; `nil` when it is stored in one piece.
    package let chunkShape: [Int]?
    /// The numbers of its filters, in the order of writing.
    package let filters: [Int]
    /// The bytes it takes in the file.
    package let storedBytes: Int
    /// The chunks that were never written; `nil` when all are there.
    package let unwritten: UnwrittenChunks?
    /// How its chunks can be read outside libhdf5; `nil` when only the library can.
    let storage: ChunkStorage?

    /// Whether its chunks are read as they are stored, and decompressed, checked and converted
    /// outside the library's lock; otherwise libhdf5 does all of it.
    package var isDecodedHere: Bool { storage != nil }

    /// How many values it has.
    package var count: Int { shape.reduce(1, *) }

    /// Makes sure that a block lies within the dataset and may be read.
    ///
    /// - Returns: How many values it has.
    func checkBlock<Value: Element>(
        of type: Value.Type, start: [Int], count: [Int], limits: ReadLimits, at place: Place
    ) throws(HDF5Error) -> Int {
        precondition(
            start.count == shape.count && count.count == shape.count
                && zip(zip(start, count), shape).allSatisfy {
                    $0.0 >= 0 && $0.1 >= 0 && $0.0 <= $1 - $0.1
                }, "block at \(start) of \(count) is outside \(shape)")
        try checkHolds(type, at: place)
        let total = count.contains(0) ? 0 : count.reduce(1, *)
        // The product fits: the whole dataset's byte count has been checked.
        let bytes = total * MemoryLayout<Value>.stride
        guard bytes <= limits.bytes else {
            throw HDF5Error(.storage(.tooLarge(bytes: bytes, limit: limits.bytes)), at: place)
        }
        return total
    }

    /// Makes sure that a type holds every stored value exactly.
    func checkHolds<Value: Element>(_: Value.Type, at place: Place) throws(HDF5Error) {
        guard Value.numberType.holds(type) else {
            throw HDF5Error(
                .unexpectedType(expected: Value.numberType.name, found: "\(type)"), at: place)
        }
    }
}

extension File {
    /// Opens a dataset and looks its description over.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group. Soft links inside the file are followed.
    ///   - body: What to do with it.
    /// - Returns: What `body` returns.
    /// - Throws: ``HDF5Error`` also when the dataset's values lie elsewhere, were never written,
    ///   need an unknown filter, or cannot come from as few bytes as are stored.
    package func withDataset<Result: Sendable>(
        _ name: String, _ body: (borrowing Dataset) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        let dataset = try openDataset(name, unwritten: .refused)
        return try body(dataset)
    }

    /// Opens a dataset under the lock that is held, and looks its description over.
    func openDataset(
        _ name: String, unwritten: UnwrittenPolicy
    ) throws(HDF5Error) -> Dataset {
        let place = place(name)
        let handle = try openObject(
            resolved: try resolve(name, kind: "dataset"), at: place)
        guard H5Iget_type(handle.id) == H5I_DATASET else {
            throw HDF5Error(
                .unexpectedType(expected: "a dataset", found: "a group or named type"), at: place)
        }
        let description = try DatasetInspection(
            dataset: handle.id, file: self, unwritten: unwritten, place: place
        ).describe()
        return Dataset(handle: handle, place: place, limits: limits, description: description)
    }
}

extension Dataset {
    /// Makes sure that a type holds every stored value exactly.
    package func checkHolds<Value: Element>(_ type: Value.Type) throws(HDF5Error) {
        try description.checkHolds(type, at: place)
    }

    /// Reads all values, slowest dimension first.
    ///
    /// - Parameter type: A type that holds every stored value exactly.
    /// - Returns: The values.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func read<Value: Element>(as type: Value.Type) throws(HDF5Error) -> [Value] {
        try read(
            as: type, start: description.shape.map { _ in 0 }, count: description.shape)
    }

    /// Reads a block of values.
    ///
    /// - Parameters:
    ///   - type: A type that holds every stored value exactly.
    ///   - start: The first index along each dimension.
    ///   - count: How many along each dimension; `start + count` stays within the shape.
    /// - Returns: The values of the block.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func read<Value: Element>(
        as type: Value.Type, start: [Int], count: [Int]
    ) throws(HDF5Error) -> [Value] {
        let shape = description.shape
        let total = try description.checkBlock(
            of: type, start: start, count: count, limits: limits, at: place)
        guard total > 0 else { return [] }
        let fileSpace = try Handle(
            H5Dget_space(handle.id), releasedBy: H5Sclose, "H5Dget_space", at: place)
        if !shape.isEmpty {
            try Library.check(
                unsafe H5Sselect_hyperslab(
                    fileSpace.id, H5S_SELECT_SET, start.map(hsize_t.init), nil,
                    count.map(hsize_t.init), nil), "H5Sselect_hyperslab", at: place)
        }
        // In memory the block has the same shape: libhdf5 maps any other one value by value.
        let memorySpace = try Dataspace.make(shape.isEmpty ? nil : count, at: place)
        var status: herr_t = -1
        let isFilled = description.unwritten != nil
        let values = unsafe [Value](unsafeUninitializedCapacity: total) { buffer, initialized in
            // Where nothing was written and there is no fill value, libhdf5 leaves the memory be.
            if isFilled { unsafe buffer.initialize(repeating: Value(widening: Int64(0))) }
            status = unsafe H5Dread(
                handle.id, Value.numberType.native, memorySpace.id, fileSpace.id,
                hid_t(H5P_DEFAULT), buffer.baseAddress)
            initialized = status < 0 ? 0 : total
        }
        try Library.check(status, "H5Dread", at: place)
        return values
    }
}
