/// The samples of a data set, one after another.
protocol EEGLABRows {
    /// Appends some channels of the next samples.
    mutating func append(
        _ count: Int, channels: [Int], to samples: inout [Float]
    ) throws(IngestError)
}

/// Samples in the file itself.
struct EEGLABMatrixRows: EEGLABRows {
    private let matrix: any MATLABMatrix

    init(_ matrix: any MATLABMatrix) { self.matrix = matrix }

    mutating func append(
        _ count: Int, channels: [Int], to samples: inout [Float]
    ) throws(IngestError) {
        let values = try matrix.next(count)
        let width = matrix.width
        for row in 0..<count {
            for channel in channels { samples.append(Float(values[row * width + channel])) }
        }
    }
}

/// Samples in a file beside: 32-bit floating point, little-endian.
struct EEGLABFileRows: EEGLABRows {
    private let source: PositionedFile
    private let width: Int
    private var row = 0

    init(_ source: PositionedFile, width: Int) {
        self.source = source
        self.width = width
    }

    mutating func append(
        _ count: Int, channels: [Int], to samples: inout [Float]
    ) throws(IngestError) {
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
