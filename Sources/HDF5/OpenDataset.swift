private import Synchronization

/// A dataset of an ``OpenFile``, looked over once and read in parts.
///
/// Values are moved under the library's lock and decompressed, checked and converted outside it.
package final class OpenDataset: Sendable {
    /// What it is.
    package let description: DatasetDescription
    /// Where it is.
    package let place: Place
    private let file: OpenFile
    private let dataset: Mutex<Dataset?>

    fileprivate init(
        _ file: OpenFile, _ name: String, unwritten: UnwrittenPolicy
    ) throws(HDF5Error) {
        self.file = file
        let slot = Mutex<Dataset?>(nil)
        (description, place) = try file.step { (file) throws(HDF5Error) in
            try slot.withLock { (slot) throws(HDF5Error) in
                let dataset = try file.openDataset(name, unwritten: unwritten)
                let facts = (dataset.description, dataset.place)
                slot = consume dataset
                return facts
            }
        }
        dataset = slot
    }

    deinit {
        Library.exclusively { dataset.withLock { $0 = nil } }
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
        try step { (dataset) throws(HDF5Error) in
            try dataset.read(as: type, start: start, count: count)
        }
    }

    /// One step on the dataset, under the library's lock.
    func step<Result: Sendable>(
        _ body: (borrowing Dataset) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try file.step { (_) throws(HDF5Error) -> Result in
            try dataset.withLock { (dataset) throws(HDF5Error) -> Result in
                switch dataset {
                case .some(let dataset): return try body(dataset)
                case .none: preconditionFailure("a dataset is open as long as it is in use")
                }
            }
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
