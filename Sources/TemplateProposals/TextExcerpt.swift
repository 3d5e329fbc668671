import EMGIngest
private import ErrorReports
import Foundation
import PrintableText

/// Lines of a text file: its beginning, and pieces of the rest.
struct TextExcerpt: Sendable {
    /// The first lines, blank ones among them.
    let head: [Substring]
    /// About how many lines the whole file has.
    let expectedLines: Double
    /// Whole lines from places further on, a piece each.
    let pieces: [[Substring]]
    /// The encoding that must be said; `nil` when reading finds it by itself.
    let encoding: TextEncoding?

    /// Bytes of the beginning, pieces of the rest, and bytes of a piece.
    private static let (headBytes, pieceCount, pieceBytes) = (256 << 10, 48, 8 << 10)

    /// Reads a file.
    ///
    /// - Parameter url: The file.
    /// - Returns: Its lines; `nil` when it is no text.
    /// - Throws: `IngestError` when it cannot be read.
    static func read(_ url: URL) throws(IngestError) -> TextExcerpt? {
        let data: (head: [UInt8], pieces: [[UInt8]], size: Int)
        do {
            data = try Self.bytes(of: url)
        } catch {
            throw IngestError(
                .unreadable(reason: SystemReason.of(error)),
                at: SourceLocation(file: url.relativePath))
        }
        guard let text = ContentKind.text(data.head) else { return nil }
        // UTF-16 by its mark: pieces further on would have to be cut at whole characters.
        let isWide = data.head.starts(with: [0xFF, 0xFE]) || data.head.starts(with: [0xFE, 0xFF])
        let (decode, encoding) = Self.decoding(text)
        var head = Self.lines(decode(text))
        let lineBytes = Double(data.head.count) / Double(max(1, head.count))
        if data.size > data.head.count, !head.isEmpty { head.removeLast() }
        return TextExcerpt(
            head: head, expectedLines: Double(data.size) / max(1, lineBytes),
            pieces: isWide
                ? [] : data.pieces.map { Array(Self.lines(decode($0)).dropFirst().dropLast()) },
            encoding: encoding)
    }

    private static func bytes(
        of url: URL
    ) throws -> (head: [UInt8], pieces: [[UInt8]], size: Int) {
        let file = try FileHandle(forReadingFrom: url)
        defer { try? file.close() }
        let size = Int(try file.seekToEnd())
        func read(at place: Int, _ count: Int) throws -> [UInt8] {
            try file.seek(toOffset: UInt64(place))
            return Array(try file.read(upToCount: count) ?? Data())
        }
        let head = try read(at: 0, headBytes)
        guard size > headBytes else { return (head, [], head.count) }
        let step = max(pieceBytes, (size - headBytes) / pieceCount)
        let pieces = try stride(from: headBytes, to: size, by: step).map {
            try read(at: $0, pieceBytes)
        }
        return (head, pieces, size)
    }

    private static func decoding(
        _ text: [UInt8]
    ) -> (decode: ([UInt8]) -> String, encoding: TextEncoding?) {
        // The last character may be cut.
        let whole = text.prefix(through: text.lastIndex(of: 0x0A) ?? text.count - 1)
        if TextEncoding.utf8.decode(whole) != nil {
            return ({ ForeignText.decode($0) }, nil)
        }
        return ({ TextEncoding.windows1252.decode($0) ?? "" }, .windows1252)
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }
}
