internal import PrintableText

/// A piece of a file: a length, what it is, and its content.
struct XDFChunk: Sendable, Hashable {
    /// What a chunk holds.
    enum Tag: Int, Sendable, Hashable {
        case fileHeader = 1
        case streamHeader = 2
        case samples = 3
        case clockOffset = 4
        case boundary = 5
        case streamFooter = 6
    }

    /// What every file begins with.
    static let magic = Array("XDF:".utf8)

    /// What to do about a chunk that is damaged.
    static let hint =
        "the file is damaged there; copy it again from where it was recorded, or save what is whole "
        + "with a program that skips to the next boundary"

    /// What it holds; `nil` for a kind that is not known, to be passed over.
    let tag: Tag?
    /// The stream that it belongs to; 0 for chunks of the file.
    let stream: UInt32
    /// Where it begins, its length included.
    let start: Int
    /// Where the content begins, behind the number of the stream.
    let content: Int
    /// One past its last byte.
    let end: Int

    /// Reads the beginning of the next chunk.
    ///
    /// - Parameter bytes: The file at the beginning of a chunk; afterwards at its content.
    /// - Returns: The chunk; `nil` at the end of the file, or when what is left is the beginning
    ///   of one.
    /// - Throws: ``IngestError`` when it is none.
    static func next(_ bytes: inout XDFBytes) throws(IngestError) -> XDFChunk? {
        let start = bytes.position
        let left = bytes.byteCount - start
        guard left > 0 else { return nil }
        // What is too short for a length and a tag may be the beginning of a whole one.
        let width = Int(try bytes.byte(before: bytes.byteCount, "a length"))
        guard width == 1 || width == 4 || width == 8 else {
            throw IngestError(
                .malformed(
                    expected: "a chunk, whose length has 1, 4 or 8 bytes", found: "\(width)"),
                at: SourceLocation(file: bytes.file, byte: start), hint: hint)
        }
        guard left >= 1 + width + 2 else { return nil }
        let length = Int(
            clamping: try bytes.natural(width, before: bytes.byteCount, "a length"))
        guard length >= 2 else {
            throw IngestError(
                .malformed(expected: "a chunk of 2 bytes and more", found: "\(length)"),
                at: SourceLocation(file: bytes.file, byte: start), hint: hint)
        }
        guard length <= bytes.byteCount - bytes.position else { return nil }
        let end = bytes.position + length
        let code = Int(try bytes.natural(2, before: end, "a tag"))
        let tag = Tag(rawValue: code)
        var stream: UInt32 = 0
        switch tag {
        case .streamHeader, .samples, .clockOffset, .streamFooter:
            stream = UInt32(
                truncatingIfNeeded: try bytes.natural(4, before: end, "the number of a stream"))
        case .fileHeader, .boundary, nil: break
        }
        return XDFChunk(
            tag: tag, stream: stream, start: start, content: bytes.position, end: end)
    }
}
