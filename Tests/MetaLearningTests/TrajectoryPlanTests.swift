import MetaLearning
import Testing

@Suite("Plans of a trajectory")
struct TrajectoryPlanTests {
    private static func plan(noteBytes: Int?, budget: Int) -> TrajectoryPlan {
        TrajectoryPlan(stateBytes: 100, recordBytes: 30, noteBytes: noteBytes, budget: budget)
    }

    @Test("what is kept stays within the budget", arguments: [nil, 20, 50, 80] as [Int?])
    func budget(noteBytes: Int?) {
        for stepCount in [1, 2, 10, 75] {
            for budget in stride(from: 200, through: 12_000, by: 37) {
                for needsStates in [false, true] {
                    let plan = Self.plan(noteBytes: noteBytes, budget: budget)
                    let schedule = plan.exact(stepCount: stepCount, needsStates: needsStates)
                    #expect(schedule.stepCount == stepCount)
                    #expect(plan.bytes(of: schedule) <= budget)
                    #expect(!(needsStates && schedule.keepsNotes))
                }
            }
        }
    }

    @Test("small notes are kept in place of states, large ones and those of moments are not")
    func notes() {
        func keepsNotes(_ bytes: Int?) -> Bool {
            Self.plan(noteBytes: bytes, budget: 100_000).exact(stepCount: 10, needsStates: false)
                .keepsNotes
        }
        #expect(keepsNotes(20) && keepsNotes(50))
        #expect(!keepsNotes(51) && !keepsNotes(nil))
    }

    @Test("with more memory no more steps are taken")
    func monotone() {
        var last = Double.infinity
        for budget in [250, 500, 1_000, 2_500, 5_000, 7_700, 9_000, 20_000] {
            let schedule = Self.plan(noteBytes: nil, budget: budget).exact(
                stepCount: 75, needsStates: false)
            #expect(schedule.recomputation <= last)
            last = schedule.recomputation
        }
        #expect(last == 1)
    }
}
