internal import EMGSignal

/// Samples as amplifiers send them: int16 of all channels, sample after sample, one channel of which
/// counts the samples.
struct AmplifierLayout: PacketLayout {
    /// Which byte of a number comes first.
    enum ByteOrder {
        case mostSignificantFirst
        case leastSignificantFirst
    }

    /// After so many wrong counts in a row the bytes are not in step with the samples any more.
    private static let mostBreaks = 8

    let greeting: [UInt8]
    let farewell: [UInt8]
    /// Channels of a sample, accessory ones too.
    private let width: Int
    /// The first ones, which are electrodes.
    private let bioChannels: Int
    /// The channel that counts.
    private let counter: Int
    private let order: ByteOrder
    /// What a count is in the unit that is wanted.
    private let scale: Double
    private let description: StreamDescription
    private(set) var stream: StreamDescription?
    private var next: UInt16?
    private var breaks = 0

    init(
        greeting: [UInt8], farewell: [UInt8], width: Int, bioChannels: Int, counter: Int,
        order: ByteOrder, scale: Double, unit: String, samplingRate: SamplingRate
    ) {
        self.greeting = greeting
        self.farewell = farewell
        self.width = width
        self.bioChannels = bioChannels
        self.counter = counter
        self.order = order
        self.scale = scale
        description = StreamDescription(
            channelCount: bioChannels, units: Array(repeating: unit, count: bioChannels),
            samplingRate: samplingRate)
    }

    mutating func reset() {
        stream = nil
        next = nil
        breaks = 0
    }

    mutating func take(
        from buffer: inout ReceiveBuffer, isEnd: Bool, into block: inout SampleBlock
    ) -> LayoutStep {
        guard stream != nil else {
            stream = description
            return .described
        }
        var count = 0
        while buffer.count >= 2 * width {
            let number = UInt16(bitPattern: value(counter, in: buffer))
            if let next, number != next {
                if count > 0 { return .samples }
                self.next = number
                breaks += 1
                if breaks > Self.mostBreaks {
                    // There is no mark to look for: only a new connection begins with a sample.
                    return .fault(.disconnected)
                }
                return .fault(.gap(missing: Int(number &- next)))
            }
            if count == 0 {
                block.begin(channelCount: bioChannels)
            } else if block.room == 0 {
                return .samples
            }
            for channel in 0..<bioChannels {
                block.append(Float(Double(value(channel, in: buffer)) * scale))
            }
            next = number &+ 1
            if count > 0 { breaks = 0 }
            count += 1
            block.packetCount += 1
            buffer.drop(2 * width)
        }
        if count > 0 { return .samples }
        guard isEnd, buffer.count > 0 else { return .needsMoreBytes }
        buffer.removeAll()
        return .fault(.malformed(missing: 0))
    }

    private func value(_ channel: Int, in buffer: ReceiveBuffer) -> Int16 {
        switch order {
        case .mostSignificantFirst: buffer.bigEndian(2 * channel, as: Int16.self)
        case .leastSignificantFirst: buffer.littleEndian(2 * channel, as: Int16.self)
        }
    }
}
