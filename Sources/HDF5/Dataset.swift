import CHDF5

/// An open dataset, inside the closure that opened it, with storage that has been looked over.
package struct Dataset: ~Copyable {
    let handle: Handle
    let place: Place
    let limits: ReadLimits
    /// What it is.
    package let description: DatasetDescription
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
