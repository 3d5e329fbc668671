/// Samples as they came from the amplifier: in each tick those of the channels whose turn it is,
/// until a channel has no more.
struct ACQInterleavedRows: RowSource {
    let mostRows = 1 << 14

    private struct Column {
        let width: Int
        let divider: Int
        let scale: Double
        let offset: Double
        /// Ticks until its next sample.
        var wait = 0
        /// Samples that are left of it.
        var left: Int
        /// Its place in a row; `nil` when it is not read.
        let place: Int?
    }

    private let source: PositionedFile
    private let order: ByteOrder
    private let rowWidth: Int
    private var columns: [Column]
    private var position: Int
    private let end: Int
    private var bytes: [UInt8] = []
    private var next = 0

    private static let pieceBytes = 1 << 20

    init(_ source: PositionedFile, _ contents: ACQContents, members: [Int]) {
        self.source = source
        order = contents.header.order
        rowWidth = members.count
        position = contents.dataStart
        columns = contents.channels.enumerated().map { index, channel in
            Column(
                width: channel.storage.byteCount, divider: channel.divider, scale: channel.scale,
                offset: channel.offset, left: contents.count(of: channel),
                place: members.firstIndex(of: index))
        }
        end =
            contents.dataStart
            + columns.reduce(0) { $0 + $1.left * $1.width }
    }

    mutating func append(_ count: Int, to samples: inout [Float]) throws(IngestError) {
        var taken = 0
        samples.reserveCapacity(samples.count + count * rowWidth)
        let mostOfTick = 8 * columns.count
        while taken < count {
            if bytes.count - next < mostOfTick { try refill() }
            // The last ticks have fewer bytes than the largest one.
            let least = position < end ? mostOfTick : 0
            let window = bytes
            while taken < count, window.count - next >= least {
                if takeTick(window, to: &samples) { taken += 1 }
            }
        }
    }

    private mutating func refill() throws(IngestError) {
        bytes.removeSubrange(0..<next)
        next = 0
        let count = min(Self.pieceBytes, end - position)
        if count > 0 {
            bytes += try source.bytes(at: position, count: count)
            position += count
        }
    }

    /// Takes the samples of a tick.
    ///
    /// - Returns: Whether there was a row in it.
    @inline(__always)
    private mutating func takeTick(_ bytes: [UInt8], to samples: inout [Float]) -> Bool {
        let span = bytes.span
        var found = false
        for index in columns.indices {
            guard columns[index].wait == 0 else {
                columns[index].wait -= 1
                continue
            }
            columns[index].wait = columns[index].divider - 1
            guard columns[index].left > 0 else { continue }
            columns[index].left -= 1
            let place = next
            next += columns[index].width
            guard columns[index].place != nil else { continue }
            found = true
            if columns[index].width == 2 {
                let number = Double(order.signed(span, at: place, count: 2))
                samples.append(Float(number * columns[index].scale + columns[index].offset))
            } else {
                samples.append(
                    Float(Double(bitPattern: order.unsigned(span, at: place, count: 8))))
            }
        }
        return found
    }
}

/// Samples of a compressed file: a zlib stream for each channel, unpacked side by side.
struct ACQCompressedRows: RowSource {
    let mostRows = 1 << 14

    private struct Column {
        var inflater: Inflater
        let storage: ACQChannel.Storage
        let scale: Double
        let offset: Double
    }

    private var columns: [Column]

    init(
        _ source: PositionedFile, _ contents: ACQContents, _ compression: ACQCompression,
        members: [Int]
    ) throws(IngestError) {
        var columns: [Column] = []
        for member in members {
            let channel = contents.channels[member]
            columns.append(
                Column(
                    inflater: try Inflater(source, compression.streams[member]),
                    storage: channel.storage, scale: channel.scale, offset: channel.offset))
        }
        self.columns = columns
    }

    mutating func append(_ count: Int, to samples: inout [Float]) throws(IngestError) {
        let first = samples.count
        samples.append(contentsOf: repeatElement(0, count: count * columns.count))
        for index in columns.indices {
            var bytes: [UInt8] = []
            let width = columns[index].storage.byteCount
            try columns[index].inflater.read(count * width, into: &bytes)
            let span = bytes.span
            for row in 0..<count {
                // Compressed samples are little-endian whatever the headers are.
                let value: Double
                if width == 2 {
                    let number = ByteOrder.littleEndian.signed(span, at: 2 * row, count: 2)
                    value = Double(number) * columns[index].scale + columns[index].offset
                } else {
                    value = Double(
                        bitPattern: ByteOrder.littleEndian.unsigned(span, at: 8 * row, count: 8))
                }
                samples[first + row * columns.count + index] = Float(value)
            }
        }
    }
}
