private import Digests
package import Foundation
package import PrintableText

/// A file that is read in pieces by a parser that needs whole records: what is not used up yet
/// stays, what follows is put behind it. The digest of all bytes is taken on the way. A byte order
/// mark is left out, and UTF-16 becomes UTF-8.
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
    private let location: SourceLocation
    private var hash: SHA256?
    private var transcoder: UTF16Transcoder?

    /// Opens a file and reads its first piece.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - isDigesting: Whether the digest is taken on the way.
    ///   - encoding: The encoding of its text, when somebody declared one; only whether it is
    ///     UTF-16 matters here.
    /// - Returns: The file at its beginning.
    /// - Throws: ``IngestError`` when it cannot be read, or is no UTF-16 though it should be.
    package static func open(
        _ url: URL, isDigesting: Bool = true, encoding: TextEncoding? = nil
    ) throws(IngestError) -> BufferedSource {
        let file = try SourceFileReader(url)
        let piece = try file.next(pieceLength)
        return try BufferedSource(
            file, first: piece, isDigesting: isDigesting, encoding: encoding,
            at: SourceLocation(file: url.relativePath))
    }

    private init(
        _ file: consuming SourceFileReader, first piece: Data, isDigesting: Bool,
        encoding: TextEncoding?, at location: SourceLocation
    ) throws(IngestError) {
        hash = isDigesting ? SHA256() : nil
        byteCount = file.byteCount
        self.file = file
        self.location = location
        let mark = ByteOrderMark(piece)
        switch mark {
        case .utf16(let isBigEndian): transcoder = UTF16Transcoder(isBigEndian: isBigEndian)
        case .utf8: break
        case nil:
            guard encoding == .utf16, !piece.isEmpty else { break }
            guard let isBigEndian = UTF16Transcoder.isBigEndian(piece.prefix(256)) else {
                throw IngestError(
                    .wrongFormat(expected: "text in UTF-16, as is declared", found: "other bytes"),
                    at: location, hint: "leave \"encoding\" out of the template")
            }
            transcoder = UTF16Transcoder(isBigEndian: isBigEndian)
        }
        try take(piece, markLength: mark?.length ?? 0)
    }

    /// About how long its text is in UTF-8, in bytes.
    package var textByteCount: Int { transcoder == nil ? byteCount : byteCount / 2 }

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
        try take(try file.next(max(Self.pieceLength, bytes.count)))
    }

    /// The SHA-256 of everything read; asked once, at the end; `nil` when it was
    /// not taken.
    package mutating func digest() -> String? {
        guard let hash = hash.take() else { return nil }
        return hash.finish()
    }

    private mutating func take(_ piece: Data, markLength: Int = 0) throws(IngestError) {
        isFinal = piece.isEmpty
        hash?.update(piece.bytes)
        bytes.removeLast()
        do throws(UTF16Transcoder.Fault) {
            if isFinal { try transcoder?.finish() }
            if transcoder == nil {
                bytes.append(contentsOf: markLength == 0 ? piece : piece.dropFirst(markLength))
            } else {
                try transcoder?.append(Array(piece).dropFirst(markLength), to: &bytes)
            }
        } catch {
            throw IngestError(
                .malformed(expected: "text in UTF-16", found: error.found), at: location,
                hint: "the file was cut or is damaged; copy it again")
        }
        bytes.append(0)
    }
}
