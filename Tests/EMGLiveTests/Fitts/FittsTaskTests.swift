import Decoding
import Documents
import EMGLive
import Foundation
import Testing

/// Ten decisions a second move the cursor by 0.05 arena widths each; the only target is a band of
/// width 0.1 at 0.2 on the right.
@Suite struct FittsTaskTests {
    static let classes = ["relax", "open", "close", "pinch"]

    static var settings: FittsSettings {
        var settings = FittsSettings()
        settings.speed = 0.5
        settings.distances = [0.2]
        settings.widths = [0.1]
        settings.dwellSeconds = 0.5
        settings.timeLimitSeconds = 2
        settings.restSeconds = 1
        settings.settleSeconds = 0.5
        settings.order = .listed
        settings.trials = 1
        return settings
    }

    /// A decision: `R` and `L` move right and left, `h` right at half of the velocity, `P` is a class
    /// without a direction, `.` is neutral, `-` no class, `F` a fault.
    static func output(_ letter: Character) -> ControlOutput {
        switch letter {
        case "R": ControlOutput(label: 1, velocity: 1, state: .decided)
        case "h": ControlOutput(label: 1, velocity: 0.5, state: .held)
        case "L": ControlOutput(label: 2, velocity: 1, state: .decided)
        case "P": ControlOutput(label: 3, velocity: 1, state: .decided)
        case ".": ControlOutput(label: 0, velocity: 0, state: .decided)
        case "-": ControlOutput(label: nil, velocity: 0, state: .rejected)
        default: ControlOutput(label: 1, velocity: 1, state: .fault)
        }
    }

    static func run(_ task: inout FittsTask, _ letters: String) {
        for letter in letters { task.step(decision: output(letter), seconds: 0.1) }
    }

    struct Course: Sendable, CustomTestStringConvertible {
        var decisions: String
        var velocity = FittsSettings.Velocity.full
        var movement: Double?
        var seconds: Double
        var reaction: Double?
        var overshoots = 0
        var path: Double
        var efficiency: Double?
        var stopping: Double?
        var end: Double
        var faults = 0

        var testDescription: String { decisions }
    }

    // Each by hand from the rules of docs/live/control.md.
    static let courses = [
        // At the edge, 0.15, after the fifth decision, and there for five more.
        Course(
            decisions: "..RRR.....", movement: 0.5, seconds: 1, reaction: 0.2, path: 0.15,
            efficiency: 1, stopping: 0, end: 0.15),
        // To 0.30, out at the sixth decision; back in at 0.25 at the seventh.
        Course(
            decisions: "RRRRRRLL....", movement: 0.7, seconds: 1.2, reaction: 0, overshoots: 1,
            path: 0.4, efficiency: 0.5, stopping: 0.05, end: 0.2),
        // Moving within the target is staying in it.
        Course(
            decisions: "RRRRLR..", movement: 0.3, seconds: 0.8, reaction: 0, path: 0.3,
            efficiency: 2.0 / 3, stopping: 0.15, end: 0.2),
        // Nobody moves.
        Course(
            decisions: String(repeating: ".-P.", count: 5), seconds: 2, path: 0, end: 0),
        // The arena ends at the left.
        Course(
            decisions: String(repeating: "L", count: 20), seconds: 2, reaction: 0, path: 0.5,
            efficiency: 1, end: -0.5),
        // In for 0.4 s when the time is over.
        Course(
            decisions: String(repeating: ".", count: 13) + "RRR....", seconds: 2, reaction: 1.3,
            path: 0.15, efficiency: 1, end: 0.15),
        // A fault is no movement, whatever class it has.
        Course(
            decisions: "FFRFRR.....", movement: 0.6, seconds: 1.1, reaction: 0.2, path: 0.15,
            efficiency: 1, stopping: 0, end: 0.15, faults: 3),
        Course(
            decisions: "hhhhhh.....", velocity: .proportional, movement: 0.6, seconds: 1.1,
            reaction: 0, path: 0.15, efficiency: 1, stopping: 0, end: 0.15),
        Course(
            decisions: "hhh.....", movement: 0.3, seconds: 0.8, reaction: 0, path: 0.15,
            efficiency: 1, stopping: 0, end: 0.15),
    ]

    @Test(arguments: courses)
    func `a trial has the numbers that follow from its decisions`(course: Course) throws {
        var settings = Self.settings
        settings.velocity = course.velocity
        var task = try FittsTask(settings, classes: Self.classes)
        #expect(task.phase == .rest)
        Self.run(&task, "..........")
        #expect(task.phase == .target && task.target?.center == ArenaPoint(x: 0.2, y: 0))
        Self.run(&task, String(course.decisions.dropLast()))
        #expect(task.trials.isEmpty, "ended too early")
        Self.run(&task, String(course.decisions.suffix(1)))
        let trial = try #require(task.trials.first)
        #expect(task.phase == .finished)
        func same(_ value: Double?, _ expected: Double?, _ name: Comment) {
            switch (value, expected) {
            case (nil, nil): break
            case (let value?, let expected?): #expect(abs(value - expected) < 1e-9, name)
            default: #expect(value == expected, name)
            }
        }
        #expect(trial.isCompleted == (course.movement != nil))
        same(trial.movementSeconds, course.movement, "movement time")
        same(trial.seconds, course.seconds, "time")
        same(trial.reactionSeconds, course.reaction, "reaction time")
        #expect(trial.overshoots == course.overshoots)
        same(trial.pathLength, course.path, "path length")
        same(trial.pathEfficiency, course.efficiency, "path efficiency")
        same(trial.stoppingDistance, course.stopping, "stopping distance")
        same(trial.endPoint.x, course.end, "end")
        #expect(trial.endPoint.y == 0 && trial.faults == course.faults)
        // log2(0.2 / 0.1 + 1) = log2(3).
        same(trial.throughput, course.movement.map { 1.584962500721156 / $0 }, "throughput")
    }

    struct Rest: Sendable, CustomTestStringConvertible {
        var decisions: String
        var count: Int
        var active: Int
        var activations: Int

        var testDescription: String { decisions }
    }

    // The first five of ten decisions are not counted.
    static let rests = [
        Rest(decisions: "RRRRR.....", count: 5, active: 0, activations: 0),
        Rest(decisions: ".....RR.RF", count: 4, active: 3, activations: 2),
        Rest(decisions: "RRRRRRRRRR", count: 5, active: 5, activations: 1),
        Rest(decisions: ".....P-L-P", count: 5, active: 3, activations: 3),
        Rest(decisions: ".....FFFFF", count: 0, active: 0, activations: 0),
    ]

    @Test(arguments: rests)
    func `what is decided in a rest is counted after the settling time`(rest: Rest) throws {
        var task = try FittsTask(Self.settings, classes: Self.classes)
        Self.run(&task, rest.decisions)
        #expect(task.cursor == .center, "the cursor moved in a rest")
        Self.run(&task, "RRR.....")
        let activity = try #require(task.trials.first).rest
        #expect(activity.decisions == rest.count && activity.active == rest.active)
        #expect(activity.activations == rest.activations)
        #expect(abs(activity.seconds - 0.1 * Double(rest.count)) < 1e-9)
        if rest.count > 0 {
            #expect(activity.share == Double(rest.active) / Double(rest.count))
            let perMinute = 600 * Double(rest.activations) / Double(rest.count)
            #expect(abs(try #require(activity.activationsPerMinute) - perMinute) < 1e-9)
        } else {
            #expect(activity.share == nil && task.summary.restShare == nil)
        }
    }

    @Test func `the next trial begins at the center, after a rest`() throws {
        var settings = Self.settings
        settings.trials = 3
        var task = try FittsTask(settings, classes: Self.classes)
        Self.run(&task, "..........RRR.....")
        #expect(task.phase == .rest && task.cursor == .center && task.trialNumber == 2)
        Self.run(&task, "..........")
        #expect(task.target?.center == ArenaPoint(x: -0.2, y: 0))
        Self.run(&task, "LLL.....")
        #expect(task.summary.completionRate?.mean == 1)
        task.stop()
        #expect(task.phase == .finished && task.trials.count == 2)
        Self.run(&task, "..........LLL.....")
        #expect(task.trials.count == 2, "a task that is stopped stays as it is")
    }

    @Test func `without rest a target follows a target`() throws {
        var settings = Self.settings
        settings.restSeconds = 0
        settings.trials = 2
        var task = try FittsTask(settings, classes: Self.classes)
        Self.run(&task, "RRR.....")
        #expect(task.phase == .target && task.trialNumber == 2 && task.cursor == .center)
        Self.run(&task, "LLL.....")
        #expect(task.phase == .finished)
        #expect(task.summary.restShare == nil && task.summary.completionRate?.mean == 1)
    }

    @Test func `the page is shown where the cursor is, for how long, and what was decided`() throws
    {
        var task = try FittsTask(Self.settings, classes: Self.classes)
        func member(_ path: String...) -> DocumentValue? {
            task.document.value(at: path.map { .member($0) })
        }
        #expect(member("phase") == .string("rest"))
        Self.run(&task, "..........RRR...")
        #expect(member("phase") == .string("target") && member("inside") == .boolean(true))
        #expect(member("target", "width") == .number(0.1))
        #expect(abs(task.dwellProgress - 0.6) < 1e-9)
        Self.run(&task, "..")
        #expect(member("phase") == .string("finished") && member("target") == .null)
        #expect(member("summary", "completion_rate", "mean") == .number(1))
        #expect(member("trial") == .integer(1) && member("trials") == .integer(1))
    }
}
