private import Synchronization

/// Plans by length, made when first asked for and kept for the next one who asks.
///
/// Planning costs about as much as a few transforms, and a folder of recordings asks for the same
/// few lengths again and again. A plan found here is the one that would be made anew: what it
/// computes does not depend on the cache.
package final class PlanCache<Plan: Sendable>: Sendable {
    private struct Entries {
        var plans: [Int: Plan] = [:]
        var newestLast: [Int] = []
    }

    private let entries = Mutex(Entries())
    private let capacity: Int
    private let make: @Sendable (Int) -> Plan

    /// Creates an empty cache.
    ///
    /// - Parameters:
    ///   - capacity: How many plans to keep, at least 1; the one that was asked for longest ago
    ///     goes first.
    ///   - make: Makes the plan for a length.
    package init(capacity: Int = 32, make: @escaping @Sendable (Int) -> Plan) {
        precondition(capacity >= 1, "a cache keeps at least 1 plan, got \(capacity)")
        self.capacity = capacity
        self.make = make
    }

    /// How many plans are kept now.
    package var count: Int { entries.withLock { $0.plans.count } }

    /// The plan for a length.
    package func plan(length: Int) -> Plan {
        if let plan = entries.withLock({ Self.take(length, from: &$0) }) { return plan }
        // Made outside the lock: planning a long transform must not keep others waiting. When two
        // threads make the same plan, the first one in stays and the other is dropped.
        let made = make(length)
        return entries.withLock { entries in
            if let plan = Self.take(length, from: &entries) { return plan }
            if entries.newestLast.count == capacity {
                entries.plans[entries.newestLast.removeFirst()] = nil
            }
            entries.plans[length] = made
            entries.newestLast.append(length)
            return made
        }
    }

    private static func take(_ length: Int, from entries: inout Entries) -> Plan? {
        guard let plan = entries.plans[length] else { return nil }
        entries.newestLast.removeAll { $0 == length }
        entries.newestLast.append(length)
        return plan
    }
}

extension RealFFTPlan {
    private static let cache = PlanCache { RealFFTPlan(length: $0) }

    /// A plan for a length, shared by all who ask.
    package static func shared(length: Int) -> RealFFTPlan { cache.plan(length: length) }
}

extension ComplexFFTPlan {
    private static let cache = PlanCache { ComplexFFTPlan(length: $0) }

    /// A plan for a length, shared by all who ask.
    package static func shared(length: Int) -> ComplexFFTPlan { cache.plan(length: length) }
}
