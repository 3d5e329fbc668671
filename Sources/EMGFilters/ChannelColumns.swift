internal import EMGSignal

/// Row-major samples whose columns several threads read and write at once.
///
/// This is the only place of the module with a pointer: threads that each own some channels
/// write into one array, which Swift's exclusivity cannot tell from a race.
@safe
struct ChannelColumns<Number: BinaryFloatingPoint & SendableMetatype>: @unchecked Sendable {
    // Unchecked: the pointer is valid during `withColumns` only, which does not return before all
    // work with it is done, and no two threads are given the same channel.
    private let base: UnsafeMutablePointer<Number>
    /// How many samples a channel has.
    let sampleCount: Int
    /// How many channels.
    let channelCount: Int

    /// Lends the columns of an array.
    ///
    /// - Parameters:
    ///   - values: Row-major `[samples × channels]`.
    ///   - channelCount: At least 1.
    ///   - body: What to do with them. No two threads in it may use one channel.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    static func withColumns<Result, Failure: Error>(
        of values: inout [Number], channelCount: Int,
        _ body: (ChannelColumns) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let sampleCount = values.count / channelCount
        return try unsafe values.withUnsafeMutableBufferPointer {
            (buffer) throws(Failure) -> Result in
            guard let base = buffer.baseAddress, sampleCount > 0 else {
                var none = Number.zero
                return try unsafe withUnsafeMutablePointer(to: &none) {
                    (pointer) throws(Failure) -> Result in
                    try body(
                        unsafe ChannelColumns(
                            base: pointer, sampleCount: 0, channelCount: channelCount))
                }
            }
            return try body(
                unsafe ChannelColumns(
                    base: base, sampleCount: sampleCount, channelCount: channelCount))
        }
    }

    private init(base: UnsafeMutablePointer<Number>, sampleCount: Int, channelCount: Int) {
        unsafe self.base = base
        self.sampleCount = sampleCount
        self.channelCount = channelCount
    }

    /// The samples of neighboring channels, one channel after the other.
    func planar(_ channels: Range<Int>) -> [Double] {
        check(channels)
        let count = sampleCount * channels.count
        return unsafe [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let lanes = buffer.baseAddress else { return }
            var row = unsafe base + channels.lowerBound
            for sample in 0..<sampleCount {
                for lane in 0..<channels.count {
                    unsafe lanes[lane &* sampleCount &+ sample] = Double(row[lane])
                }
                unsafe row += channelCount
            }
            initialized = count
        }
    }

    /// Writes the stretches of neighboring channels back; other samples stay as they are.
    ///
    /// - Parameters:
    ///   - channels: The channels, as many as lanes.
    ///   - lanes: Their values.
    func replace(_ channels: Range<Int>, with lanes: ChannelLanes) {
        check(channels)
        precondition(
            lanes.count == channels.count && lanes.sampleCount == sampleCount,
            "\(lanes.count) lanes of \(lanes.sampleCount) samples for \(channels.count) channels")
        guard let first = lanes.stretches.first else { return }
        if lanes.stretches.allSatisfy({ $0 == first }) {
            // All at once: each row is fetched from memory one time, not once a channel.
            for stretch in first { replace(channels, in: stretch, with: lanes, firstLane: 0) }
        } else {
            for (lane, stretches) in lanes.stretches.enumerated() {
                let channel = channels.lowerBound + lane
                for stretch in stretches {
                    replace(channel..<channel + 1, in: stretch, with: lanes, firstLane: lane)
                }
            }
        }
    }

    private func replace(
        _ channels: Range<Int>, in stretch: SampleRange, with lanes: ChannelLanes, firstLane: Int
    ) {
        precondition(
            stretch.start >= 0 && stretch.end <= sampleCount,
            "samples \(stretch.indices) of \(sampleCount)")
        unsafe lanes.values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            var row = unsafe base + (stretch.start * channelCount + channels.lowerBound)
            for sample in stretch.indices {
                for lane in 0..<channels.count {
                    let index = (firstLane &+ lane) &* sampleCount &+ sample
                    unsafe row[lane] = Number(values[index])
                }
                unsafe row += channelCount
            }
        }
    }

    private func check(_ channels: Range<Int>) {
        precondition(
            channels.lowerBound >= 0 && channels.upperBound <= channelCount,
            "channels \(channels) of \(channelCount)")
    }
}
