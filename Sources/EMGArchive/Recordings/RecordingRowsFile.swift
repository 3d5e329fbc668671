package import EMGSignal
package import Foundation
import HDF5

/// The rows of a recording's file, read in ranges: the recording may be larger than memory, of
/// which a few chunks are kept.
///
/// Each range is checked as it is read; what ``RecordingFile/read(_:)`` checks beyond that, the
/// digest over all contents, ``verify()`` checks.
package final class RecordingRowsFile: RecordingRows, Sendable {
    package typealias Failure = ArchiveError

    /// Everything but samples, labels and time stamps.
    package let header: RecordingHeader
    private let open: OpenRecording
    private let samples: RowWindow<Float>
    private let labels: RowWindow<UInt8>?
    private let timeStamps: RowWindow<Double>?
    private let targets: [RowWindow<Float>]

    /// Opens a recording's file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - threads: How many threads decompress, at least 1.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    package init(
        _ url: URL, threads: Int = RecordingFile.availableThreads
    ) throws(ArchiveError) {
        let open = try OpenRecording(url)
        header = try open.contents.header(file: open.file)
        samples = RowWindow(open.signal, of: Float.self, threads: threads)
        labels = open.labels.map { RowWindow($0, of: UInt8.self, threads: threads) }
        timeStamps = open.timeStamps.map { RowWindow($0, of: Double.self, threads: threads) }
        targets = open.targets.map { RowWindow($0, of: Float.self, threads: threads) }
        self.open = open
    }

    /// The number of rows.
    package var sampleCount: Int { header.sampleCount }

    /// Replaces the contents of a block with a range of rows.
    ///
    /// - Parameters:
    ///   - range: Rows within ``sampleCount``.
    ///   - block: Receives samples, and labels and time stamps when the recording has them.
    /// - Throws: ``ArchiveError`` for rows that are damaged, not finite where they should be, or
    ///   labels without a class name.
    package func read(_ range: SampleRange, into block: inout RowBlock) throws(ArchiveError) {
        precondition(
            range.start >= 0 && range.end <= sampleCount,
            "rows \(range.indices) of \(sampleCount) samples")
        block.removeAll()
        do throws(HDF5Error) {
            try samples.append(range.indices, to: &block.samples)
            try labels?.append(range.indices, to: &block.labels)
            try timeStamps?.append(range.indices, to: &block.timeStamps)
            var parts: [[Float]] = []
            for target in targets {
                var part: [Float] = []
                try target.append(range.indices, to: &part)
                parts.append(part)
            }
            block.targets = header.targets.rows(of: parts)
        } catch {
            throw ArchiveError(error)
        }
        var checks = RowChecks(header, file: open.file)
        try checks.check(
            samples: block.samples, labels: block.labels, timeStamps: block.timeStamps,
            from: range.start)
        try checks.finish()
    }

    /// Makes sure that the file holds what was written, by its digest if it has one: one pass
    /// over everything.
    ///
    /// - Throws: ``ArchiveError`` when it does not.
    package func verify() throws(ArchiveError) {
        guard open.contents.contentSHA256 != nil else { return }
        let threads = RecordingFile.availableThreads
        var digest = RecordingDigest(open.contents)
        do throws(HDF5Error) {
            try open.signal.forEachBlock(of: Float.self, threads: threads) {
                digest.add(samples: $1)
            }
            digest.startLabels()
            try open.labels?.forEachBlock(of: UInt8.self, threads: threads) {
                digest.add(labels: $1)
            }
            digest.startTimeStamps()
            try open.timeStamps?.forEachBlock(of: Double.self, threads: threads) {
                digest.add(timeStamps: $1)
            }
            for (target, values) in zip(open.contents.targets, open.targets) {
                digest.startTarget(target)
                try values.forEachBlock(of: Float.self, threads: threads) {
                    digest.add(target: $1)
                }
            }
        } catch {
            throw ArchiveError(error)
        }
        try open.check(digest)
    }
}
