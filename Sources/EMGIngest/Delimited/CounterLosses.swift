internal import EMGSignal

/// Rows that a counter says are missing, by the row behind them.
struct CounterLosses: Sendable, Hashable {
    /// How many are kept.
    private static let most = 1_000
    private static let name = "rows_missing_by_counter_before"

    private(set) var rows: [Int: Int] = [:]

    init() {}

    /// What the history of a recording says.
    init(_ history: [ProcessingStep]) {
        let step = history.last { $0.parameters[Self.name] != nil }
        guard case .list(let entries) = step?.parameters[Self.name] else { return }
        for entry in entries {
            guard case .list(let pair) = entry, pair.count == 2,
                case .integer(let row) = pair[0], case .integer(let missing) = pair[1]
            else { continue }
            rows[row] = missing
        }
    }

    mutating func add(_ missing: Int, before row: Int) {
        if rows.count < Self.most { rows[row] = missing }
    }

    /// For the history: pairs of a row and the number of rows missing before it.
    var facts: [String: ProcessingStep.Value] {
        rows.isEmpty
            ? [:]
            : [
                Self.name: .list(
                    rows.sorted { $0.key < $1.key }.map {
                        .list([.integer($0.key), .integer($0.value)])
                    })
            ]
    }
}
