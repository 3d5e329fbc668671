internal import EMGSignal
internal import HDF5

/// Labels as rows with a column for each class, 1 where a row is of that class and 0 elsewhere; a
/// row of zeros is of none.
final class OneHotLabels {
    /// The dataset, from the root group.
    let name: String
    /// How many rows there are.
    let count: Int

    private let rows: any HDF5Rows
    private let width: Int
    private var conversion: SampleConversion

    /// No labels have more classes.
    static let mostClasses = 256

    /// Whether a dataset may be such labels.
    ///
    /// - Parameters:
    ///   - shape: Its shape.
    ///   - samples: How many rows the recording has.
    /// - Returns: Which way it lies; `nil` when it cannot be.
    static func axis(of shape: [Int], samples: Int) -> SampleAxis? {
        guard shape.count == 2, shape.allSatisfy({ $0 > 1 }) else { return nil }
        if CommonLength.agree(shape[0], samples), shape[1] <= mostClasses { return .samplesFirst }
        if CommonLength.agree(shape[1], samples), shape[0] <= mostClasses { return .channelsFirst }
        return nil
    }

    init(_ name: String, axis: SampleAxis, in source: HDF5Source) throws(IngestError) {
        let dataset = try source.attempt { (file) throws(HDF5Error) in
            try file.dataset(name, unwritten: .refused)
        }
        try HDF5Storage.check(dataset, in: source)
        self.name = name
        rows = try source.attempt { (_) throws(HDF5Error) in
            try MatrixRows.open(dataset, axis: axis)
        }
        count = rows.count
        width = dataset.description.shape[axis == .samplesFirst ? 1 : 0]
        conversion = SampleConversion(width: width, scaling: nil)
    }

    /// The column that is 1 in each row; `nil` for a row of zeros.
    ///
    /// - Throws: ``IngestError`` for a row that is neither.
    func read(_ range: Range<Int>, in source: HDF5Source) throws(IngestError) -> [Int?] {
        var block = RowBlock()
        do throws(HDF5Error) {
            try rows.append(range, to: &block, through: &conversion)
        } catch {
            throw IngestError(error, file: source.name)
        }
        var labels: [Int?] = []
        for row in 0..<range.count {
            let values = block.samples[row * width..<(row + 1) * width]
            let ones = values.indices.filter { values[$0] == 1 }
            guard ones.count <= 1, values.count(where: { $0 != 0 }) == ones.count else {
                throw IngestError(
                    .invalidCell(
                        expected: "one 1 and zeros in each row of labels",
                        found: values.prefix(8).map { "\($0)" }.joined(separator: " ")),
                    at: source.location(name),
                    hint: "it is row \(range.lowerBound + row), counted from 0; a template names "
                        + "other labels, or none")
            }
            labels.append(ones.first.map { $0 - values.startIndex })
        }
        return labels
    }
}
