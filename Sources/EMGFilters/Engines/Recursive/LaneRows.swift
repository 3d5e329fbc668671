/// A segment of up to eight neighboring channels in double precision, where they are: sample by
/// sample in an array that other threads use other channels of.
///
/// Positions count along a ``Direction``, so that one loop runs forward and backward.
@safe
struct LaneRows {
    /// Which way positions count.
    enum Direction {
        case forward
        case backward

        var opposite: Direction { self == .forward ? .backward : .forward }
    }

    private let base: UnsafeMutablePointer<Double>
    private let stride: Int
    /// How many channels.
    let width: Int
    /// How many samples.
    let count: Int

    /// Rows at checked memory: `count` samples of `width` numbers, `stride` numbers apart.
    @unsafe init(base: UnsafeMutablePointer<Double>, stride: Int, width: Int, count: Int) {
        unsafe self.base = base
        self.stride = stride
        self.width = width
        self.count = count
    }

    private func row(_ position: Int, _ direction: Direction) -> UnsafeMutablePointer<Double> {
        precondition((0..<count).contains(position), "sample \(position) of \(count)")
        let index = direction == .forward ? position : count - 1 - position
        return unsafe base + index * stride
    }

    /// Runs samples through a cascade, in place.
    func run(
        _ kernel: SectionKernel, _ positions: Range<Int>, _ direction: Direction,
        delays: inout [Double], takesMagnitude: Bool = false
    ) {
        guard !positions.isEmpty else { return }
        precondition(positions.upperBound <= count, "samples \(positions) of \(count)")
        var delays = delays.mutableSpan
        unsafe kernel.run(
            row(positions.lowerBound, direction), stride: direction == .forward ? stride : -stride,
            width: width, count: positions.count, delays: &delays, takesMagnitude: takesMagnitude)
    }

    /// Applies an operation to samples.
    func apply(_ operation: SampleOperation, _ positions: Range<Int>, _ direction: Direction) {
        guard !positions.isEmpty else { return }
        precondition(positions.upperBound <= count, "samples \(positions) of \(count)")
        let step = direction == .forward ? stride : -stride
        var row = unsafe row(positions.lowerBound, direction)
        for _ in positions {
            var lanes = unsafe MutableSpan(_unsafeStart: row, count: width)
            operation.apply(to: &lanes, 0..<width)
            unsafe row += step
        }
    }

    /// Copies samples out, ``SectionKernel/laneCount`` numbers each.
    func copy(_ positions: Range<Int>, _ direction: Direction) -> [Double] {
        var result = [Double](repeating: 0, count: positions.count * SectionKernel.laneCount)
        for (index, position) in positions.enumerated() {
            let row = unsafe row(position, direction)
            for lane in 0..<width {
                unsafe result[index * SectionKernel.laneCount + lane] = row[lane]
            }
        }
        return result
    }
}
