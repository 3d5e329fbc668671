private import Foundation
private import SeededRandom

/// Somebody who does a target task: sees the cursor with a delay, and decides which class to intend.
///
/// What the user intends is what a synthetic person contracts, or what a decoder would say if it
/// were perfect. The same settings and the same task give the same intentions.
///
/// The user moves along the axis on which the target is farther away, stops when the cursor is
/// expected in the target (what is seen, and what own intentions still do to it), looks, and corrects.
package struct SimulatedUser: Sendable {
    /// How the user looks and acts.
    package let settings: SimulatedUserSettings

    private let period: Double
    private let delayCount: Int
    private let reactionCount: Int
    private let noticeCount: Int
    private var generator: SeededGenerator
    /// What there was to see at the last decisions, the newest at the end.
    private var sights: [Sight] = []
    /// The intended movements that may still be under way, the newest at the end.
    private var movements: [FittsDirection?] = []
    private var seenTrial = 0
    private var seenCount = 0
    private var gain = 1.0
    private var intended: FittsDirection?
    private var wrong: (direction: FittsDirection, remaining: Int)?

    private struct Sight: Sendable {
        var trial: Int
        var target: FittsTarget?
        var cursor: ArenaPoint
    }

    /// How far from the target's center, in its widths, the user stops on each axis: within it on
    /// both, the cursor is in a disk.
    private static let aim = 0.34

    /// Creates a user at rest.
    ///
    /// - Parameters:
    ///   - settings: How the user looks and acts.
    ///   - decisionRate: Decisions a second, above 0.
    package init(_ settings: SimulatedUserSettings, decisionRate: Double) {
        precondition(decisionRate > 0, "got \(decisionRate) decisions a second")
        func count(_ seconds: Double) -> Int { Int((seconds * decisionRate).rounded()) }
        self.settings = settings
        period = 1 / decisionRate
        delayCount = count(settings.visualDelaySeconds)
        reactionCount = count(settings.reactionSeconds)
        noticeCount = max(1, count(settings.visualDelaySeconds + settings.reactionSeconds))
        movements = Array(
            repeating: nil,
            count: count(settings.visualDelaySeconds + settings.expectedLagSeconds))
        generator = SeededGenerator(seed: settings.seed, stream: "user")
    }

    /// What the user intends, once for each decision, before the task goes on by it.
    ///
    /// - Parameter task: The task as it is now; the user sees it as it was.
    /// - Returns: The name of a class: one that moves, or the neutral one.
    package mutating func intend(task: FittsTask) -> String {
        let direction = choose(in: task)
        if !movements.isEmpty {
            movements.removeFirst()
            movements.append(direction)
        }
        return task.settings.classes.first { $0.direction == direction }?.name ?? task.neutral
    }

    private mutating func choose(in task: FittsTask) -> FittsDirection? {
        sights.append(
            Sight(trial: task.trialNumber, target: task.target, cursor: task.cursor))
        if sights.count > delayCount + 1 { sights.removeFirst() }
        guard sights.count == delayCount + 1, let sight = sights.first, let target = sight.target
        else {
            return rest()
        }
        if sight.trial != seenTrial {
            seenTrial = sight.trial
            seenCount = 0
            gain = max(0, 1 + settings.anticipationError * generator.nearlyNormal())
        }
        seenCount += 1
        guard seenCount > reactionCount else { return rest() }
        if let (direction, remaining) = wrong {
            wrong = remaining > 1 ? (direction, remaining - 1) : nil
            return direction
        }
        let wanted = direction(to: target, seen: sight.cursor, in: task)
        defer { intended = wanted }
        guard let wanted, wanted != intended, settings.wrongClass > 0,
            generator.uniform() < settings.wrongClass
        else { return wanted }
        let others = task.settings.classes.map(\.direction).filter { $0 != wanted }
        let other = others[generator.integer(below: others.count)]
        wrong = (other, noticeCount - 1)
        return other
    }

    private mutating func rest() -> FittsDirection? {
        intended = nil
        wrong = nil
        return nil
    }

    /// The direction in which the target is still to be reached from where the cursor is expected.
    private mutating func direction(
        to target: FittsTarget, seen cursor: ArenaPoint, in task: FittsTask
    ) -> FittsDirection? {
        let stride = task.settings.speed * period * settings.anticipation * gain
        var expected = cursor
        for case let movement? in movements { expected = expected + movement.unit * stride }
        expected = expected.insideArena
        if settings.jitter > 0 {
            expected =
                expected
                + ArenaPoint(x: generator.nearlyNormal(), y: generator.nearlyNormal())
                * settings.jitter
        }
        let way = target.center - expected
        let directions = task.settings.classes.map(\.direction)
        let remaining = directions.map { (direction: $0, way: way.along($0.unit)) }
            .filter { $0.way > Self.aim * target.condition.width }
        // A movement that was begun is finished before the other axis has its turn.
        if let intended, remaining.contains(where: { $0.direction == intended }) { return intended }
        return remaining.max { $0.way < $1.way }?.direction
    }
}
