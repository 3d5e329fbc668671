/// The causal form of ``MovingWindow`` for samples as they come.
struct MovingWindowStream: ChannelStream {
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
