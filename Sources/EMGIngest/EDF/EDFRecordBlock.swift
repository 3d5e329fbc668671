internal import Digests
internal import EMGFormats
internal import EMGSignal

/// The bytes of some rows and how to make samples of them.
struct EDFRecordBlock: ~Copyable {
    /// The signals of a recording with the place of their samples in a record.
    private struct Column {
        let firstByteInRecord: Int
        let scale: Double
        let offset: Double
        let numbers: ClosedRange<Int>
    }

    /// Records up to this size are read whole, and several at a time.
    private static let largestWhole = 4 << 20
    private static let blockBytes = 1 << 20
    /// The bytes of one strip of a larger record, over all channels.
    private static let stripBytes = 1 << 21

    /// The rows in the bytes and not used yet.
    private(set) var rowsLeft = 0
    /// For each channel how many samples were outside the range that the header allows.
    private(set) var outsideCounts: [Int]

    private let file: PositionedFile
    private let format: EDFFormat
    private let extent: EDFExtent
    private let columns: [Column]
    private let rowsPerRecord: Int
    private let isWhole: Bool
    private var hash: SHA256?
    private var hashedBytes = 0

    private var bytes: [UInt8] = []
    private var blockRecords = 0..<0
    private var channelStarts: [Int]

    init(
        _ file: PositionedFile, header: EDFHeader, extent: EDFExtent, part: EDFPart,
        calibrations: [EDFCalibration], isDigesting: Bool = true
    ) {
        format = header.format
        self.extent = extent
        rowsPerRecord = part.rowsPerRecord
        let width = header.format.sampleBytes
        columns = zip(part.signals, calibrations).map { signal, calibration in
            Column(
                firstByteInRecord: signal.firstSampleInRecord * width, scale: calibration.scale,
                offset: calibration.offset, numbers: calibration.numbers)
        }
        isWhole = extent.recordBytes <= Self.largestWhole
        hash = isWhole && isDigesting ? SHA256() : nil
        outsideCounts = [Int](repeating: 0, count: columns.count)
        channelStarts = [Int](repeating: 0, count: columns.count)
        self.file = file
    }

    /// Makes rows of a record ready.
    ///
    /// - Parameters:
    ///   - record: The record; records are asked for in their order.
    ///   - start: The first row in it.
    ///   - end: One past the last row in it that is wanted.
    /// - Throws: ``IngestError`` when the file cannot be read.
    mutating func load(record: Int, from start: Int, to end: Int) throws(IngestError) {
        if isWhole {
            if !blockRecords.contains(record) {
                let most = max(1, Self.blockBytes / extent.recordBytes)
                let count = min(most, extent.recordCount - record)
                let first = extent.firstByte + record * extent.recordBytes
                try hashUp(to: first)
                let block = try file.bytes(at: first, count: count * extent.recordBytes)
                unsafe hash?.update(block.span.bytes)
                hashedBytes = first + block.count
                bytes = block
                blockRecords = record..<record + count
            }
            let base = (record - blockRecords.lowerBound) * extent.recordBytes
            for index in columns.indices {
                channelStarts[index] =
                    base + columns[index].firstByteInRecord + start * format.sampleBytes
            }
            rowsLeft = end - start
        } else {
            let width = format.sampleBytes
            let rows = min(end - start, max(1, Self.stripBytes / (columns.count * width)))
            bytes.removeAll(keepingCapacity: true)
            let base = extent.firstByte + record * extent.recordBytes + start * width
            for index in columns.indices {
                channelStarts[index] = bytes.count
                bytes += try file.bytes(
                    at: base + columns[index].firstByteInRecord, count: rows * width)
            }
            rowsLeft = rows
        }
    }

    /// Appends the next rows that are ready to samples.
    ///
    /// - Parameters:
    ///   - count: How many, at most ``rowsLeft``.
    ///   - samples: Receives them, row after row.
    mutating func take(_ count: Int, into samples: inout [Float]) {
        precondition(count <= rowsLeft, "\(count) rows of \(rowsLeft)")
        let first = samples.count
        let width = columns.count
        samples.append(contentsOf: repeatElement(0, count: count * width))
        for index in 0..<width {
            let start = channelStarts[index]
            let outside = Self.decode(
                bytes.span, from: start, count: count, columns[index], format,
                into: &samples, at: first + index, step: width)
            outsideCounts[index] += outside
            channelStarts[index] = start + count * format.sampleBytes
        }
        rowsLeft -= count
    }

    /// Makes physical values of numbers that follow each other; the value is computed in double
    /// precision and rounded once.
    ///
    /// - Returns: How many numbers the header does not allow.
    private static func decode(
        _ input: Span<UInt8>, from start: Int, count: Int, _ column: Column,
        _ format: EDFFormat, into samples: inout [Float], at place: Int, step: Int
    ) -> Int {
        var output = samples.mutableSpan
        let (low, high) = (column.numbers.lowerBound, column.numbers.upperBound)
        var outside = 0
        var place = place
        switch format {
        case .edf:
            for byte in stride(from: start, to: start + 2 * count, by: 2) {
                let pattern = UInt16(input[byte]) | UInt16(input[byte + 1]) << 8
                let number = Int(Int16(bitPattern: pattern))
                if number < low || number > high { outside += 1 }
                output[place] = Float(column.scale * Double(number) + column.offset)
                place += step
            }
        case .bdf:
            for byte in stride(from: start, to: start + 3 * count, by: 3) {
                let pattern =
                    UInt32(input[byte]) << 8 | UInt32(input[byte + 1]) << 16
                    | UInt32(input[byte + 2]) << 24
                let number = Int(Int32(bitPattern: pattern) >> 8)
                if number < low || number > high { outside += 1 }
                output[place] = Float(column.scale * Double(number) + column.offset)
                place += step
            }
        }
        return outside
    }

    /// The SHA-256 of the whole file, when it was taken on the way; `nil` otherwise.
    mutating func digest() throws(IngestError) -> String? {
        try hashUp(to: file.byteCount)
        return hash.take()?.finish()
    }

    /// Hashes what is not read for its samples.
    private mutating func hashUp(to end: Int) throws(IngestError) {
        guard hash != nil else { return }
        while hashedBytes < end {
            let piece = try file.bytes(
                at: hashedBytes, count: min(1 << 20, end - hashedBytes))
            unsafe hash?.update(piece.span.bytes)
            hashedBytes += piece.count
        }
    }
}
