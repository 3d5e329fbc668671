internal import EMGSignal

/// The causal form of ``TeagerKaiserEnergy`` for samples as they come.
struct TeagerKaiserStream: ChannelStream {
    private let channelCount: Int
    /// The sample before the last of each channel, then the last.
    private(set) var state: [Double]

    init(channelCount: Int) {
        self.channelCount = channelCount
        state = Array(repeating: 0, count: 2 * channelCount)
    }

    mutating func restore(_ state: [Double]) -> Bool {
        guard state.count == self.state.count else { return false }
        self.state = state
        return true
    }

    mutating func reset() {
        for index in state.indices { state[index] = 0 }
    }

    mutating func process(_ samples: inout MutableSpan<Double>) {
        for row in stride(from: 0, to: samples.count, by: channelCount) {
            for channel in 0..<channelCount {
                let sample = samples[row + channel]
                let last = state[channelCount + channel]
                samples[row + channel] = last * last - state[channel] * sample
                state[channel] = last
                state[channelCount + channel] = sample
            }
        }
    }
}
