package import Foundation

/// How predictions are written.
package enum PredictionFormat: String, Sendable, Hashable, CaseIterable {
    /// Text, a row a line.
    case csv
    /// NumPy arrays.
    case npy
    /// HDF5.
    case h5
    /// A JSON object a line, as the sink `jsonl` of decoding writes it.
    case jsonl

    /// The format that a file's ending asks for; `nil` for another ending.
    ///
    /// - Parameter url: The file.
    package init?(endingOf url: URL) {
        self.init(rawValue: url.pathExtension.lowercased())
    }

    /// A file of the format.
    func file(_ head: PredictionHead) -> any PredictionFile {
        switch self {
        case .csv: CSVPredictionFile(head)
        case .npy: NumpyPredictionFiles(head)
        case .h5: HDF5PredictionFile(head)
        case .jsonl: JSONPredictionFile(head)
        }
    }
}
