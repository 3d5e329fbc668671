internal import EMGFormats

/// The samples of one record as bytes.
struct EDFRecord {
    /// The bytes of all channels, one after another.
    private(set) var bytes: [UInt8]

    private let codings: [ChannelCoding]
    private let samples: Int
    private let format: EDFFormat

    init(_ codings: [ChannelCoding], samples: Int, format: EDFFormat) {
        self.codings = codings
        self.samples = samples
        self.format = format
        bytes = [UInt8](repeating: 0, count: codings.count * samples * format.sampleBytes)
    }

    /// Encodes rows; the last one is repeated until the record is full.
    ///
    /// - Parameters:
    ///   - values: Samples, row after row.
    ///   - start: The first row.
    ///   - end: One past the last row, above `start`.
    mutating func encode(_ values: [Float], from start: Int, to end: Int) {
        let width = codings.count
        var place = 0
        for (channel, coding) in codings.enumerated() {
            for index in 0..<samples {
                let row = min(start + index, end - 1)
                let number = coding.number(of: values[row * width + channel])
                let pattern = UInt32(bitPattern: Int32(truncatingIfNeeded: number))
                bytes[place] = UInt8(truncatingIfNeeded: pattern)
                bytes[place + 1] = UInt8(truncatingIfNeeded: pattern >> 8)
                if format == .bdf { bytes[place + 2] = UInt8(truncatingIfNeeded: pattern >> 16) }
                place += format.sampleBytes
            }
        }
    }
}
