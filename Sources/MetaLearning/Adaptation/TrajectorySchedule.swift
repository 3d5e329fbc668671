/// The order in which a task's inner steps are taken, taken again and differentiated.
///
/// States of the trajectory are kept in a fixed number of slots; between them the trajectory is
/// computed again. The slots are placed by binomial checkpointing, which needs the fewest
/// repeated steps for a number of slots (Griewank and Walther, "Algorithm 799: revolve", ACM
/// Trans. Math. Softw. 26, 2000): √(2 K) slots repeat each of K steps at most once more.
package struct TrajectorySchedule: Sendable, Hashable {
    /// One thing to do.
    package enum Action: Sendable, Hashable {
        /// Takes a step from the state in one slot to a slot, the same or another.
        case advance(step: Int, from: Int, to: Int)
        /// Takes a step again from its record, without a forward pass; only what derivatives need
        /// is brought up to date.
        case replay(step: Int, from: Int, to: Int)
        /// Keeps those of a working state's parameters that derivatives of the next step read.
        case save(step: Int)
        /// Puts them back.
        case restore(step: Int)
        /// Starts the backward sweep: the query loss's gradient at the state in a slot.
        case query(slot: Int)
        /// Scores the query at the state in a slot, without a gradient.
        case score(slot: Int)
        /// Solves the implicit gradient's system at the state in a slot.
        case solve(slot: Int)
        /// Takes the derivative back over a step whose state before lies in a slot.
        case reverse(step: Int, slot: Int)
    }

    /// What to do, in this order.
    package let actions: [Action]
    /// How many slots are in use.
    package let slotCount: Int
    /// Inner steps.
    package let stepCount: Int
    /// Of how many steps, the last ones, values are kept from their first run on.
    package let recordedSteps: Int

    private init(_ actions: [Action], slotCount: Int, stepCount: Int, recordedSteps: Int = 0) {
        self.actions = actions
        self.slotCount = slotCount
        self.stepCount = stepCount
        self.recordedSteps = recordedSteps
    }

    /// Whether a step's values are kept from its first run on.
    package func isRecorded(_ step: Int) -> Bool { step >= stepCount - recordedSteps }

    /// The exact meta-gradient: forward, query, and backwards through every step.
    ///
    /// - Parameters:
    ///   - stepCount: Inner steps, at least 1.
    ///   - slotCount: States that may be kept, at least 2: the start and one to work in.
    ///   - keepsRecords: Whether every step's values are kept from its first run on.
    /// - Returns: The schedule; it may use fewer slots.
    package static func exact(stepCount: Int, slotCount: Int, keepsRecords: Bool) -> Self {
        precondition(stepCount >= 1 && slotCount >= 2, "needs 1 step and 2 slots at least")
        let used = min(slotCount, stepCount + 1)
        var planner = Planner(stepCount: stepCount, keepsRecords: keepsRecords)
        // The query is one more step at the end: its "reversal" needs the last state.
        planner.reverse(0..<stepCount + 1, start: 0, free: Array((2..<used).reversed()))
        return Self(
            planner.actions, slotCount: used, stepCount: stepCount,
            recordedSteps: keepsRecords ? stepCount : 0)
    }

    /// The exact meta-gradient with every state kept: no step is taken twice, and only those
    /// whose values are not kept are run again.
    ///
    /// - Parameters:
    ///   - stepCount: Inner steps, at least 1.
    ///   - recordedSteps: Of how many steps, the last ones, values are kept.
    /// - Returns: The schedule.
    package static func exactFromStates(stepCount: Int, recordedSteps: Int) -> Self {
        let plain = exact(stepCount: stepCount, slotCount: stepCount + 1, keepsRecords: false)
        return Self(
            plain.actions, slotCount: plain.slotCount, stepCount: stepCount,
            recordedSteps: min(recordedSteps, stepCount))
    }

    /// The exact meta-gradient in one working state: each step's values are kept, and of its
    /// parameters those that its derivatives read.
    ///
    /// For optimizers whose derivative needs no other part of a state, and models of whose
    /// parameters derivatives read few: a first layer's weights are not among them.
    ///
    /// - Parameter stepCount: Inner steps, at least 1.
    /// - Returns: The schedule.
    package static func exactInPlace(stepCount: Int) -> Self {
        precondition(stepCount >= 1, "needs 1 step at least")
        var actions: [Action] = [.advance(step: 0, from: 0, to: 1)]
        for step in 1..<stepCount {
            actions += [.save(step: step), .advance(step: step, from: 1, to: 1)]
        }
        actions.append(.query(slot: 1))
        for step in (1..<stepCount).reversed() {
            actions += [.restore(step: step), .reverse(step: step, slot: 1)]
        }
        actions.append(.reverse(step: 0, slot: 0))
        return Self(actions, slotCount: 2, stepCount: stepCount, recordedSteps: stepCount)
    }

    /// Whether steps save their parameters instead of states.
    package var savesParameters: Bool {
        actions.contains { if case .save = $0 { true } else { false } }
    }

    /// The first-order gradient: forward, and the query loss's gradient at the end.
    package static func firstOrder(stepCount: Int) -> Self {
        Self(
            forward(stepCount) + [.query(slot: min(stepCount, 1))], slotCount: 2,
            stepCount: stepCount)
    }

    /// Adaptation without a look at the query.
    package static func forward(stepCount: Int) -> Self {
        Self(forward(stepCount), slotCount: 2, stepCount: stepCount)
    }

    /// The implicit gradient: forward, and the system's solution at the end.
    package static func implicit(stepCount: Int) -> Self {
        Self(
            forward(stepCount) + [.solve(slot: min(stepCount, 1))], slotCount: 2,
            stepCount: stepCount)
    }

    /// Adaptation alone: forward, and the query's score.
    package static func adaptation(stepCount: Int) -> Self {
        Self(
            forward(stepCount) + [.score(slot: min(stepCount, 1))], slotCount: 2,
            stepCount: stepCount)
    }

    /// Steps taken, repeated ones included, over the trajectory's own.
    package var recomputation: Double {
        guard stepCount > 0 else { return 1 }
        let taken = actions.count { action in
            switch action {
            case .advance, .replay: true
            case .save, .restore, .query, .score, .solve, .reverse: false
            }
        }
        return Double(taken) / Double(stepCount)
    }

    private static func forward(_ stepCount: Int) -> [Action] {
        (0..<stepCount).map { .advance(step: $0, from: $0 == 0 ? 0 : 1, to: 1) }
    }
}

/// Writes a schedule down by recursion over ranges of steps.
private struct Planner {
    let stepCount: Int
    let keepsRecords: Bool
    var actions: [TrajectorySchedule.Action] = []
    /// Steps that have been taken at least once.
    private var reached = 0

    init(stepCount: Int, keepsRecords: Bool) {
        self.stepCount = stepCount
        self.keepsRecords = keepsRecords
    }

    /// Plans a range of steps whose first state lies in `start`; slot 1 is free to work in.
    mutating func reverse(_ steps: Range<Int>, start: Int, free: [Int]) {
        var free = free
        if steps.count > 1, let slot = free.popLast() {
            let middle = steps.lowerBound + Self.firstPart(of: steps.count, slots: free.count + 1)
            advance(steps.lowerBound..<middle, from: start, to: slot)
            reverse(middle..<steps.upperBound, start: slot, free: free)
            free.append(slot)
            return reverse(steps.lowerBound..<middle, start: start, free: free)
        }
        for step in steps.reversed() {
            advance(steps.lowerBound..<step, from: start, to: 1)
            let slot = step == steps.lowerBound ? start : 1
            actions.append(
                step == stepCount ? .query(slot: slot) : .reverse(step: step, slot: slot))
        }
    }

    private mutating func advance(_ steps: Range<Int>, from start: Int, to slot: Int) {
        for step in steps {
            let from = step == steps.lowerBound ? start : slot
            if keepsRecords && step < reached {
                actions.append(.replay(step: step, from: from, to: slot))
            } else {
                actions.append(.advance(step: step, from: from, to: slot))
            }
            reached = max(reached, step + 1)
        }
    }

    /// How many of `count` steps lie before the next slot to fill, of `slots` that are free.
    ///
    /// With β(s, r) = (s + r choose s) steps that s states, the first one included, can serve
    /// with at most r runs of each, every split with at most β(s, r − 1) steps before and at
    /// least β(s − 1, r − 1) after it is optimal; the largest is taken.
    private static func firstPart(of count: Int, slots: Int) -> Int {
        let states = slots + 1
        var runs = 1
        while served(states: states, runs: runs) < count { runs += 1 }
        let before = served(states: states, runs: runs - 1)
        let after = served(states: states - 1, runs: runs - 1)
        return max(1, min(before, count - after))
    }

    private static func served(states: Int, runs: Int) -> Int {
        var result = 1
        for index in 1..<(runs + 1) {
            let (product, overflow) = result.multipliedReportingOverflow(by: states + index)
            if overflow { return .max }
            result = product / index
        }
        return result
    }
}
