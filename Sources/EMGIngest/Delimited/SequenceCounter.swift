internal import EMGSignal
import PrintableText

/// The running number of rows, which wraps at a power of two: what it passes over is missing.
///
/// Its width is what the header or the template says, until a value exceeds that: then it counts
/// on, and wraps at the power of two that the largest value so far needs.
struct SequenceCounter: Sendable {
    /// How many rows are missing, at least.
    private(set) var missing = 0
    /// Where: the row behind, and how many are missing before it.
    private(set) var losses = CounterLosses()
    /// How many losses there are.
    private(set) var lossCount = 0
    /// The rows at which a counter that counts on begins anew.
    private(set) var restarts: [Int] = []
    /// Whether a value was larger than the width that was declared.
    private(set) var isWidened = false

    private var bits: Int
    private var last: Int?

    /// - Parameter bits: The width that is declared; `nil` when none is.
    init(bits: Int?) {
        self.bits = bits ?? 0
        isStated = bits != nil
    }

    private let isStated: Bool
    private static let mostRestarts = 1_000

    /// Forgets the last number: a file of its own begins.
    mutating func restart() { last = nil }

    /// Takes the number of the next row.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - row: The row.
    /// - Returns: Whether the row follows the one before.
    mutating func take(_ value: Int, row: Int) -> Bool {
        let needed = Int.bitWidth - max(0, value).leadingZeroBitCount
        if needed > bits {
            if isStated { isWidened = true }
            bits = needed
        }
        defer { last = value }
        guard let last else { return true }
        let largest = (1 << bits) - 1
        let skipped = (value &- last &- 1) & largest
        guard skipped > 0 else { return true }
        if value <= last, isWidened || !isStated, skipped > largest / 2 {
            // One that counts on and comes back far below its end was not read on: it restarted.
            if restarts.count < Self.mostRestarts { restarts.append(row) }
            return false
        }
        missing = missing.addingReportingOverflow(skipped).partialValue
        lossCount += 1
        losses.add(skipped, before: row)
        return false
    }
}

extension SequenceCounter {
    /// How many places a sentence lists.
    private static let mostListed = 5

    /// What its user should know.
    ///
    /// - Parameter place: Where a row is in the source.
    /// - Returns: One for losses, one for restarts, one for a width that was exceeded.
    func warnings(at place: (_ row: Int) -> SourceLocation) -> [IngestWarning] {
        var warnings: [IngestWarning] = []
        if let first = losses.rows.keys.min() {
            let places = losses.rows.sorted { $0.key < $1.key }.prefix(Self.mostListed).map {
                "\($0.value) before sample \($0.key)"
            }
            let rest = lossCount > Self.mostListed ? " and \(lossCount - Self.mostListed) more" : ""
            warnings.append(
                IngestWarning(
                    .gap, at: place(first), count: lossCount,
                    message:
                        "\(lossCount, of: "gap") by the counter, \(missing, of: "row") missing: "
                        + "\(places.joined(separator: ", "))\(rest); the recording is cut there"))
        }
        if let first = restarts.first {
            warnings.append(
                IngestWarning(
                    .gap, at: place(first), count: restarts.count,
                    message: "the counter begins anew "
                        + "\(restarts.count == 1 ? "once" : "\(restarts.count) times, first"), at "
                        + "sample \(first): how many rows are missing is not known; the recording "
                        + "is cut there"))
        }
        if isWidened {
            warnings.append(
                IngestWarning(
                    .assumption, at: SourceLocation(file: place(0).file),
                    message: "the counter exceeds the width that is declared: it is read as one of "
                        + "\(bits) bits"))
        }
        return warnings
    }
}
