import EMGArchive
import EMGSignal
import FewShotBenchmark
import Testing

@Suite("The people of a benchmark")
struct BenchmarkPeopleTests {
    @Test(
        "what samples are is told by themselves",
        arguments: [
            (0, false, SignalNature.bipolar), (0, true, .amplitude), (2_000, false, .offset),
            (-500, false, .offset),
        ] as [(Float, Bool, SignalNature)])
    func nature(offset: Float, rectifies: Bool, expected: SignalNature) throws {
        let laboratory = try BandLaboratory(people: 4, offset: offset, rectifies: rectifies)
        let people = try BenchmarkPeople.read(
            laboratory.archive, for: BandLaboratory.settings(""))
        #expect(people.nature == expected)
        #expect(people.classNames == ["close", "open", "rest"] && people.count == 4)
    }

    @Test("a constant offset changes no score")
    func offset() throws {
        let yaml = "methods: [prior, lda]\n"
        let plain = try BandLaboratory(people: 5).run(yaml).scores
        let shifted = try BandLaboratory(people: 5, offset: 1_024).run(yaml).scores
        #expect(plain.map(\.right) == shifted.map(\.right))
    }

    @Test("somebody without the sessions is left out by name, with the line that mends it")
    func lacksSessions() throws {
        let laboratory = try BandLaboratory(people: 6, sessions: ["day1", "day2"])
        let odd = try BandLaboratory.recording(9, session: "day1", turn: 0)
        try laboratory.archive.write(odd)
        let settings = try BandLaboratory.settings(
            "sessions: {support: [day1], query: [day2]}\n")
        let people = try BenchmarkPeople.read(laboratory.archive, for: settings)
        #expect(people.count == 6)
        #expect(people.leftOut.map(\.subject) == ["p9"])
        #expect(people.leftOut[0].description.contains("sessions.query="))
        let none = try BandLaboratory.settings("sessions: {support: [x], query: [y]}\n")
        #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(laboratory.archive, for: none)
        }
    }

    @Test("recordings of other channels are refused, and a class that nobody has")
    func mismatch() throws {
        let laboratory = try BandLaboratory(people: 4) { recording in
            guard recording.identity.patient == "p3" else { return }
            recording = try Recording(
                RecordingDescription(
                    identity: recording.identity, channels: Array(recording.channels.prefix(6)),
                    samplingRate: recording.samplingRate, source: recording.source),
                samples: SampleMatrix(
                    values: Array(repeating: 1, count: 6 * recording.sampleCount), channelCount: 6),
                labels: recording.labels)
        }
        let error = #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(laboratory.archive, for: BandLaboratory.settings(""))
        }
        #expect(error?.subject == "p3/day1/gestures")
        let whole = try BandLaboratory(people: 4)
        let unknown = #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(
                whole.archive, for: BandLaboratory.settings("classes: [open, point]\n"))
        }
        #expect(unknown?.found == "close, open, rest")
    }
}
