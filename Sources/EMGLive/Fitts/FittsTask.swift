package import Decoding
private import Documents

/// A target task, decision by decision: rest, a target, rest, the next target.
///
/// After ISO 9241-411:2012, annex B, with the changes that control by muscles has made (Williams and
/// Kirsch, "Evaluation of head orientation and neck muscle EMG signals as command inputs to a
/// human–computer interface for individuals with high tetraplegia", IEEE Trans. Neural Syst. Rehabil.
/// Eng. 16, 2008; Scheme and Englehart, "Validation of a selective ensemble-based classification
/// scheme for myoelectric control using a three-dimensional Fitts' law test", ibid. 21, 2013): every
/// trial begins at the center, and a target is reached by staying in it.
///
/// At each decision, in this order: the cursor moves as the decision says for as long as it stands;
/// the clock goes on; an entry or an exit of the target is noticed; then the trial ends, as reached
/// when the cursor has been in the target for the dwell time, as given up at the time limit.
package struct FittsTask: Sendable {
    /// What a task is at.
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Rest before a target; the cursor is at the center and stays there.
        case rest
        /// A target is shown.
        case target
        /// All trials are over, or the task was stopped.
        case finished
    }

    /// What the task consists of.
    package let settings: FittsSettings
    /// What the neutral class is called; ``noClass`` when none of the classes is.
    package let neutral: String
    /// What the task is at.
    package private(set) var phase: Phase
    /// The trials that are over.
    package private(set) var trials: [FittsTrial] = []
    /// What they say together.
    package private(set) var summary: FittsSummary
    /// Where the cursor is.
    package private(set) var cursor = ArenaPoint.center
    /// Seconds of the phase.
    package private(set) var elapsed = 0.0

    /// What is said for neutral where no class is.
    static let noClass = "rest"

    private let neutralClass: Int?
    private let directionOfClass: [FittsDirection?]
    private let targets: [FittsTarget]

    private var rest = RestActivity()
    private var entered: Double?
    private var pathLength = 0.0
    private var pathAtEntry = 0.0
    private var reactionSeconds: Double?
    private var overshoots = 0
    private var faults = 0

    /// Sums of decimal fractions come out a little beside what they mean.
    private static let tolerance = 1e-9

    /// Creates a task at its beginning.
    ///
    /// - Parameters:
    ///   - settings: What it consists of.
    ///   - classes: The names of the decoder's classes.
    ///   - neutral: The class that means "do nothing"; when left out, the usual one among the
    ///     classes: rest, relax, neutral or no_motion.
    /// - Throws: ``DecodingError`` for a class that the decoder does not have, and for a direction of
    ///   the neutral class.
    package init(
        _ settings: FittsSettings, classes: [String], neutral: String? = nil
    ) throws(DecodingError) {
        let neutralClass =
            neutral.flatMap(classes.firstIndex(of:)) ?? NeutralClass.usual(among: classes)
        let named = settings.classes.map { ($0.direction.rawValue, $0.name) }
        for (key, name) in named + (neutral.map { [("neutral", $0)] } ?? [])
        where !classes.contains(name) {
            throw DecodingError(
                .outOfRange(expected: "the name of a class", found: name), at: "fitts.\(key)",
                hint: Spelling.suggestion(for: name, among: classes))
        }
        for (key, name) in named where classes.firstIndex(of: name) == neutralClass {
            throw DecodingError(
                .outOfRange(expected: "a class that moves", found: "the neutral class, \(name)"),
                at: "fitts.\(key)")
        }
        self.settings = settings
        self.neutralClass = neutralClass
        self.neutral = neutralClass.map { classes[$0] } ?? Self.noClass
        directionOfClass = classes.map { name in
            settings.classes.first { $0.name == name }?.direction
        }
        targets = settings.targets()
        phase = settings.restSeconds > 0 ? .rest : .target
        summary = FittsSummary([])
    }

    /// How many trials there are in all.
    package var trialCount: Int { targets.count }
    /// The number of the trial that is going on or to come, counted from 1; that of the last one when
    /// the task is finished.
    package var trialNumber: Int { min(trials.count + 1, targets.count) }
    /// The target that is shown; `nil` when none is.
    package var target: FittsTarget? { phase == .target ? targets[trials.count] : nil }
    /// Whether the cursor is in the target.
    package var isInside: Bool { entered != nil }
    /// How much of the dwell time is over, from 0 to 1.
    package var dwellProgress: Double {
        entered.map { min(1, (elapsed - $0) / settings.dwellSeconds) } ?? 0
    }

    /// Where a decision moves the cursor; `nil` for nowhere.
    package func direction(of output: ControlOutput) -> FittsDirection? {
        guard output.state != .fault, let label = output.label,
            directionOfClass.indices.contains(label)
        else { return nil }
        return directionOfClass[label]
    }

    /// Goes on by a decision. A task that is finished stays as it is.
    ///
    /// - Parameters:
    ///   - decision: What the control layer put out.
    ///   - seconds: For how long it stands: the time from one decision to the next, above 0.
    /// - Returns: The trial that ended by it, if one did.
    @discardableResult
    package mutating func step(decision: ControlOutput, seconds: Double) -> FittsTrial? {
        precondition(seconds > 0, "a decision stands for \(seconds) s")
        guard phase != .finished else { return nil }
        let before = elapsed
        elapsed += seconds
        guard let target else {
            restStep(decision, from: before, seconds: seconds)
            return nil
        }
        move(decision, from: before, seconds: seconds)
        if target.contains(cursor) {
            if entered == nil {
                entered = elapsed
                pathAtEntry = pathLength
            }
        } else if entered != nil {
            entered = nil
            overshoots += 1
        }
        let isReached =
            entered.map { elapsed - $0 >= settings.dwellSeconds - Self.tolerance } ?? false
        guard isReached || elapsed >= settings.timeLimitSeconds - Self.tolerance else { return nil }
        return endTrial(target, isReached: isReached)
    }

    /// Ends the task before its last trial. A trial that is going on is not counted.
    package mutating func stop() {
        phase = .finished
        entered = nil
    }

    private mutating func restStep(
        _ decision: ControlOutput, from before: Double, seconds: Double
    ) {
        if before >= settings.settleSeconds - Self.tolerance, decision.state != .fault {
            let isActive = decision.label != nil && decision.label != neutralClass
            rest.add(isActive: isActive, seconds: seconds)
        }
        if elapsed >= settings.restSeconds - Self.tolerance {
            phase = .target
            elapsed = 0
        }
    }

    private mutating func move(
        _ decision: ControlOutput, from before: Double, seconds: Double
    ) {
        if decision.state == .fault { faults += 1 }
        guard let direction = direction(of: decision) else { return }
        let velocity = settings.velocity == .proportional ? decision.velocity : 1
        let next = (cursor + direction.unit * (settings.speed * velocity * seconds)).insideArena
        let way = (next - cursor).length
        if way > 0 {
            pathLength += way
            reactionSeconds = reactionSeconds ?? before
        }
        cursor = next
    }

    private mutating func endTrial(_ target: FittsTarget, isReached: Bool) -> FittsTrial {
        let trial = FittsTrial(
            number: trials.count + 1, target: target, isCompleted: isReached,
            movementSeconds: isReached ? entered : nil, seconds: elapsed,
            reactionSeconds: reactionSeconds, overshoots: overshoots, pathLength: pathLength,
            stoppingDistance: isReached ? pathLength - pathAtEntry : nil, endPoint: cursor,
            faults: faults, rest: rest)
        trials.append(trial)
        summary = FittsSummary(trials)
        phase =
            trials.count == targets.count
            ? .finished : settings.restSeconds > 0 ? .rest : .target
        elapsed = 0
        entered = nil
        pathLength = 0
        reactionSeconds = nil
        overshoots = 0
        faults = 0
        rest = RestActivity()
        if phase != .finished { cursor = .center }
        return trial
    }
}
