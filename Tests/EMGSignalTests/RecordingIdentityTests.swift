import EMGSignal
import Testing

@Suite("Identities")
struct RecordingIdentityTests {
    @Test("the id has all four parts, so that two days of one condition differ")
    func ids() throws {
        let first = try RecordingIdentity(patient: "p7", session: "day1", condition: "131")
        let second = try RecordingIdentity(
            patient: "p7", session: "day2", condition: "131", run: "2")
        #expect(first.id == "p7/day1/131")
        #expect(second.id == "p7/day2/131-2")
        #expect(first != second)
    }

    @Test(
        "names that cannot stand in a path are refused",
        arguments: [
            "", "..", ".hidden", "a/b", "a\\b", "a:b", "a\u{0}b", "\u{1B}[2J",
            String(repeating: "x", count: 101),
        ])
    func unusableNames(name: String) {
        let error = #expect(throws: SignalError.self) {
            try RecordingIdentity(patient: name, session: "s", condition: "c")
        }
        #expect(error?.kind == .unusableName(part: "patient", found: name))
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test("patients are ordered as a person would")
    func order() throws {
        let ids = try ["p10", "p2", "p1", "P1", "p01"].map {
            try RecordingIdentity(patient: $0, session: "s", condition: "c")
        }
        #expect(ids.sorted().map(\.patient) == ["P1", "p01", "p1", "p2", "p10"])
    }

    @Test(
        "the natural order is total",
        arguments: ["a", "a1", "a01", "a10", "a2", "", "1", "01", "1a", "b"])
    func totalOrder(name: String) {
        for other in ["a", "a1", "a01", "a10", "a2", "", "1", "01", "1a", "b"] {
            let before = NaturalOrder.precedes(name, other)
            let after = NaturalOrder.precedes(other, name)
            #expect(name == other ? !before && !after : before != after, "\(name) and \(other)")
        }
    }
}

@Suite("Sampling rates")
struct SamplingRateTests {
    @Test("a rate that no amplifier has is refused", arguments: [0, -1, .nan, .infinity, 2e6])
    func implausible(hertz: Double) {
        #expect(throws: SignalError.self) { try SamplingRate(hertz: hertz) }
    }

    @Test("durations and counts meet in one place")
    func conversion() throws {
        let rate = try SamplingRate(hertz: 200)
        #expect(rate.samples(inSeconds: 0.2) == 40)
        #expect(rate.samples(inSeconds: 0.0125) == 3)
        #expect(rate.seconds(ofSamples: 50) == 0.25)
        #expect(rate.nyquist == 100)
    }
}
