internal import Foundation

/// How much may be read from a file at once.
package struct ReadLimits: Sendable, Hashable {
    /// The most bytes that one read may put into memory.
    package var bytes: Int
    /// The largest chunk of a compressed dataset, in bytes. Decompression happens chunk by chunk
    /// inside libhdf5, which follows a compressed stream wherever it leads: a stream inflates at
    /// most 1032 times, so this bounds the memory of one.
    package var chunkBytes: Int

    /// Creates limits.
    package init(
        bytes: Int = Int(clamping: ProcessInfo.processInfo.physicalMemory),
        chunkBytes: Int = 4 << 20
    ) {
        self.bytes = bytes
        self.chunkBytes = chunkBytes
    }
}
