import HDF5

/// How the datasets of a recording's file are divided into chunks, and how much is worked on at
/// once.
enum RecordingLayout {
    /// About this many bytes a chunk: small enough to read a window without much else and for
    /// several cores to share a recording of a few megabytes, large enough to compress well.
    private static let chunkBytes = 1 << 18

    /// The lowest level: on EMG the higher ones take several times as long and save nothing.
    private static let compressionLevel = 1

    /// About this many bytes of samples are taken from their source at once.
    private static let blockBytes = 1 << 22

    /// The layout of a dataset of rows.
    ///
    /// - Parameters:
    ///   - shape: Its shape, rows first.
    ///   - width: The bytes of a value.
    /// - Returns: Chunks of whole rows.
    static func layout(shape: [Int], width: Int) -> DatasetLayout {
        let rest = shape.dropFirst()
        let rowBytes = max(1, rest.reduce(width, *))
        return .compressed(
            chunk: [chunkRows(rowBytes: rowBytes, count: shape[0])] + rest,
            level: compressionLevel)
    }

    /// How many rows are taken from their source at once: whole chunks.
    static func blockRows(channelCount: Int) -> Int {
        let rowBytes = channelCount * MemoryLayout<Float>.stride
        let chunk = chunkRows(rowBytes: rowBytes, count: .max)
        return chunk * max(1, blockBytes / (chunk * rowBytes))
    }

    private static func chunkRows(rowBytes: Int, count: Int) -> Int {
        max(1, min(count, chunkBytes / rowBytes))
    }
}
