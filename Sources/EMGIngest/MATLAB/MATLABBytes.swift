/// A place in a MATLAB file from which bytes are read in order: of the file itself, or of a
/// compressed element of it. A value: a copy goes on from the same place on its own.
struct MATLABBytes {
    private enum Origin {
        case plain(PositionedFile)
        case inflated(Inflater)
        case memory([UInt8])
        /// Behind a fault there is nothing more to read.
        case nowhere
    }

    /// Where messages point to: the byte of the element in the file.
    let location: SourceLocation
    /// How far it is from the start of the file, or of the compressed element.
    private(set) var position: Int

    private var origin: Origin
    private var buffer: [UInt8] = []
    private var bufferStart = 0

    /// Bytes of a file from a place on.
    init(_ file: PositionedFile, at position: Int) {
        origin = .plain(file)
        self.position = position
        location = SourceLocation(file: file.name, byte: position)
    }

    /// Bytes of a compressed element.
    init(_ inflater: Inflater, location: SourceLocation) {
        origin = .inflated(inflater)
        position = 0
        self.location = location
    }

    /// Bytes that were read already.
    init(_ bytes: [UInt8], location: SourceLocation) {
        origin = .memory(bytes)
        position = 0
        self.location = location
    }

    /// The next bytes.
    ///
    /// - Parameter count: How many; the caller has checked that an element has them.
    /// - Returns: All of them.
    /// - Throws: ``IngestError`` when there are fewer.
    mutating func read(_ count: Int) throws(IngestError) -> [UInt8] {
        var bytes: [UInt8] = []
        switch origin {
        case .inflated(var inflater):
            // With two owners its window would be copied.
            origin = .nowhere
            try inflater.read(count, into: &bytes)
            origin = .inflated(inflater)
        case .nowhere:
            throw cut()
        case .memory(let content):
            guard count <= content.count - position else { throw cut() }
            bytes = Array(content[position..<position + count])
        case .plain(let file):
            guard count <= file.byteCount - position else { throw cut() }
            if count >= Self.pieceBytes {
                bytes = try file.bytes(at: position, count: count)
            } else {
                if position < bufferStart || position + count > bufferStart + buffer.count {
                    buffer = try file.bytes(
                        at: position, count: min(Self.pieceBytes, file.byteCount - position))
                    bufferStart = position
                }
                let start = position - bufferStart
                bytes = Array(buffer[start..<start + count])
            }
        }
        position += count
        return bytes
    }

    /// Passes over bytes.
    mutating func skip(_ count: Int) throws(IngestError) {
        switch origin {
        case .inflated(var inflater):
            origin = .nowhere
            try inflater.skip(count)
            origin = .inflated(inflater)
        case .nowhere:
            throw cut()
        case .memory(let content):
            guard count <= content.count - position else { throw cut() }
        case .plain(let file):
            guard count <= file.byteCount - position else { throw cut() }
        }
        position += count
    }

    /// Makes sure that a compressed element is whole up to its end.
    mutating func finish() throws(IngestError) {
        guard case .inflated(var inflater) = origin else { return }
        origin = .nowhere
        try inflater.finish()
    }

    private static let pieceBytes = 1 << 14

    private func cut() -> IngestError {
        IngestError(
            .malformed(expected: "more of the element", found: "the end of the file"),
            at: location, hint: "the file was cut; copy it again")
    }
}
