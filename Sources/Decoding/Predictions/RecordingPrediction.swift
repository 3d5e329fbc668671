private import EMGArchive
package import Foundation

/// Decodes recordings into files of predictions, in bounded memory.
package struct RecordingPrediction: Sendable {
    private let decoder: RecordingDecoder
    private let digest: String
    /// What a row is of.
    package var rows = PredictionHead.Rows.window

    /// Prepares predictions.
    ///
    /// - Parameter bundle: What is decoded by.
    package init(_ bundle: DecoderBundle) {
        decoder = RecordingDecoder(bundle)
        digest = bundle.sha256
    }

    /// Decodes a recording into a file.
    ///
    /// - Parameters:
    ///   - recording: The recording's file.
    ///   - url: The file of predictions; written whole or not at all.
    ///   - format: How it is written.
    /// - Returns: How many rows it has.
    /// - Throws: ``DecodingError`` for a recording that the bundle was not made for, or when the file
    ///   cannot be written; `ArchiveError` for a recording that is damaged.
    package func write(_ recording: URL, to url: URL, as format: PredictionFormat) throws -> Int {
        let source = try RecordingRowsFile(recording, threads: 1)
        let head = PredictionHead(source.header, by: decoder, rows: rows, bundle: digest)
        var rows = PredictionRows(
            head,
            try decoder.decisions(of: source, at: recording.path(percentEncoded: false)))
        do throws(PredictionFault) {
            try format.file(head).write(to: url, &rows)
        } catch {
            throw error.error
        }
        return head.count
    }
}
