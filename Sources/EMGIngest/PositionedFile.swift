internal import Foundation

/// A regular file that is read at any place.
final class PositionedFile {
    /// The size of the file when it was opened, in bytes.
    let byteCount: Int
    /// The file as the caller named it.
    let name: String

    private let handle: FileHandle

    /// Opens a regular file.
    init(_ url: URL) throws(IngestError) {
        let name = url.relativePath
        let opened = try SourceFileReader(url)
        do {
            handle = try FileHandle(forReadingFrom: url.resolvingSymlinksInPath())
        } catch {
            throw SourceFileReader.fault(error, at: SourceLocation(file: name))
        }
        byteCount = opened.byteCount
        self.name = name
    }

    /// Some bytes that are there by the size of the file.
    ///
    /// - Parameters:
    ///   - offset: The first.
    ///   - count: How many.
    /// - Returns: All of them.
    /// - Throws: ``IngestError`` when they cannot be read, or the file has become shorter.
    func bytes(at offset: Int, count: Int) throws(IngestError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        do {
            try handle.seek(toOffset: UInt64(offset))
            while bytes.count < count, let piece = try handle.read(upToCount: count - bytes.count),
                !piece.isEmpty
            {
                bytes.append(contentsOf: piece)
            }
        } catch {
            throw SourceFileReader.fault(error, at: SourceLocation(file: name, byte: offset))
        }
        guard bytes.count == count else {
            throw IngestError(
                .unreadable(reason: "the file became shorter while it was read"),
                at: SourceLocation(file: name, byte: offset + bytes.count))
        }
        return bytes
    }

    deinit {
        // A file that was only read has nothing to lose when closing it fails.
        try? handle.close()
    }
}
