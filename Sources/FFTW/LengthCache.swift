private import Synchronization

/// Values by transform length, made when first asked for and kept for the next one who asks.
///
/// Planning costs about as much as a few transforms, and a folder of recordings asks for the same
/// few lengths again and again. A value found here is the one that would be made anew: what is
/// computed with it does not depend on the cache.
package final class LengthCache<Value: Sendable>: Sendable {
    private struct Entries {
        var values: [Int: Value] = [:]
        var newestLast: [Int] = []
    }

    private let entries = Mutex(Entries())
    private let capacity: Int
    private let make: @Sendable (Int) -> Value

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - capacity: How many values to keep, at least 1; the one that was asked for longest ago
    ///     goes first.
    ///   - make: Makes the value for a length.
    package init(capacity: Int = 32, make: @escaping @Sendable (Int) -> Value) {
        precondition(capacity >= 1, "a cache keeps at least 1 value, got \(capacity)")
        self.capacity = capacity
        self.make = make
    }

    /// How many values are kept now.
    package var count: Int { entries.withLock { $0.values.count } }

    /// The value for a length.
    package func value(length: Int) -> Value {
        if let value = entries.withLock({ Self.take(length, from: &$0) }) { return value }
        // Made outside the lock: planning a long transform must not keep others waiting. When two
        // threads make the same value, the first one in stays and the other is dropped.
        let made = make(length)
        return entries.withLock { entries in
            if let value = Self.take(length, from: &entries) { return value }
            if entries.newestLast.count == capacity {
                entries.values[entries.newestLast.removeFirst()] = nil
            }
            entries.values[length] = made
            entries.newestLast.append(length)
            return made
        }
    }

    private static func take(_ length: Int, from entries: inout Entries) -> Value? {
        guard let value = entries.values[length] else { return nil }
        entries.newestLast.removeAll { $0 == length }
        entries.newestLast.append(length)
        return value
    }
}
