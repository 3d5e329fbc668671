package import Foundation

/// A file that is written from front to back and is there whole or not at all.
package struct SequentialFile<Failure: FilesFailure>: ~Copyable {
    private let partial: PartialFile
    private var buffer: [UInt8] = []

    private static var bufferBytes: Int { 1 << 20 }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - url: Where it should be. Its folder is made when it is missing.
    ///   - body: Appends its bytes.
    /// - Throws: What `body` throws, or the module's error when the file cannot be written;
    ///   nothing is left behind then.
    package static func write(
        to url: URL, _ body: (inout SequentialFile) throws(Failure) -> Void
    ) throws(Failure) {
        var file = try SequentialFile(
            partial: Failure.wrapping { () throws(FilesError) in try PartialFile(for: url) })
        try body(&file)
        try file.finish()
    }

    private init(partial: consuming PartialFile) {
        self.partial = partial
    }

    /// Appends bytes.
    ///
    /// - Throws: The module's error when the disk does not take them.
    package mutating func append(_ bytes: some Sequence<UInt8>) throws(Failure) {
        buffer += bytes
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    private mutating func flush() throws(Failure) {
        do throws(FilesError) {
            try partial.append(buffer)
        } catch {
            throw Failure(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private consuming func finish() throws(Failure) {
        try flush()
        do throws(FilesError) {
            try partial.commit()
        } catch {
            throw Failure(error)
        }
    }
}
