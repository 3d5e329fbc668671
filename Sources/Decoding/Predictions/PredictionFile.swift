internal import Foundation

/// A file of predictions, written whole or not at all.
protocol PredictionFile {
    /// A file of the predictions of one recording.
    init(_ head: PredictionHead)

    /// Writes the file.
    ///
    /// - Parameters:
    ///   - url: Where.
    ///   - rows: The rows, read once.
    /// - Throws: ``PredictionFault`` when it cannot be written or the recording cannot be read.
    func write(to url: URL, _ rows: inout PredictionRows) throws(PredictionFault)
}
