import MetaLearning
import Testing

@Suite("Plans of a trajectory")
struct TrajectoryPlanTests {
    private static func plan(savedBytes: Int?, budget: Int) -> TrajectoryPlan {
        TrajectoryPlan(stateBytes: 100, recordBytes: 30, savedBytes: savedBytes, budget: budget)
    }

    @Test("what is kept stays within the budget", arguments: [nil, 20, 50, 80] as [Int?])
    func budget(savedBytes: Int?) {
        for stepCount in [1, 2, 10, 75] {
            for budget in stride(from: 200, through: 12_000, by: 37) {
                for needsStates in [false, true] {
                    let plan = Self.plan(savedBytes: savedBytes, budget: budget)
                    let schedule = plan.exact(stepCount: stepCount, needsStates: needsStates)
                    #expect(schedule.stepCount == stepCount)
                    #expect(plan.bytes(of: schedule) <= budget)
                    #expect(!(needsStates && schedule.savesParameters))
                }
            }
        }
    }

    @Test(
        "small saved parameters are kept in place of states, large ones and those of moments are not"
    )
    func saved() {
        func savesParameters(_ bytes: Int?) -> Bool {
            Self.plan(savedBytes: bytes, budget: 100_000).exact(stepCount: 10, needsStates: false)
                .savesParameters
        }
        #expect(savesParameters(20) && savesParameters(50))
        #expect(!savesParameters(51) && !savesParameters(nil))
    }

    @Test("with more memory no more steps are taken")
    func monotone() {
        var last = Double.infinity
        for budget in [250, 500, 1_000, 2_500, 5_000, 7_700, 9_000, 20_000] {
            let schedule = Self.plan(savedBytes: nil, budget: budget).exact(
                stepCount: 75, needsStates: false)
            #expect(schedule.recomputation <= last)
            last = schedule.recomputation
        }
        #expect(last == 1)
    }
}
