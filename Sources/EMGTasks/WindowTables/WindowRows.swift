import EMGArchive
import EMGSignal

/// Rows of a table, all of one recording.
struct WindowRows: Sendable {
    /// What stands in a row beside its origin.
    enum Values: Sendable {
        case none
        case samples([Float])
        case features([Double])
    }

    /// The number of the recording, from 0.
    let recording: Int
    let starts: [Int64]
    /// The labels; −1 for a recording without.
    let labels: [Int16]
    let values: Values

    /// The row's samples; none when it has something else.
    var samples: [Float] { if case .samples(let values) = values { values } else { [] } }
    /// The row's features; none when it has something else.
    var features: [Double] { if case .features(let values) = values { values } else { [] } }
}

/// Rows of a table in order, a batch at a time.
protocol WindowRowSequence {
    /// The next rows, all of one recording; `nil` behind the last.
    ///
    /// - Throws: `ArchiveError` when what they come from is damaged.
    mutating func next() throws(ArchiveError) -> WindowRows?
}

extension WindowRows {
    /// How many numbers are held at once.
    private static let batch = 4 << 20

    /// How many rows of a recording come at once: the bytes of an HDF5 file depend on it.
    ///
    /// - Parameters:
    ///   - count: The rows of the recording.
    ///   - content: What they hold beside their origins.
    ///   - width: The numbers of a window.
    /// - Returns: At least 1.
    static func step(_ count: Int, _ content: WindowTableHead.Content, width: Int) -> Int {
        content == .samples ? max(1, batch / max(1, width)) : max(1, count)
    }
}
