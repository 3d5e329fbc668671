internal import EMGSignal
internal import HDF5
import PrintableText

/// A recording in an HDF5 file, read in blocks: memory holds a few chunks of it.
final class HDF5Stream: RecordingStream {
    /// What a recording consists of.
    struct Parts {
        var rows: any HDF5Rows
        /// Seconds of each row; `nil` when there are none or the rows have them.
        var times: HDF5Column?
        /// What the times are multiplied by.
        var timeScale = 1.0
        var labels: HDF5Labels
        /// The values of each target, where the rows do not have them themselves.
        var targets: [any HDF5Rows] = []
        /// How many rows are read, when parts differ in length.
        var count: Int
        /// The dataset of the samples, for messages.
        var object: String
        /// Runs of rows whose samples were never written, in order; rows without times.
        var unwritten: [Range<Int>] = []
        /// More to say at the end.
        var notes: @Sendable (any HDF5Rows) -> StreamNotes = { _ in StreamNotes() }
    }

    let metadata: StreamMetadata
    private let parts: Parts
    private let source: HDF5Source
    private let options: ReadOptions
    private var samples: SampleConversion
    private var position = 0

    /// A file is looked through for more numbers that are not finite once one was found, but not
    /// for ever.
    private static let searchedRows = 1 << 22

    init(_ source: HDF5Source, _ metadata: StreamMetadata, _ parts: Parts, options: ReadOptions) {
        self.source = source
        self.metadata = metadata
        self.parts = parts
        self.options = options
        samples = SampleConversion(width: metadata.channels.count, scaling: metadata.scaling)
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        guard parts.count > 0 else {
            throw IngestError(
                .noSamples(found: "a dataset of no rows"), at: source.location(parts.object),
                hint: "the recording may have been stopped before its first sample")
        }
        guard position < parts.count else { return false }
        let rows = position..<min(parts.count, position + atMost)
        let firstTime = block.timeStamps.count
        try append(rows, to: &block)
        try checkTimes(&block.timeStamps, from: firstTime, row: rows.lowerBound)
        try parts.labels.append(rows, to: &block.labels)
        if !parts.targets.isEmpty { block.targets += try targets(rows) }
        position = rows.upperBound
        if options.missing == .reject, samples.nonFiniteCount > 0 { throw try nonFiniteError() }
        return true
    }

    /// The rows of all targets; values that are not finite are not a number.
    private func targets(_ rows: Range<Int>) throws(IngestError) -> [Float] {
        var tracks: [[Float]] = []
        for (target, track) in zip(metadata.targets, parts.targets) {
            var part = RowBlock()
            var conversion = SampleConversion(width: target.dimensions.count, scaling: nil)
            do throws(HDF5Error) {
                try track.append(rows, to: &part, through: &conversion)
            } catch {
                throw IngestError(error, file: source.name)
            }
            tracks.append(part.samples)
        }
        return metadata.targets.rows(of: tracks)
    }

    private func append(_ rows: Range<Int>, to block: inout RowBlock) throws(IngestError) {
        do throws(HDF5Error) {
            var row = rows.lowerBound
            while row < rows.upperBound {
                // What was never written reads as some fill value: it is missing, whatever it is.
                let gap = parts.unwritten.first { $0.upperBound > row }
                if let gap, gap.contains(row) {
                    let end = min(rows.upperBound, gap.upperBound)
                    block.samples += repeatElement(
                        .nan, count: (end - row) * metadata.channels.count)
                    row = end
                } else {
                    let end = min(rows.upperBound, gap?.lowerBound ?? rows.upperBound)
                    try parts.rows.append(row..<end, to: &block, through: &samples)
                    row = end
                }
            }
            if let times = parts.times { block.timeStamps += try times.read(rows) }
        } catch {
            throw IngestError(error, file: source.name)
        }
    }

    func finish() throws(IngestError) -> StreamNotes {
        var notes = parts.notes(parts.rows)
        if let (classNames, map) = parts.labels.settled() {
            notes.classNames = classNames
            notes.labelMap = map
        }
        if let first = samples.inexact {
            notes.warnings.append(
                IngestWarning(
                    .inexactValue, at: source.location(parts.object), count: samples.inexactCount,
                    message: samples.inexactCount == 1
                        ? "one whole number beyond 2^24 is rounded to single precision: "
                            + "\(first.text) in row \(first.row) of \(name(first))"
                        : "\(samples.inexactCount) whole numbers beyond 2^24 are rounded to single "
                            + "precision, first \(first.text) in row \(first.row) of "
                            + name(first)))
        }
        if samples.nonFiniteCount > 0 {
            notes.warnings.append(
                IngestWarning(
                    .missingValues, at: source.location(parts.object),
                    count: samples.nonFiniteCount,
                    message:
                        "\(samples.nonFiniteCount, of: "sample is", plural: "samples are") "
                        + "not finite and are marked: "
                        + places))
        }
        return notes
    }

    // MARK: - Faults

    private func checkTimes(
        _ times: inout [Double], from first: Int, row: Int
    ) throws(IngestError) {
        for index in first..<times.count {
            times[index] *= parts.timeScale
            guard times[index].isFinite else {
                throw IngestError(
                    .invalidCell(expected: "a finite time", found: "\(times[index])"),
                    at: source.location(parts.times?.name ?? parts.object),
                    hint: "it is the time of row \(row + index - first), counted from 0; "
                        + "leave the times out by a template and declare the rate")
            }
        }
    }

    /// The error for numbers that are not finite: the rest of the recording is looked through for
    /// more of them first, so that all are reported at once.
    private func nonFiniteError() throws(IngestError) -> IngestError {
        let last = min(parts.count, position + Self.searchedRows)
        var block = RowBlock()
        while position < last {
            let rows = position..<min(last, position + 4_096)
            block.removeAll()
            try append(rows, to: &block)
            position = rows.upperBound
        }
        let first = samples.nonFinite.first
        return IngestError(
            .missingValue(found: first?.text ?? "nan"),
            at: source.location(parts.object, field: first.map(name)),
            hint: "\(samples.nonFiniteCount) "
                + "\(samples.nonFiniteCount == 1 ? "sample is" : "samples are") not finite: "
                + "\(places); mark them as missing to read the rest (--missing mark)")
    }

    private var places: String {
        let named = samples.nonFinite.map { "\($0.text) in row \($0.row) of \(name($0))" }
        let more = samples.nonFiniteCount - named.count
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    private func name(_ sighting: SampleConversion.Sighting) -> String {
        metadata.channels[sighting.channel].name
    }
}
