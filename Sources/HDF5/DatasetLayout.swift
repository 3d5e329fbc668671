/// How a new dataset lies in the file.
package enum DatasetLayout: Sendable, Hashable {
    /// In one piece: it can be mapped, and nothing checks it.
    case contiguous
    /// In chunks of a shape, each shuffled, compressed by deflate at a level from 1 to 9, and
    /// protected by a Fletcher-32 checksum.
    case compressed(chunk: [Int], level: Int)
}
