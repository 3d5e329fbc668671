internal import EMGSignal
internal import HDF5

/// Rows of records: some members are channels, one may be the time, one may be the targets.
final class RecordRows: HDF5Rows {
    /// How many runs of rows of zeros are kept.
    private static let runLimit = 1_000

    let count: Int
    private let records: OpenRecords
    private let members: [RecordMember]
    private let timeCount: Int
    private let sampleCount: Int
    private let targetCount: Int
    private let zerosAreUnknown: Bool
    private var loaded: (rows: Range<Int>, numbers: [Double]) = (0..<0, [])
    /// The rows in which the targets are all zero, as runs; at most ``runLimit``.
    private(set) var zeroRuns: [Range<Int>] = []
    /// How many such rows there are.
    private(set) var zeroRowCount = 0

    /// Opens rows.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - samples: The members whose values are channels, in order; numeric.
    ///   - time: The member that is the time; one number.
    ///   - targets: A numeric member that is the targets.
    ///   - zerosAreUnknown: Whether targets that are all zero mark that nothing is known: they
    ///     become not a number and are noted.
    init(
        _ records: OpenRecords, samples: [RecordMember], time: RecordMember?,
        targets: RecordMember? = nil, zerosAreUnknown: Bool = false
    ) {
        self.records = records
        count = records.count
        members = [time].compactMap { $0 } + samples + [targets].compactMap { $0 }
        timeCount = time == nil ? 0 : 1
        sampleCount = samples.reduce(0) { $0 + $1.count }
        targetCount = targets?.count ?? 0
        self.zerosAreUnknown = zerosAreUnknown
    }

    func append(
        _ rows: Range<Int>, to block: inout RowBlock, through samples: inout SampleConversion
    ) throws(HDF5Error) {
        let width = timeCount + sampleCount + targetCount
        var row = rows.lowerBound
        while row < rows.upperBound {
            if !loaded.rows.contains(row) {
                let step = min(max(records.naturalCount, 1), 1 << 14)
                let end = min(count, row + step)
                loaded = (row..<end, try records.read(members, rows: row..<end))
            }
            let end = min(rows.upperBound, loaded.rows.upperBound)
            var numbers: [Double] = []
            numbers.reserveCapacity((end - row) * sampleCount)
            for index in row..<end {
                let start = (index - loaded.rows.lowerBound) * width
                if timeCount > 0 { block.timeStamps.append(loaded.numbers[start]) }
                let first = start + timeCount
                numbers += loaded.numbers[first..<first + sampleCount]
                if targetCount > 0 {
                    let targets = loaded.numbers[first + sampleCount..<start + width]
                    let isKnown = !zerosAreUnknown || targets.contains { $0 != 0 }
                    if !isKnown { note(index) }
                    block.targets += targets.lazy.map { value in
                        let number = Float(value)
                        return isKnown && number.isFinite ? number : .nan
                    }
                }
            }
            samples.append(numbers, row: row, to: &block.samples)
            row = end
        }
    }

    private func note(_ row: Int) {
        zeroRowCount += 1
        if let last = zeroRuns.last, last.upperBound == row {
            zeroRuns[zeroRuns.count - 1] = last.lowerBound..<row + 1
        } else if zeroRuns.count < Self.runLimit {
            zeroRuns.append(row..<row + 1)
        }
    }
}
