/// First-order low-pass filters in a row, each with the same cut-off.
struct Smoothing: Sendable {
    private let share: Double
    private var state: [Double]

    /// Creates filters at rest at a level.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one of them in hertz.
    ///   - rate: Steps a second.
    ///   - stages: How many of them.
    ///   - level: The value they start from.
    init(cutoff: Double, rate: Double, stages: Int, level: Double = 0) {
        share = 1 - ExactMath.exp(-2 * ExactMath.pi * cutoff / rate)
        state = Array(repeating: level, count: stages)
    }

    /// The latest output.
    var value: Double { state.last ?? 0 }

    /// The output for the next input.
    mutating func next(_ input: Double) -> Double {
        var value = input
        for stage in state.indices {
            state[stage] += share * (value - state[stage])
            value = state[stage]
        }
        return value
    }
}
