/// How many numbers are read at a time.
private let blockValues = 1 << 18

/// Samples in the file itself.
struct EEGLABMatrixRows: RowSource {
    private let matrix: any MATLABMatrix
    private let channels: [Int]

    var mostRows: Int { max(1, blockValues / matrix.width) }

    init(_ matrix: any MATLABMatrix, channels: [Int]) {
        self.matrix = matrix
        self.channels = channels
    }

    mutating func append(_ count: Int, to samples: inout [Float]) throws(IngestError) {
        let values = try matrix.next(count)
        let width = matrix.width
        for row in 0..<count {
            for channel in channels { samples.append(Float(values[row * width + channel])) }
        }
    }
}

/// Samples in a file beside: 32-bit floating point, little-endian.
struct EEGLABFileRows: RowSource {
    private let source: PositionedFile
    private let width: Int
    private let channels: [Int]
    private var row = 0

    var mostRows: Int { max(1, blockValues / width) }

    init(_ source: PositionedFile, width: Int, channels: [Int]) {
        self.source = source
        self.width = width
        self.channels = channels
    }

    mutating func append(_ count: Int, to samples: inout [Float]) throws(IngestError) {
        let bytes = try source.bytes(at: 4 * width * row, count: 4 * width * count)
        let span = bytes.span
        for row in 0..<count {
            for channel in channels {
                let word = ByteOrder.littleEndian.unsigned(
                    span, at: 4 * (row * width + channel), count: 4)
                samples.append(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
            }
        }
        row += count
    }
}
