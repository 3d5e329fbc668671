import EMGSynth
import Testing

@Suite("A synthetic person who wears the electrodes now")
struct LivePersonTests {
    private func rows(
        _ person: inout LivePerson, _ count: Int
    ) -> [[Int32]] {
        (0..<count).map { _ in person.next() }
    }

    private func level(_ rows: some Collection<[Int32]>, _ channel: Int) -> Double {
        let values = rows.map { Double($0[channel]) }
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + abs($1 - mean) } / Double(values.count)
    }

    @Test(
        "the same person gives the same rows, another visit others",
        arguments: LaboratoryPlan.Style.allCases)
    func seeds(style: LaboratoryPlan.Style) throws {
        let plan = LaboratoryPlan(style: style, seed: 5)
        var one = try LivePerson(plan: plan, patient: 3)
        var same = try LivePerson(plan: plan, patient: 3)
        var other = try LivePerson(plan: plan, patient: 3, visit: 1)
        for intention in ["open", "relax", "close"] {
            one.intention = intention
            same.intention = intention
            other.intention = intention
            let first = rows(&one, 200)
            #expect(rows(&same, 200) == first)
            #expect(rows(&other, 200) != first)
            #expect(first.allSatisfy { $0.count == 8 })
        }
    }

    @Test(
        "muscles follow what the person is told, not at once and not late",
        arguments: ["open", "close", "flexion", "a movement without a name here"])
    func reaction(intention: String) throws {
        var plan = LaboratoryPlan(style: .bipolar, seed: 9)
        plan.mainsHertz = 50
        var person = try LivePerson(plan: plan, patient: 1)
        _ = rows(&person, 1_000)
        person.intention = intention
        let after = rows(&person, 2_000)
        // The first tenth of a second is before anybody reacts.
        let before = (0..<8).map { level(after[..<100], $0) }
        let during = (0..<8).map { level(after[1_000...], $0) }
        #expect((0..<8).contains { during[$0] > 2 * before[$0] })
    }

    @Test("movements differ in what the electrodes see")
    func movements() throws {
        var profiles: [[Double]] = []
        for intention in ["open", "close", "pinch", "point"] {
            var person = try LivePerson(plan: LaboratoryPlan(style: .myo, seed: 2), patient: 1)
            person.intention = intention
            let all = rows(&person, 600)[200...].map { $0.map(Double.init) }
            let sums = (0..<8).map { channel in all.reduce(0) { $0 + $1[channel] } }
            let total = sums.reduce(0, +)
            profiles.append(sums.map { $0 / total })
        }
        for one in profiles.indices {
            for other in profiles.indices where other > one {
                let distance = zip(profiles[one], profiles[other]).reduce(0) {
                    $0 + abs($1.0 - $1.1)
                }
                #expect(distance > 0.1)
            }
        }
    }

    @Test("a plan that cannot be carried out is refused")
    func refused() {
        let plan = LaboratoryPlan(style: .bipolar, samplingRateHertz: 20_000)
        #expect(throws: SynthError.self) { try LivePerson(plan: plan, patient: 0) }
    }
}
