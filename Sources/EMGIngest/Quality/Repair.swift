package import EMGSignal
import PrintableText

/// Fills short segments of samples that are missing, channel by channel, as the caller asked.
///
/// A segment is filled when it is no longer than allowed, has a finite sample on both sides, and
/// the recording is not cut there. Between its neighbors runs the shape-preserving cubic of
/// F. N. Fritsch and J. Butland (SIAM J. Sci. Stat. Comput. 5 (1984) 300–304; SciPy's
/// `PchipInterpolator`), which never leaves the range of its two ends. Rows that are missing
/// altogether (gaps) are never made up.
package struct Repair {
    /// The longest segment that is filled, in samples.
    package let longest: Int

    /// - Parameter longest: The longest segment that is filled, in samples.
    package init(longest: Int) { self.longest = longest }

    /// Finds what can be filled.
    ///
    /// - Parameters:
    ///   - samples: The samples.
    ///   - cuts: Samples before which the recording is cut.
    ///   - channels: The channels.
    /// - Returns: What is put in the place of missing samples, and where.
    /// - Throws: What makes the samples unreadable.
    package func repair<Samples: SampleBlocks>(
        _ samples: Samples, cuts: Set<Int>, channels: [Channel]
    ) throws(Samples.Failure) -> RepairOutcome {
        let bounds = try SampleBounds.measure(samples)
        let sorted = cuts.sorted()
        var patches: [SamplePatches.Patch] = []
        var buffer: [Float] = []
        for channel in 0..<samples.channelCount {
            for range in bounds.nonFinite[channel]
            where range.count <= longest && range.start > 0 && range.end < samples.sampleCount
                && !Self.hasCut(sorted, from: range.start, through: range.end)
            {
                let first = max(0, range.start - 2)
                let last = min(samples.sampleCount, range.end + 2)
                try samples.readSamples(SampleRange(start: first, end: last), into: &buffer)
                func value(_ row: Int) -> Double? {
                    guard row >= first, row < last else { return nil }
                    let number = buffer[(row - first) * samples.channelCount + channel]
                    return number.isFinite ? Double(number) : nil
                }
                guard let left = value(range.start - 1), let right = value(range.end) else {
                    continue
                }
                // A neighbor's neighbor counts only when the recording is not cut between them.
                let before =
                    Self.hasCut(sorted, from: range.start - 1, through: range.start - 1)
                    ? nil : value(range.start - 2)
                let after =
                    Self.hasCut(sorted, from: range.end + 1, through: range.end + 1)
                    ? nil : value(range.end + 1)
                patches.append(
                    SamplePatches.Patch(
                        channel: channel, start: range.start,
                        values: Self.curve(
                            count: range.count, left: left, right: right, before: before,
                            after: after)))
            }
        }
        return RepairOutcome(patches: patches, channels: channels)
    }

    /// The values between two ends.
    ///
    /// - Parameters:
    ///   - count: How many are missing.
    ///   - left: The sample before them.
    ///   - right: The sample behind them.
    ///   - before: The sample before `left`; `nil` when there is none.
    ///   - after: The sample behind `right`; `nil` when there is none.
    /// - Returns: The samples in between, `count` of them.
    package static func curve(
        count: Int, left: Double, right: Double, before: Double?, after: Double?
    ) -> [Float] {
        let width = Double(count + 1)
        let slope = (right - left) / width
        let atLeft = before.map { tangent(left - $0, slope, width: width) } ?? slope
        let atRight = after.map { tangent($0 - right, slope, width: width) } ?? slope
        return (1...count).map { index in
            let t = Double(index) / width
            let square = t * t
            let cube = square * t
            return Float(
                (2 * cube - 3 * square + 1) * left + (cube - 2 * square + t) * width * atLeft
                    + (3 * square - 2 * cube) * right + (cube - square) * width * atRight)
        }
    }

    /// The weighted harmonic mean of the slopes on both sides of a point, one sample away on
    /// one side and `width` on the other; 0 where they differ in sign.
    private static func tangent(_ near: Double, _ far: Double, width: Double) -> Double {
        guard near * far > 0 else { return 0 }
        let nearWeight = 2 * width + 1
        let farWeight = width + 2
        return (nearWeight + farWeight) / (nearWeight / near + farWeight / far)
    }

    private static func hasCut(_ cuts: [Int], from first: Int, through last: Int) -> Bool {
        var low = 0
        var high = cuts.count
        while low < high {
            let middle = (low + high) / 2
            if cuts[middle] < first { low = middle + 1 } else { high = middle }
        }
        return low < cuts.count && cuts[low] <= last
    }
}
