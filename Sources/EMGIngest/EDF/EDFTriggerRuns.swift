/// Runs of one code in a channel of triggers. A code that lasts too short is what lines do while
/// they switch, and is left out.
struct EDFTriggerRuns: Sendable, Hashable {
    /// Samples of one code.
    struct Run: Sendable, Hashable {
        /// The code.
        let code: Int
        /// The first sample.
        let start: Int
    }

    /// The runs in the order of the samples; neighbors differ.
    private(set) var runs: [Run] = []
    /// How many runs were too short.
    private(set) var shortCount = 0

    private let shortest: Int
    private var code = 0
    private var start = 0
    private var count = 0

    /// Begins before the first sample.
    init(shortest: Int) { self.shortest = shortest }

    /// Takes the next sample.
    @inline(__always)
    mutating func add(_ code: Int, at row: Int) {
        if code == self.code, count > 0 {
            count += 1
            return
        }
        close()
        (self.code, start, count) = (code, row, 1)
    }

    /// Ends behind the last sample.
    mutating func close() {
        guard count > 0 else { return }
        defer { count = 0 }
        guard count >= shortest else {
            shortCount += 1
            return
        }
        if runs.last?.code != code { runs.append(Run(code: code, start: start)) }
    }
}
