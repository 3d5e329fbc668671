private import EMGArchive
internal import HDF5

/// A dataset of one dimension, a row or column of two, or one number, whose values are read as
/// numbers.
final class HDF5Column {
    /// How many values there are.
    let count: Int
    /// The dataset, from the root group.
    let name: String
    private let values: Values

    private enum Values {
        case doubles(RowWindow<Double>)
        case signed(RowWindow<Int64>)
        case unsigned(RowWindow<UInt64>)
        /// Values that do not lie along the first dimension.
        case across(OpenDataset, dimension: Int)
        case one(Double)
    }

    /// Opens a column.
    ///
    /// - Throws: ``HDF5Error`` for values that are no numbers, or of several dimensions (two of
    ///   them longer than 1).
    init(_ name: String, in file: OpenFile) throws(HDF5Error) {
        let dataset = try file.dataset(name)
        let shape = dataset.description.shape
        self.name = name
        guard shape.count(where: { $0 != 1 }) <= 1 else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "one dimension",
                    found: shape.map(String.init).joined(separator: " × ")),
                at: dataset.place)
        }
        count = shape.reduce(1, *)
        let threads = RecordingFile.availableThreads
        if let dimension = shape.firstIndex(where: { $0 != 1 }), dimension > 0 {
            try dataset.checkHolds(Double.self)
            values = .across(dataset, dimension: dimension)
            return
        }
        switch dataset.description.type {
        case .integer(64, let isSigned):
            if shape.isEmpty {
                let number =
                    isSigned
                    ? try dataset.read(as: Int64.self).first.map { Double($0) }
                    : try dataset.read(as: UInt64.self).first.map { Double($0) }
                values = .one(number ?? .nan)
            } else if isSigned {
                values = .signed(RowWindow(dataset, of: Int64.self, threads: threads))
            } else {
                values = .unsigned(RowWindow(dataset, of: UInt64.self, threads: threads))
            }
        default:
            try dataset.checkHolds(Double.self)
            values =
                shape.isEmpty
                ? .one(try dataset.read(as: Double.self).first ?? .nan)
                : .doubles(RowWindow(dataset, of: Double.self, threads: threads))
        }
    }

    /// Reads values; integers beyond 2^53 are rounded.
    ///
    /// - Parameter rows: Within ``count``.
    /// - Returns: The values.
    /// - Throws: ``HDF5Error`` for damaged ones.
    func read(_ rows: Range<Int>) throws(HDF5Error) -> [Double] {
        switch values {
        case .doubles(let window):
            var numbers: [Double] = []
            try window.append(rows, to: &numbers)
            return numbers
        case .signed(let window):
            var numbers: [Int64] = []
            try window.append(rows, to: &numbers)
            return numbers.map { Double($0) }
        case .unsigned(let window):
            var numbers: [UInt64] = []
            try window.append(rows, to: &numbers)
            return numbers.map { Double($0) }
        case .across(let dataset, let dimension):
            guard !rows.isEmpty else { return [] }
            if !across.rows.contains(rows.lowerBound) || rows.upperBound > across.rows.upperBound {
                let end = min(count, max(rows.upperBound, rows.lowerBound + Self.acrossRows))
                var start = dataset.description.shape.map { _ in 0 }
                var extents = dataset.description.shape
                start[dimension] = rows.lowerBound
                extents[dimension] = end - rows.lowerBound
                across = (
                    rows.lowerBound..<end,
                    try dataset.read(
                        as: Double.self, start: start, count: extents,
                        threads: RecordingFile.availableThreads)
                )
            }
            let first = rows.lowerBound - across.rows.lowerBound
            return Array(across.numbers[first..<first + rows.count])
        case .one(let number): return rows.isEmpty ? [] : [number]
        }
    }

    /// Values that do not lie along the first dimension, as far as they are in memory.
    private var across: (rows: Range<Int>, numbers: [Double]) = (0..<0, [])
    /// How many of them are read at a time.
    private static let acrossRows = 1 << 18
}
