import EMGTasks
import Testing

@Suite("Leaving patients out")
struct PatientSplitTests {
    private let patients = ["p1", "p10", "p2", "p3", "p4", "p5"]

    @Test("named patients go where they are named, everyone else trains")
    func named() throws {
        let split = PatientSplit(validation: .patients(["p3"]), test: .patients(["p10", "p1"]))
        let result = try split.assignment(of: patients, seed: 1, subject: "c")
        #expect(result.train == ["p2", "p4", "p5"])
        #expect(result.validation == ["p3"])
        #expect(result.test == ["p1", "p10"])
    }

    @Test("drawn patients are disjoint and follow from the seed, not from the order given")
    func drawn() throws {
        let split = PatientSplit(validation: .count(2), test: .count(2))
        var seen: Set<[String]> = []
        for seed in 0..<20 as Range<UInt64> {
            let result = try split.assignment(of: patients, seed: seed, subject: "c")
            let again = try split.assignment(of: patients.reversed(), seed: seed, subject: "c")
            #expect(result == again)
            #expect(
                (result.train + result.validation + result.test).sorted() == patients.sorted())
            seen.insert(result.test)
        }
        #expect(seen.count > 5)
    }

    @Test("a patient without recordings is refused by name")
    func unknown() {
        let split = PatientSplit(test: .patients(["p9"]))
        let error = #expect(throws: TaskError.self) {
            try split.assignment(of: patients, seed: 1, subject: "c")
        }
        #expect(
            error?.kind
                == .unknownPatient("p9", known: ["p1", "p2", "p3", "p4", "p5", "p10"]))
    }

    @Test("more patients than there are is refused")
    func tooMany() {
        #expect(throws: TaskError.self) {
            try PatientSplit(validation: .count(4), test: .count(3))
                .assignment(of: patients, seed: 1, subject: "c")
        }
    }
}
