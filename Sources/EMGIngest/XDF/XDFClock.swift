/// The way from the clock of a device to that of the recording: one line for each segment between
/// resets of the device's clock, by the method and with the defaults of `pyxdf`.
struct XDFClock: Sendable, Hashable {
    /// A segment between resets.
    private struct Segment: Sendable, Hashable {
        let intercept: Double
        let slope: Double
        /// When its last offset was measured.
        let lastTime: Double
        /// When the first offset of the next one was measured.
        var nextTime: Double
    }

    /// A reset: the time between two offsets is this many of their scatter (median absolute
    /// deviation) and seconds off the usual one, and so is the offset itself.
    private static let timeDeviations = 5.0
    private static let timeSeconds = 5.0
    private static let offsetDeviations = 10.0
    private static let offsetSeconds = 1.0
    /// Offsets further off a line than this are outliers, in seconds.
    private static let outlierSeconds = 0.0001

    /// No clock shows more, in seconds; beyond it arithmetic would suffer.
    static let largestTime = 1e10

    private let segments: [Segment]
    private var current = 0

    /// How many resets there are.
    var resetCount: Int { max(0, segments.count - 1) }
    /// The segments whose offsets give no line.
    let unusableCount: Int

    /// Fits lines.
    ///
    /// - Parameters:
    ///   - times: When offsets were measured, by the clock of the device.
    ///   - values: What is to be added to its times, in seconds.
    init(times: [Double], values: [Double]) {
        var segments: [Segment] = []
        var unusable = 0
        for range in Self.segments(times, values) {
            var line = (intercept: values[range.lowerBound], slope: 0.0)
            if range.count > 1 {
                let fit = XDFRobustFit(
                    x: Array(times[range]), y: Array(values[range]), unit: Self.outlierSeconds)
                if fit == nil { unusable += 1 }
                line = (fit?.intercept ?? 0, fit?.slope ?? 0)
            }
            segments.append(
                Segment(
                    intercept: line.intercept, slope: line.slope,
                    lastTime: times[range.upperBound - 1],
                    nextTime: range.upperBound < times.count ? times[range.upperBound] : .infinity))
        }
        self.segments = segments
        unusableCount = unusable
    }

    /// A time of the device by the clock of the recording; asked in the order of the samples, as a
    /// reset is passed once.
    @inline(__always)
    mutating func synchronized(_ time: Double) -> Double {
        guard !segments.isEmpty else { return time }
        while current + 1 < segments.count {
            let segment = segments[current]
            if abs(time - segment.lastTime) < abs(time - segment.nextTime) { break }
            current += 1
        }
        let segment = segments[current]
        return time + (segment.intercept + segment.slope * time)
    }

    /// The offsets between resets.
    private static func segments(_ times: [Double], _ values: [Double]) -> [Range<Int>] {
        guard times.count > 1 else { return times.isEmpty ? [] : [0..<1] }
        let timeSteps = zip(times.dropFirst(), times).map { $0 - $1 }
        let valueSteps = zip(values.dropFirst(), values).map { $0 - $1 }
        let late = outliers(timeSteps, deviations: timeDeviations, seconds: timeSeconds)
        let off = outliers(valueSteps, deviations: offsetDeviations, seconds: offsetSeconds)
        var ranges: [Range<Int>] = []
        var start = 0
        for index in timeSteps.indices where timeSteps[index] < 0 || (late[index] && off[index]) {
            ranges.append(start..<index + 1)
            start = index + 1
        }
        ranges.append(start..<times.count)
        return ranges
    }

    private static func outliers(
        _ steps: [Double], deviations: Double, seconds: Double
    ) -> [Bool] {
        let center = median(steps)
        let scatter = median(steps.map { abs($0 - center) }) + Double.ulpOfOne
        return steps.map {
            abs($0 - center) / scatter > deviations && abs($0 - center) > seconds
        }
    }

    /// The median; the mean of the middle two of an even number.
    static func median(_ numbers: [Double]) -> Double {
        guard !numbers.isEmpty else { return 0 }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Whether the last offset is not of a row with the others: what is left of a sender that was
    /// shut down while it was recorded, when there are more samples than the footer counts.
    static func isLastCorrupt(times: [Double], values: [Double]) -> Bool {
        guard times.count >= 3 else { return false }
        let steps = zip(times.dropFirst(), times).map { $0 - $1 }
        let usual = median(Array(steps.dropLast()))
        let last = abs(steps[steps.count - 1])
        let ratio = usual > 0 ? last / usual : last > 0 ? .infinity : 1
        let others = Array(values.dropLast())
        let center = median(others)
        let scatter = median(others.map { abs($0 - center) })
        let score =
            scatter > Double.ulpOfOne
            ? abs(values[values.count - 1] - center) / (1.4826 * scatter) : 0
        return ratio > 10 || score > 10
    }
}
