private import EMGArchive
internal import EMGSignal
internal import HDF5

/// Which way a dataset of two dimensions lies.
enum SampleAxis: String, Sendable, Hashable, CaseIterable {
    /// Samples × channels.
    case samplesFirst = "samples-first"
    /// Channels × samples.
    case channelsFirst = "channels-first"
}

/// The rows of a dataset of numbers of one or two dimensions.
enum MatrixRows {
    /// Opens rows.
    ///
    /// - Parameters:
    ///   - dataset: A dataset of one or two dimensions.
    ///   - axis: Which way it lies.
    /// - Returns: The rows.
    /// - Throws: ``HDF5Error`` for values that are no numbers.
    static func open(
        _ dataset: OpenDataset, axis: SampleAxis
    ) throws(HDF5Error) -> any HDF5Rows {
        switch dataset.description.type {
        case .float(let bits) where bits <= 32: make(dataset, axis, Float.self)
        case .float(let bits) where bits <= 64: make(dataset, axis, Double.self)
        case .integer(let bits, let isSigned) where bits <= 8:
            isSigned ? make(dataset, axis, Int8.self) : make(dataset, axis, UInt8.self)
        case .integer(let bits, let isSigned) where bits <= 16:
            isSigned ? make(dataset, axis, Int16.self) : make(dataset, axis, UInt16.self)
        case .integer(let bits, let isSigned) where bits <= 32:
            isSigned ? make(dataset, axis, Int32.self) : make(dataset, axis, UInt32.self)
        case .integer(let bits, let isSigned) where bits <= 64:
            isSigned ? make(dataset, axis, Int64.self) : make(dataset, axis, UInt64.self)
        default:
            throw HDF5Error(
                .unexpectedType(expected: "numbers", found: "\(dataset.description.type)"),
                at: dataset.place)
        }
    }

    private static func make<Value: SampleNumber>(
        _ dataset: OpenDataset, _ axis: SampleAxis, _ type: Value.Type
    ) -> any HDF5Rows {
        switch axis {
        case .samplesFirst: SampleRows<Value>(dataset)
        case .channelsFirst: ChannelRows<Value>(dataset)
        }
    }
}

/// Rows as they lie: samples × channels, or one channel.
private final class SampleRows<Value: SampleNumber>: HDF5Rows {
    let count: Int
    private let window: RowWindow<Value>

    init(_ dataset: OpenDataset) {
        count = dataset.description.shape[0]
        window = RowWindow(dataset, of: Value.self, threads: RecordingFile.availableThreads)
    }

    func append(
        _ rows: Range<Int>, to block: inout RowBlock, through samples: inout SampleConversion
    ) throws(HDF5Error) {
        var numbers: [Value] = []
        try window.append(rows, to: &numbers)
        samples.append(numbers, row: rows.lowerBound, to: &block.samples)
    }
}

/// Channels × samples, turned round a window at a time.
private final class ChannelRows<Value: SampleNumber>: HDF5Rows {
    /// About this many bytes are kept, if a column of chunks takes no more.
    private static var windowBytes: Int { 4 << 20 }

    let count: Int
    private let dataset: OpenDataset
    private let width: Int
    /// A window starts at a multiple of this and has as many rows.
    private let windowRows: Int
    private var window: (rows: Range<Int>, numbers: [Value]) = (0..<0, [])

    init(_ dataset: OpenDataset) {
        let shape = dataset.description.shape
        self.dataset = dataset
        width = shape[0]
        count = shape[1]
        let rowBytes = max(1, width * MemoryLayout<Value>.stride)
        let wanted = max(1, Self.windowBytes / rowBytes)
        // Chunks are decompressed once when windows hold whole ones.
        let chunk = dataset.description.chunkShape?[1] ?? 1
        windowRows = max(chunk, wanted / chunk * chunk)
    }

    func append(
        _ rows: Range<Int>, to block: inout RowBlock, through samples: inout SampleConversion
    ) throws(HDF5Error) {
        var row = rows.lowerBound
        while row < rows.upperBound {
            if !window.rows.contains(row) { try load(row) }
            let end = min(rows.upperBound, window.rows.upperBound)
            let length = window.rows.count
            var numbers: [Value] = []
            numbers.reserveCapacity((end - row) * width)
            for position in (row - window.rows.lowerBound)..<(end - window.rows.lowerBound) {
                for channel in 0..<width {
                    numbers.append(window.numbers[channel * length + position])
                }
            }
            samples.append(numbers, row: row, to: &block.samples)
            row = end
        }
    }

    private func load(_ row: Int) throws(HDF5Error) {
        let start = row / windowRows * windowRows
        let end = min(count, start + windowRows)
        window = (
            start..<end,
            try dataset.read(
                as: Value.self, start: [0, start], count: [width, end - start],
                threads: RecordingFile.availableThreads)
        )
    }
}
