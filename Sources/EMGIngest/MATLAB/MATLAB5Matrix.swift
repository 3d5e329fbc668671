internal import PrintableText

/// A matrix of a file of level 5. It lies there column by column: samples that are rows are read
/// with one reading place for each column.
final class MATLAB5Matrix: MATLABMatrix {
    let sampleCount: Int
    let width: Int

    private let kind: MATLABNumber
    private let isBigEndian: Bool
    private var columns: [MATLABBytes] = []
    private let numbersPerStep: Int

    private static let mostColumns = 1_024

    init(_ variable: MATLABVariable, samplesAreColumns: Bool) throws(IngestError) {
        precondition(variable.shape.count == 2, "a matrix has two extents")
        let (kind, start) = try variable.numbers()
        let (rows, columnCount) = (variable.shape[0], variable.shape[1])
        self.kind = kind
        isBigEndian = variable.isBigEndian
        sampleCount = samplesAreColumns ? columnCount : rows
        width = samplesAreColumns ? rows : columnCount
        numbersPerStep = samplesAreColumns ? rows : 1
        var place = start
        guard variable.count > 0 else { return }
        // Each column of samples that are rows needs a reading place of its own.
        guard samplesAreColumns || columnCount <= Self.mostColumns else {
            throw IngestError(
                .unsupported(feature: "a matrix of \(columnCount, of: "channel")"),
                at: variable.location,
                hint: "if channels are rows, say so in a template (matlab: {samples: columns})")
        }
        for _ in 0..<(samplesAreColumns ? 1 : columnCount) {
            columns.append(place)
            try place.skip(numbersPerStep * sampleCount * kind.byteCount)
        }
        try place.finish()
    }

    func next(_ count: Int) throws(IngestError) -> [Double] {
        var samples = [Double](repeating: 0, count: count * width)
        for column in columns.indices {
            let bytes = try columns[column].read(count * numbersPerStep * kind.byteCount)
            let numbers = kind.unpack(bytes, isBigEndian: isBigEndian)
            if numbersPerStep == width {
                samples = numbers
            } else {
                for (row, number) in numbers.enumerated() { samples[row * width + column] = number }
            }
        }
        return samples
    }
}
