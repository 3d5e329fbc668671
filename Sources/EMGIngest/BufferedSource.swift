private import Digests
package import Foundation

/// A file that is read in pieces by a parser that needs whole records: what is not used up yet
/// stays, what follows is put behind it. The digest of all bytes is taken on the way.
package struct BufferedSource: ~Copyable {
    /// How many bytes are read at a time.
    private static let pieceLength = 1 << 18

    /// What has been read and not used up, with one zero byte behind it, so that a loop over
    /// digits or text ends without asking for the end.
    package private(set) var bytes: [UInt8] = [0]
    /// Whether nothing follows.
    package private(set) var isFinal = false
    /// The size of the file when it was opened, in bytes.
    package let byteCount: Int

    private let file: SourceFileReader
    private var hash: SHA256?

    /// Opens a file and reads its first piece.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - isDigesting: Whether the digest is taken on the way.
    /// - Returns: The file at its beginning.
    /// - Throws: ``IngestError`` when it cannot be read.
    package static func open(
        _ url: URL, isDigesting: Bool = true
    ) throws(IngestError) -> BufferedSource {
        let file = try SourceFileReader(url)
        let piece = try file.next(pieceLength)
        return BufferedSource(file, first: piece, isDigesting: isDigesting)
    }

    private init(
        _ file: consuming SourceFileReader, first piece: Data, isDigesting: Bool
    ) {
        hash = isDigesting ? SHA256() : nil
        byteCount = file.byteCount
        self.file = file
        take(piece)
    }

    /// One past the last byte that counts.
    package var end: Int { bytes.count - 1 }

    /// Drops the bytes that are used up and reads the next piece, at least as long as what is
    /// waiting.
    ///
    /// - Parameter used: How many bytes are used up.
    /// - Throws: ``IngestError`` when the next piece cannot be read.
    package mutating func advance(used: Int) throws(IngestError) {
        bytes.removeSubrange(0..<used)
        guard !isFinal else { return }
        take(try file.next(max(Self.pieceLength, bytes.count)))
    }

    /// The SHA-256 of everything read; asked once, at the end; `nil` when it was
    /// not taken.
    package mutating func digest() -> String? {
        guard let hash = hash.take() else { return nil }
        return hash.finish()
    }

    private mutating func take(_ piece: Data) {
        isFinal = piece.isEmpty
        hash?.update(piece.bytes)
        bytes.removeLast()
        bytes.append(contentsOf: piece)
        bytes.append(0)
    }
}
