import MetaLearning
import Testing

@Suite("Schedules of a trajectory")
struct TrajectoryScheduleTests {
    static let sizes = [1, 2, 3, 5, 8, 13, 40, 75, 100]

    @Test("each step is differentiated once, backwards, from the state before it", arguments: sizes)
    func isValid(stepCount: Int) {
        for slotCount in 2..<stepCount + 4 {
            for keepsRecords in [false, true] {
                let schedule = TrajectorySchedule.exact(
                    stepCount: stepCount, slotCount: slotCount, keepsRecords: keepsRecords)
                #expect(schedule.slotCount <= slotCount)
                check(schedule)
            }
        }
    }

    @Test("a schedule in place takes no step twice and needs two states", arguments: sizes)
    func inPlace(stepCount: Int) {
        let schedule = TrajectorySchedule.exactInPlace(stepCount: stepCount)
        #expect(schedule.slotCount == 2 && schedule.recomputation == 1)
        #expect(schedule.recordedSteps == stepCount && schedule.savesParameters == (stepCount > 1))
        check(schedule)
    }

    @Test("with all states no step is taken twice, however many are recorded", arguments: sizes)
    func fromStates(stepCount: Int) {
        for recorded in [0, 1, stepCount / 2, stepCount, stepCount + 1] {
            let schedule = TrajectorySchedule.exactFromStates(
                stepCount: stepCount, recordedSteps: recorded)
            #expect(schedule.recomputation == 1)
            #expect((0..<stepCount).count { schedule.isRecorded($0) } == min(recorded, stepCount))
            check(schedule)
        }
    }

    @Test("no schedule of that many states takes fewer steps", arguments: [1, 2, 5, 10, 17, 30])
    func isOptimal(stepCount: Int) {
        for slotCount in 2..<min(stepCount + 2, 9) {
            let schedule = TrajectorySchedule.exact(
                stepCount: stepCount, slotCount: slotCount, keepsRecords: false)
            let taken = Int((schedule.recomputation * Double(stepCount)).rounded())
            // By trying all splits; the query needs a state too, as one more step would.
            #expect(taken == Self.fewest(stepCount + 1, states: slotCount - 1))
        }
    }

    @Test("a square root of slots takes each step at most once more on average")
    func squareRoot() {
        for stepCount in [75, 300, 5_000] {
            let slots = Int((2 * Double(stepCount)).squareRoot()) + 2
            let schedule = TrajectorySchedule.exact(
                stepCount: stepCount, slotCount: slots, keepsRecords: false)
            #expect(schedule.recomputation <= 2)
        }
    }

    @Test("a schedule without a gradient needs two states")
    func forwardOnly() {
        for schedule in [
            TrajectorySchedule.firstOrder(stepCount: 9), .adaptation(stepCount: 9),
        ] {
            #expect(schedule.slotCount == 2)
            #expect(schedule.recomputation == 1)
        }
    }

    /// Plays a schedule with step numbers in place of states.
    private func check(_ schedule: TrajectorySchedule) {
        var slots = [Int?](repeating: nil, count: schedule.slotCount)
        slots[0] = 0
        var saved: [Int: Int] = [:]
        var (reached, reversed, queried) = (0, schedule.stepCount, false)
        for action in schedule.actions {
            switch action {
            case .advance(let step, let from, let to):
                #expect(slots[from] == step)
                if schedule.isRecorded(step) { #expect(step == reached) }
                slots[to] = step + 1
                reached = max(reached, step + 1)
            case .replay(let step, let from, let to):
                #expect(schedule.isRecorded(step) && step < reached && slots[from] == step)
                slots[to] = step + 1
            case .save(let step):
                #expect(slots[1] == step)
                saved[step] = slots[1]
            case .restore(let step): slots[1] = saved[step]
            case .query(let slot):
                #expect(slots[slot] == schedule.stepCount && !queried)
                queried = true
            case .reverse(let step, let slot):
                #expect(queried && slots[slot] == step && step == reversed - 1)
                reversed = step
            case .score, .solve:
                Issue.record("an exact schedule does not score")
            }
            #expect(slots[0] == 0, "the start is never overwritten")
        }
        #expect(reversed == 0 && queried)
    }

    /// The fewest advances that bring the state before each of `count` steps back in reverse
    /// order, with so many states besides the one worked in.
    private static func fewest(_ count: Int, states: Int) -> Int {
        var table = [[Int]](
            repeating: [Int](repeating: 0, count: states + 1), count: count + 1)
        for steps in stride(from: 2, through: count, by: 1) {
            table[steps][1] = steps * (steps - 1) / 2
            for states in stride(from: 2, through: states, by: 1) {
                table[steps][states] =
                    (1..<steps).map { split in
                        split + table[split][states] + table[steps - split][states - 1]
                    }.min() ?? 0
            }
        }
        return table[count][states]
    }
}
