/// When to try again: soon at first, then ever more seldom.
struct BackOff {
    private static let shortest: UInt64 = 50_000_000
    private static let longest: UInt64 = 2_000_000_000

    private var wait = Self.shortest
    private var next: UInt64 = 0

    /// Waits until the next attempt is due.
    ///
    /// - Parameter deadline: When to come back all the same.
    /// - Returns: Whether it is due.
    mutating func wait(until deadline: UInt64) -> Bool {
        MonotonicClock.sleep(until: min(next, deadline))
        guard MonotonicClock.now >= next else { return false }
        next = MonotonicClock.now + wait
        wait = min(2 * wait, Self.longest)
        return true
    }

    /// Begins anew: an attempt went well.
    mutating func reset() {
        self = BackOff()
    }
}
