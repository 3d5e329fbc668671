import Foundation

/// How a table is written, as the ending of its name says.
enum WindowTableEnding: Sendable {
    case hdf5
    case npy
    case csv

    /// Reads an ending; `nil` for one of something else.
    ///
    /// - Parameter url: The table.
    init?(_ url: URL) {
        switch url.pathExtension.lowercased() {
        case "h5", "hdf5": self = .hdf5
        case "npy": self = .npy
        case "csv": self = .csv
        default: return nil
        }
    }
}
