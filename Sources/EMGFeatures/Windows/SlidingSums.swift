/// The sums of windows that slide along a signal, each from those of the blocks it is made of.
///
/// Every window is the end of one run of blocks and the start of the next, both of which are summed
/// once: a window takes one addition, however many blocks it has. Nothing is ever taken off again,
/// so that a quiet window after a loud one keeps all its digits.
struct SlidingSums {
    private let samples: [Double]
    private let needsLogarithm: Bool
    private let blockLength: Int
    private let perWindow: Int
    private let perStride: Int
    /// The blocks of two runs, and which they are.
    private var blocks: [WindowSums?]
    private var blockIndices: [Int]
    /// From each block to the end of the run.
    private var ends: [WindowSums] = []
    private var run = -1
    /// From the start of the next run on.
    private var start: WindowSums?
    private var startCount = 0

    init(_ samples: [Double], window: Int, stride: Int, needsLogarithm: Bool) {
        self.samples = samples
        self.needsLogarithm = needsLogarithm
        blockLength = Self.divisor(window, stride)
        perWindow = window / blockLength
        perStride = stride / blockLength
        blocks = Array(repeating: nil, count: 2 * perWindow)
        blockIndices = Array(repeating: -1, count: 2 * perWindow)
    }

    /// The sums of a window.
    ///
    /// - Parameter window: Which one; ask for them in order.
    /// - Returns: Its sums.
    mutating func sums(window: Int) -> WindowSums {
        let first = window * perStride
        if first / perWindow != run || ends.isEmpty { begin(first / perWindow) }
        let position = first % perWindow
        guard position > 0 else { return ends[0] }
        var start = start ?? block((run + 1) * perWindow)
        startCount = max(startCount, 1)
        while startCount < position {
            start = start + block((run + 1) * perWindow + startCount)
            startCount += 1
        }
        self.start = start
        return ends[position] + start
    }

    private mutating func begin(_ run: Int) {
        self.run = run
        var total = block((run + 1) * perWindow - 1)
        ends = Array(repeating: total, count: perWindow)
        for position in stride(from: perWindow - 2, through: 0, by: -1) {
            total = block(run * perWindow + position) + total
            ends[position] = total
        }
        start = nil
        startCount = 0
    }

    private mutating func block(_ index: Int) -> WindowSums {
        let slot = index % blocks.count
        if blockIndices[slot] == index, let block = blocks[slot] { return block }
        let range = index * blockLength..<(index + 1) * blockLength
        let block = WindowSums(
            samples.span.extracting(range), needsLogarithm: needsLogarithm)
        blocks[slot] = block
        blockIndices[slot] = index
        return block
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
