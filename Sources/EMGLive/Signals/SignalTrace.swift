internal import Foundation

/// The newest seconds of a stream as a page draws them: the least and the greatest value of each
/// channel in each of many short intervals.
struct SignalTrace: Sendable {
    /// Intervals a second at most: more than a screen shows.
    private static let mostPerSecond = 125.0
    private static let seconds = 12.0

    /// Samples of an interval.
    let binSamples: Int
    /// Channels.
    let channelCount: Int
    /// Intervals that were finished so far.
    private(set) var binCount = 0
    private let capacity: Int
    /// `[intervals × channels × (least, greatest)]`, a ring.
    private var bins: [Float]
    private var open: [Float]
    private var openCount = 0

    /// Creates a trace without a sample.
    ///
    /// - Parameters:
    ///   - channelCount: Channels.
    ///   - hertz: Samples a second.
    init(channelCount: Int, hertz: Double) {
        self.channelCount = channelCount
        binSamples = max(1, Int((hertz / Self.mostPerSecond).rounded(.up)))
        capacity = max(1, Int(Self.seconds * hertz / Double(binSamples)))
        bins = Array(repeating: .nan, count: capacity * channelCount * 2)
        open = Array(repeating: .nan, count: channelCount * 2)
    }

    /// Takes rows.
    mutating func take(_ rows: Span<Float>) {
        var place = 0
        while place < rows.count {
            for channel in 0..<channelCount {
                let value = rows[place + channel]
                let least = open[2 * channel]
                if !(value >= least) {
                    open[2 * channel] = least.isNaN || value < least ? value : least
                }
                let greatest = open[2 * channel + 1]
                if !(value <= greatest) {
                    open[2 * channel + 1] = greatest.isNaN || value > greatest ? value : greatest
                }
            }
            place += channelCount
            pass()
        }
    }

    /// Lets samples pass that did not come.
    mutating func lose(_ samples: Int) {
        for _ in 0..<min(samples, binSamples * capacity) { pass() }
    }

    private mutating func pass() {
        openCount += 1
        guard openCount == binSamples else { return }
        let first = binCount % capacity * channelCount * 2
        for index in open.indices {
            bins[first + index] = open[index]
            open[index] = .nan
        }
        binCount += 1
        openCount = 0
    }

    /// The intervals behind a number, for the page: four 32-bit whole numbers (the first interval's
    /// number, how many there are, channels, samples of an interval), then 32-bit floats
    /// `[intervals × channels × (least, greatest)]`; what did not come is no number. Little-endian.
    ///
    /// - Parameter since: The number of the first interval that is wanted.
    /// - Returns: The bytes.
    func bytes(since: Int) -> Data {
        let first = min(binCount, max(since, binCount - capacity, 0))
        var data = Data(capacity: 16 + (binCount - first) * channelCount * 8)
        for number in [first, binCount - first, channelCount, binSamples] {
            unsafe withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) {
                unsafe data.append(contentsOf: $0)
            }
        }
        for bin in first..<binCount {
            let place = bin % capacity * channelCount * 2
            for value in bins[place..<place + channelCount * 2] {
                unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) {
                    unsafe data.append(contentsOf: $0)
                }
            }
        }
        return data
    }
}
