private import CSections
internal import EMGSignal
internal import FFTW
private import Parallel

/// Row-major samples whose columns several threads read and write at once.
///
/// It holds a pointer because threads that each own some channels write into one array, which
/// Swift's exclusivity cannot tell from a race.
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

    /// Writes the segments of neighboring channels back; other samples stay as they are.
    ///
    /// - Parameters:
    ///   - channels: The channels, as many as lanes.
    ///   - lanes: Their values.
    func replace(_ channels: Range<Int>, with lanes: ChannelLanes) {
        check(channels)
        precondition(
            lanes.count == channels.count && lanes.sampleCount == sampleCount,
            "\(lanes.count) lanes of \(lanes.sampleCount) samples for \(channels.count) channels")
        guard let first = lanes.segments.first else { return }
        if lanes.segments.allSatisfy({ $0 == first }) {
            // All at once: each row is fetched from memory one time, not once a channel.
            for segment in first { replace(channels, in: segment, with: lanes, firstLane: 0) }
        } else {
            for (lane, segments) in lanes.segments.enumerated() {
                let channel = channels.lowerBound + lane
                for segment in segments {
                    replace(channel..<channel + 1, in: segment, with: lanes, firstLane: lane)
                }
            }
        }
    }

    private func replace(
        _ channels: Range<Int>, in segment: SampleRange, with lanes: ChannelLanes, firstLane: Int
    ) {
        precondition(
            segment.start >= 0 && segment.end <= sampleCount,
            "samples \(segment.indices) of \(sampleCount)")
        unsafe lanes.values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            var row = unsafe base + (segment.start * channelCount + channels.lowerBound)
            for sample in segment.indices {
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

// MARK: Pairs of channels for transforms

extension ChannelColumns {
    /// Copies samples of neighboring channels into pairs.
    func load<Other: SpectralNumber>(
        channels: Range<Int>, samples: Range<Int>, into lanes: inout PairLanes<Other>
    ) {
        check(channels, samples, pairs: lanes.count, room: lanes.length)
        guard !samples.isEmpty else { return }
        let first = samples.lowerBound * channelCount + channels.lowerBound
        lanes.withAll { numbers, stride in
            unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                guard let target = numbers.baseAddress else { return }
                if let rows = unsafe base as? UnsafeMutablePointer<Double> {
                    unsafe Other.load(
                        rows + first, channelCount, channels.count, samples.count, target, stride)
                } else if let rows = unsafe base as? UnsafeMutablePointer<Float> {
                    unsafe Other.load(
                        rows + first, channelCount, channels.count, samples.count, target, stride)
                } else {
                    preconditionFailure("samples are Double or Float, not \(Number.self)")
                }
            }
        }
    }

    /// Copies pairs back to where samples came from.
    func store<Other: SpectralNumber>(
        _ lanes: borrowing PairLanes<Other>, from start: Int, channels: Range<Int>,
        samples: Range<Int>
    ) {
        precondition(start >= 0, "pair \(start)")
        check(channels, samples, pairs: lanes.count, room: lanes.length - start)
        guard !samples.isEmpty else { return }
        let first = samples.lowerBound * channelCount + channels.lowerBound
        lanes.readAll { numbers, stride in
            unsafe numbers.withUnsafeBufferPointer { numbers in
                guard let source = unsafe numbers.baseAddress.map({ unsafe $0 + 2 * start })
                else { return }
                if let rows = unsafe base as? UnsafeMutablePointer<Double> {
                    unsafe Other.store(
                        rows + first, channelCount, channels.count, samples.count, source, stride)
                } else if let rows = unsafe base as? UnsafeMutablePointer<Float> {
                    unsafe Other.store(
                        rows + first, channelCount, channels.count, samples.count, source, stride)
                } else {
                    preconditionFailure("samples are Double or Float, not \(Number.self)")
                }
            }
        }
    }

    private func check(_ channels: Range<Int>, _ samples: Range<Int>, pairs: Int, room: Int) {
        check(channels)
        precondition(
            samples.lowerBound >= 0 && samples.upperBound <= sampleCount
                && samples.count <= room && (channels.count + 1) / 2 == pairs,
            "channels \(channels), samples \(samples) for \(pairs) pairs of \(room)")
    }
}

// MARK: Rows of channels for recursions

extension ChannelColumns {
    /// Lends a segment of up to eight neighboring channels in double precision: where it is when
    /// it is that already, a copy that is written back when it is not.
    func withRows(
        channels: Range<Int>, samples: SampleRange, _ body: (LaneRows) -> Void
    ) {
        check(channels)
        precondition(
            channels.count <= SectionKernel.laneCount && samples.start >= 0
                && samples.end <= sampleCount,
            "channels \(channels), samples \(samples.indices)")
        let first = samples.start * channelCount + channels.lowerBound
        if let doubles = unsafe base as? UnsafeMutablePointer<Double> {
            unsafe body(
                LaneRows(
                    base: doubles + first, stride: channelCount, width: channels.count,
                    count: samples.count))
            return
        }
        let width = channels.count
        var copy = [Double](repeating: 0, count: samples.count * width)
        unsafe copy.withUnsafeMutableBufferPointer { buffer in
            guard let copy = buffer.baseAddress else { return }
            var row = unsafe base + first
            for sample in 0..<samples.count {
                for lane in 0..<width {
                    unsafe copy[sample &* width &+ lane] = Double(row[lane])
                }
                unsafe row += channelCount
            }
            unsafe body(LaneRows(base: copy, stride: width, width: width, count: samples.count))
            unsafe row = base + first
            for sample in 0..<samples.count {
                for lane in 0..<width {
                    unsafe row[lane] = Number(copy[sample &* width &+ lane])
                }
                unsafe row += channelCount
            }
        }
    }

    /// Whether every sample is finite.
    private func isFinite(threads: Int) -> Bool {
        let count = sampleCount * channelCount
        let part = 1 << 18
        let parts = concurrentMap(count: (count + part - 1) / part, threads: threads) { index in
            let size = min(part, count - index * part)
            let start = unsafe base + index * part
            if let numbers = unsafe start as? UnsafeMutablePointer<Double> {
                return unsafe numbers_finite_d(numbers, size)
            }
            if let numbers = unsafe start as? UnsafeMutablePointer<Float> {
                return unsafe numbers_finite_f(numbers, size)
            }
            return (0..<size).allSatisfy { unsafe start[$0].isFinite }
        }
        return parts.allSatisfy { $0 }
    }

    /// The segments of every channel that may be filtered as one.
    func segments(_ continuity: Continuity, threads: Int) -> [[SampleRange]] {
        if !continuity.isMarked, isFinite(threads: threads) {
            return Array(
                repeating: continuity.unmarkedSegments(count: sampleCount), count: channelCount)
        }
        return (0..<channelCount).map { channel in
            continuity.segments(channel: channel, of: planar(channel..<channel + 1).span)
        }
    }
}
