import EMGSignal
import HDF5

/// Checks rows of a recording against its header, as they come.
struct RowChecks {
    private let header: RecordingHeader
    private let file: String
    private var nonFinite: NonFiniteSamples

    init(_ header: RecordingHeader, file: String) {
        self.header = header
        self.file = file
        nonFinite = NonFiniteSamples(
            channelCount: header.channels.count, quality: header.quality)
    }

    /// Checks rows; samples that are not finite are counted until ``finish()``.
    ///
    /// - Parameters:
    ///   - samples: Row-major samples.
    ///   - labels: One a row, or none.
    ///   - timeStamps: One a row, or none.
    ///   - row: The number of the first row.
    /// - Throws: ``ArchiveError`` for a label without a class name or a time that is not finite.
    mutating func check(
        samples: [Float], labels: [UInt8], timeStamps: [Double], from row: Int
    ) throws(ArchiveError) {
        nonFinite.search(samples, from: row)
        let classCount = header.classNames?.count ?? 0
        if let index = labels.firstIndex(where: { Int($0) >= classCount }) {
            throw RecordingContents.translated(
                SignalError(
                    .labelOutOfRange(
                        found: Int(labels[index]), classes: classCount, sample: row + index),
                    hint: "the classes are "
                        + (header.classNames ?? []).joined(separator: ", ")),
                RecordingNames.labels, in: file)
        }
        if let index = timeStamps.firstIndex(where: { !$0.isFinite }) {
            throw RecordingContents.invalid(
                "finite times", "\(timeStamps[index]) at sample \(row + index)",
                RecordingNames.timeStamps, in: file)
        }
    }

    /// Throws when samples were not finite and not known to be so.
    func finish() throws(ArchiveError) {
        try nonFinite.finish(at: Place(file: file, object: RecordingNames.signal))
    }
}
