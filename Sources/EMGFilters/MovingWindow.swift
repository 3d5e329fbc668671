/// Where a window lies.
public enum WindowAlignment: String, Sendable, Hashable, CaseIterable {
    /// Around the sample; an even one reaches one sample further back.
    case centered
    /// Up to the sample.
    case causal
}

/// The mean of squares or magnitudes over a window that moves along a signal, and for squares its
/// root: moving RMS and average rectified value (ARV).
struct MovingWindow: Sendable, Hashable {
    /// What is averaged.
    enum Quantity: Sendable, Hashable {
        case rootMeanSquare
        case averageRectified
    }

    /// What lies beyond the ends.
    enum Boundary: Sendable, Hashable {
        /// Nothing: windows are shorter there.
        case truncated
        /// Zeros, which count.
        case zero
    }

    let quantity: Quantity
    /// Samples in a window, at least 1.
    let length: Int
    let alignment: WindowAlignment
    var boundary = Boundary.truncated

    /// The quantity of a sample that is averaged.
    @inline(__always)
    func term(_ sample: Double) -> Double {
        switch quantity {
        case .rootMeanSquare: sample * sample
        case .averageRectified: abs(sample)
        }
    }

    /// The result of a mean.
    @inline(__always)
    func result(_ mean: Double) -> Double {
        switch quantity {
        case .rootMeanSquare: mean.squareRoot()
        case .averageRectified: mean
        }
    }

    /// Replaces a signal by its moving average.
    ///
    /// Sums of blocks from their ends and from their starts: every window is the end of one block
    /// and the start of the next. There are only additions of numbers that are not negative, so a
    /// quiet stretch after a loud one keeps all its digits.
    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        let behind = alignment == .causal ? length - 1 : length / 2
        let ahead = length - 1 - behind
        var terms = [Double](repeating: 0, count: count)
        for index in 0..<count { terms[index] = term(samples[index]) }
        var starts = terms
        var ends = terms
        for index in 1..<max(1, count) where !index.isMultiple(of: length) {
            starts[index] += starts[index - 1]
        }
        for index in stride(from: count - 2, through: 0, by: -1)
        where !(index + 1).isMultiple(of: length) {
            ends[index] += ends[index + 1]
        }
        for index in 0..<count {
            let first = max(0, index - behind)
            let last = min(count - 1, index + ahead)
            let isOneBlock = first / length == last / length
            let sum =
                isOneBlock
                ? first.isMultiple(of: length) ? starts[last] : ends[first]
                : ends[first] + starts[last]
            let divisor = boundary == .zero ? length : last - first + 1
            samples[index] = result(sum / Double(divisor))
        }
    }
}

/// The causal form of ``MovingWindow`` for samples as they come.
struct MovingWindowStream: Sendable {
    private let window: MovingWindow
    private let channelCount: Int
    /// The terms of the block before from each position to its end, `[position × channels]`; from
    /// the write position on. Below it, the terms of this block.
    private var terms: [Double]
    /// The sum of this block so far.
    private var starts: [Double]
    private var position = 0
    private var filled = 0

    init(_ window: MovingWindow, channelCount: Int) {
        self.window = window
        self.channelCount = channelCount
        terms = Array(repeating: 0, count: window.length * channelCount)
        starts = Array(repeating: 0, count: channelCount)
    }

    var state: [Double] { terms + starts + [Double(position), Double(filled)] }

    mutating func restore(_ state: [Double]) -> Bool {
        let count = terms.count
        guard state.count == count + channelCount + 2,
            let position = Int(exactly: state[count + channelCount]),
            let filled = Int(exactly: state[count + channelCount + 1]),
            (0..<window.length).contains(position), (0...window.length).contains(filled)
        else { return false }
        terms = Array(state[..<count])
        starts = Array(state[count..<count + channelCount])
        (self.position, self.filled) = (position, filled)
        return true
    }

    mutating func reset() {
        for index in terms.indices { terms[index] = 0 }
        for index in starts.indices { starts[index] = 0 }
        (position, filled) = (0, 0)
    }

    mutating func process(_ samples: inout MutableSpan<Double>) {
        let length = window.length
        for row in stride(from: 0, to: samples.count, by: channelCount) {
            filled = min(length, filled + 1)
            let divisor = window.boundary == .zero ? length : filled
            let next = (position + 1) * channelCount
            for channel in 0..<channelCount {
                let term = window.term(samples[row + channel])
                starts[channel] = position == 0 ? term : starts[channel] + term
                // What is left of the block before: from the position after this one on.
                let rest = position + 1 < length ? terms[next + channel] : 0
                terms[position * channelCount + channel] = term
                let sum = position + 1 < length ? rest + starts[channel] : starts[channel]
                samples[row + channel] = window.result(sum / Double(divisor))
            }
            position += 1
            if position == length {
                position = 0
                for channel in 0..<channelCount {
                    var sum = 0.0
                    for index in stride(from: length - 1, through: 0, by: -1) {
                        sum += terms[index * channelCount + channel]
                        terms[index * channelCount + channel] = sum
                    }
                }
            }
        }
    }
}
