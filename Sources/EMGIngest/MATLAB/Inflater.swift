private import ErrorReports

/// Unpacks a zlib stream (RFC 1950 and 1951) piece by piece.
///
/// A value: a copy goes on from the same place on its own. The columns of a matrix, which lie one
/// behind the other in a stream, are so read side by side with some hundred kilobytes for each,
/// however long the stream is.
struct Inflater {
    /// Where compressed bytes come from.
    private let file: PositionedFile
    private let start: Int
    private let end: Int
    private var position: Int
    private var input: [UInt8] = []
    private var inputIndex = 0

    /// Shared by copies until one of them goes on.
    private var stream: ZlibStream
    private var isOver = false

    /// Bytes from `unread` to `written` are waiting.
    private var output = [UInt8](repeating: 0, count: 1 << 15)
    private var unread = 0
    private var written = 0

    /// The most compressed bytes that are read at once.
    private static let inputBytes = 1 << 14

    /// Starts a stream.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - range: The bytes of the stream; what stands behind its end is not looked at.
    /// - Throws: ``IngestError`` when there is no memory for it.
    init(_ file: PositionedFile, _ range: Range<Int>) throws(IngestError) {
        self.file = file
        start = range.lowerBound
        position = range.lowerBound
        end = range.upperBound
        do throws(ZlibStream.Fault) {
            stream = try ZlibStream()
        } catch {
            throw IngestError(MachineFault(.memory, at: file.name))
        }
    }

    /// Some bytes that follow.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - bytes: Receives all of them.
    /// - Throws: ``IngestError`` when the stream is damaged or ends before.
    mutating func read(_ count: Int, into bytes: inout [UInt8]) throws(IngestError) {
        var left = count
        while left > 0 {
            if unread == written { try fill() }
            let step = min(left, written - unread)
            bytes.append(contentsOf: output[unread..<unread + step])
            unread += step
            left -= step
        }
    }

    /// Passes over bytes that follow.
    mutating func skip(_ count: Int) throws(IngestError) {
        var left = count
        while left > 0 {
            if unread == written { try fill() }
            let step = min(left, written - unread)
            unread += step
            left -= step
        }
    }

    /// Passes over the rest and makes sure that the sum of the whole is right.
    mutating func finish() throws(IngestError) {
        while !isOver { try advance() }
    }

    /// Unpacks until there is something to read.
    private mutating func fill() throws(IngestError) {
        repeat {
            guard !isOver else { throw fault("an early end") }
            try advance()
        } while unread == written
    }

    /// Unpacks a piece in place of the one before.
    private mutating func advance() throws(IngestError) {
        if inputIndex == input.count, position < end {
            let count = min(Self.inputBytes, end - position)
            input = try file.bytes(at: position, count: count)
            position += count
            inputIndex = 0
        }
        do throws(ZlibStream.Fault) {
            if !isKnownUniquelyReferenced(&stream) { stream = try ZlibStream(copy: stream) }
            let progress = try stream.unpack(input, from: inputIndex, into: &output)
            inputIndex += progress.consumed
            (unread, written) = (0, progress.produced)
            isOver = progress.isEnd
            guard isOver || progress.consumed > 0 || progress.produced > 0 else {
                throw .damaged("an early end")
            }
        } catch {
            switch error {
            case .memory: throw IngestError(MachineFault(.memory, at: file.name))
            case .damaged(let reason): throw fault(reason)
            }
        }
    }

    /// A fault of the stream.
    private func fault(_ reason: String) -> IngestError {
        IngestError(
            .malformed(expected: "compressed data that is whole", found: reason),
            at: SourceLocation(file: file.name, byte: start),
            hint: "the file is damaged; make or copy it again")
    }
}
