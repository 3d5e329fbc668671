/// How often something was seen and where first.
struct Occurrences: Sendable {
    private(set) var count = 0
    private(set) var firstLine = 0
    private var pending = 0
    private var firstPending = 0

    mutating func add(_ line: Int, count added: Int = 1) {
        if count == 0 { firstLine = line }
        count += added
    }

    /// Keeps something in mind that counts only if it is confirmed.
    mutating func note(_ line: Int) {
        if pending == 0 { firstPending = line }
        pending += 1
    }

    /// Counts what was kept in mind.
    mutating func confirm() {
        guard pending > 0 else { return }
        add(firstPending, count: pending)
        pending = 0
    }
}
