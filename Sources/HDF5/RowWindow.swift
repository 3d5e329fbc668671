private import Synchronization

/// Reads rows of a dataset in ranges of any size, one after another or here and there, without
/// decompressing a chunk for each of many small ranges: it keeps a few chunks of rows.
package final class RowWindow<Value: Element>: Sendable {
    private let dataset: OpenDataset
    private let threads: Int
    /// The values of a row.
    private let width: Int
    /// A window starts at a multiple of this.
    private let alignment: Int
    private let windowRows: Int
    private let window = Mutex(Window())

    private struct Window: Sendable {
        var start = 0
        var values: [Value] = []
    }

    /// The most bytes that a window takes, if a chunk takes no more.
    private static var byteLimit: Int { 32 << 20 }

    /// Chooses a window for a dataset.
    ///
    /// - Parameters:
    ///   - dataset: It has at least one dimension.
    ///   - type: A type that holds every stored value exactly.
    ///   - threads: How many threads decompress, at least 1: a window has work for all of them.
    package init(_ dataset: OpenDataset, of type: Value.Type, threads: Int) {
        let shape = dataset.description.shape
        precondition(!shape.isEmpty, "a single value has no rows")
        self.dataset = dataset
        self.threads = threads
        width = shape.dropFirst().reduce(1, *)
        let rowBytes = max(1, width * MemoryLayout<Value>.stride)
        alignment = dataset.description.chunkShape?.first ?? max(1, (1 << 18) / rowBytes)
        let most = max(1, Self.byteLimit / rowBytes / alignment)
        windowRows = alignment * min(2 * threads, most)
    }

    /// Adds rows to an array.
    ///
    /// - Parameters:
    ///   - rows: Within the dataset.
    ///   - values: Receives them, slowest dimension first.
    /// - Throws: ``HDF5Error`` for another type, too many values, or damaged ones.
    package func append(_ rows: Range<Int>, to values: inout [Value]) throws(HDF5Error) {
        guard rows.count < windowRows else {
            values += try dataset.readRows(as: Value.self, rows, threads: threads)
            return
        }
        let part = try window.withLock { (window) throws(HDF5Error) in
            var part: [Value] = []
            var row = rows.lowerBound
            while row < rows.upperBound {
                let offset = (row - window.start) * width
                if row < window.start || offset >= window.values.count {
                    window = try load(around: row)
                    continue
                }
                let end = min(window.values.count, (rows.upperBound - window.start) * width)
                part += window.values[offset..<end]
                row = window.start + end / width
            }
            return part
        }
        values += part
    }

    private func load(around row: Int) throws(HDF5Error) -> Window {
        let start = row / alignment * alignment
        let end = min(start + windowRows, dataset.description.shape[0])
        return Window(
            start: start,
            values: try dataset.readRows(as: Value.self, start..<end, threads: threads))
    }
}
