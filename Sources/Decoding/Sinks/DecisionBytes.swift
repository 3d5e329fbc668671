/// Decisions as records of a fixed size, for controllers; numbers have their least significant byte
/// first:
///
///     0   4  "MYOD"
///     4   2  version, 1
///     6   2  classes
///     8   8  number of the decision, from 0; -1 for a neutral output that no window is behind
///     16  8  number of the window's last sample, from 0; or -1
///     24  8  when that sample arrived, in nanoseconds of this machine's monotonic clock
///     32  8  when it was decided
///     40  4  class that is put out, from 0; -1 for neutral
///     44  4  likeliest class; or -1
///     48  8  velocity from 0 to 1, float64
///     56  1  state: 0 decided, 1 rejected, 2 held, 3 fault
///     57  1  cause of a neutral output: 0 none, 1 stalled, 2 disconnected, 3 corrupt, 4 ended,
///            5 stopped, 6 failed, 7 waiting
///     58  2  0
///     60  4  records that were dropped in front of this one, since the beginning
///     64  …  probability of each class, float64
struct DecisionBytes {
    private static let mark = Array("MYOD".utf8)
    private static let headBytes = 64

    private let classCount: Int
    /// The last record.
    private(set) var bytes: [UInt8]

    /// - Parameter classCount: Classes.
    init(classCount: Int) {
        self.classCount = classCount
        bytes = Array(repeating: 0, count: Self.size(classCount: classCount))
        for index in Self.mark.indices { bytes[index] = Self.mark[index] }
        store(UInt16(1), at: 4)
        store(UInt16(clamping: classCount), at: 6)
    }

    /// The bytes of a record.
    static func size(classCount: Int) -> Int { headBytes + 8 * classCount }

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - record: The decision.
    ///   - probabilities: One a class.
    ///   - dropped: Records that were dropped so far.
    mutating func set(_ record: DecisionRecord, _ probabilities: Span<Double>, dropped: Int) {
        let output = record.output
        store(Int64(record.decision?.index ?? -1), at: 8)
        store(Int64(record.decision?.sample ?? -1), at: 16)
        store(record.arrival, at: 24)
        store(record.decided, at: 32)
        store(Int32(output.label ?? -1), at: 40)
        store(Int32(record.decision?.likeliestClass ?? -1), at: 44)
        store(output.velocity.bitPattern, at: 48)
        bytes[56] = Self.number(of: output.state)
        bytes[57] = record.cause?.rawValue ?? 0
        store(UInt32(truncatingIfNeeded: dropped), at: 60)
        for index in 0..<classCount {
            store(probabilities[index].bitPattern, at: Self.headBytes + 8 * index)
        }
    }

    private mutating func store(_ number: some FixedWidthInteger, at place: Int) {
        for index in 0..<number.bitWidth / 8 {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
        }
    }

    private static func number(of state: ControlOutput.State) -> UInt8 {
        switch state {
        case .decided: 0
        case .rejected: 1
        case .held: 2
        case .fault: 3
        }
    }
}
