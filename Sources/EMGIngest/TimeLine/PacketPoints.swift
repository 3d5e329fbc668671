internal import EMGSignal

/// The time stamps as points of a line: one point a packet, the number of its last sample against
/// its stamp.
///
/// Samples with equal stamps, or far closer ones than they were sampled, came in one packet. What
/// is known of its samples is that the last of them had been taken when it was stamped; the
/// others waited. A sample that came alone is a packet of one.
struct PacketPoints<Times: TimeBlocks> {
    /// How many points are kept in memory from one pass to the next.
    private static var mostKept: Int { 1 << 18 }
    /// How many points a chunk has of its own when they are not kept.
    private static var coreCount: Int { 1 << 16 }
    /// How many points a chunk has on either side of its own.
    static var reach: Int { 1 << 10 }

    private let times: Times
    private let origin: Double
    private let longestWithin: Double
    private var kept: (samples: [Double], times: [Double])? = ([], [])

    /// The number of points.
    private(set) var count = 0
    /// Samples a packet.
    private(set) var sizes: PacketSizes

    private init(_ times: Times, longestWithin: Double, origin: Double) {
        self.times = times
        self.longestWithin = longestWithin
        self.origin = origin
        sizes = PacketSizes(typical: 1, least: 1, most: 1, mean: 1)
    }

    /// Reads time stamps once and puts samples that came together into packets.
    ///
    /// - Parameters:
    ///   - times: Finite seconds, one a sample; at least one.
    ///   - longestWithin: The longest step within a packet, in seconds.
    /// - Returns: The last sample and the time of each packet.
    /// - Throws: What makes the time stamps unreadable.
    static func scan(
        _ times: Times, longestWithin: Double
    ) throws(Times.Failure) -> PacketPoints {
        var first: [Double] = []
        try times.readTimes(SampleRange(start: 0, end: 1), into: &first)
        var points = PacketPoints(times, longestWithin: longestWithin, origin: first[0])
        var found: (samples: [Double], times: [Double])? = ([], [])
        var counts = StrideSample()
        var (total, least, most, last, size) = (0, Int.max, 0, -1, 0)
        try points.forEachPoint(limit: .max) { sample, time in
            // The first packet and the last one are seldom whole.
            if total > 1 { least = min(least, size) }
            size = sample - last
            most = max(most, size)
            counts.add(Double(size))
            last = sample
            total += 1
            found?.samples.append(Double(sample))
            found?.times.append(time)
            if total > mostKept { found = nil }
        }
        let typical = max(1, Int(counts.quantile(0.5)))
        // A packet that the end of the recording cuts has a last sample that waited.
        if total > 2, size < typical {
            total -= 1
            found?.samples.removeLast()
            found?.times.removeLast()
        }
        points.count = total
        points.kept = found
        points.sizes = PacketSizes(
            typical: typical, least: min(least, typical), most: most,
            mean: Double(times.count) / Double(max(1, total)))
        return points
    }

    /// The points in chunks, in order.
    ///
    /// - Parameter body: Called with each.
    /// - Throws: What makes the time stamps unreadable.
    func forEachChunk(_ body: (PacketChunk) -> Void) throws(Times.Failure) {
        if let kept {
            body(PacketChunk(samples: kept.samples, times: kept.times, core: 0..<count))
            return
        }
        var chunk = PacketChunk()
        try forEachPoint(limit: count) { sample, time in
            chunk.samples.append(Double(sample))
            chunk.times.append(time)
            let start = chunk.core.upperBound
            guard chunk.samples.count == start + Self.coreCount + Self.reach else { return }
            chunk.core = start..<start + Self.coreCount
            body(chunk)
            let dropped = max(0, chunk.core.upperBound - Self.reach)
            chunk.samples.removeFirst(dropped)
            chunk.times.removeFirst(dropped)
            chunk.first += dropped
            chunk.core = 0..<chunk.core.upperBound - dropped
        }
        chunk.core = chunk.core.upperBound..<chunk.samples.count
        if !chunk.core.isEmpty { body(chunk) }
    }

    /// The steps from packet to packet, in order.
    ///
    /// - Parameter body: Called with the number of the later packet, the samples and the seconds
    ///   from one to the other.
    /// - Throws: What makes the time stamps unreadable.
    func forEachStep(
        _ body: (_ packet: Int, _ samples: Double, _ seconds: Double) -> Void
    ) throws(Times.Failure) {
        var last: (sample: Double, time: Double)?
        try forEachChunk { chunk in
            for index in chunk.core {
                let (sample, time) = (chunk.samples[index], chunk.times[index])
                if let last { body(chunk.first + index, sample - last.sample, time - last.time) }
                last = (sample, time)
            }
        }
    }

    private func forEachPoint(
        limit: Int, _ body: (_ sample: Int, _ time: Double) -> Void
    ) throws(Times.Failure) {
        var last = 0.0
        var number = 0
        try times.forEachStep { sample, step, time in
            if step.magnitude > longestWithin, number < limit {
                body(sample - 1, last)
                number += 1
            }
            last = time - origin
        }
        if number < limit { body(times.count - 1, last) }
    }
}
