import EMGSignal
import EMGSynth
import Foundation
import Testing

@Suite("Synthetic recordings")
struct SyntheticRecordingTests {
    private func first(_ plan: LaboratoryPlan) throws -> SyntheticRecording {
        try SyntheticRecording(try #require(plan.recordings.first), of: plan)
    }

    private func repeatedShare(_ recording: SyntheticRecording) -> Double {
        let width = recording.channelCount
        let repeats = (1..<recording.rowCount).count { row in
            (0..<width).allSatisfy {
                recording.samples[row * width + $0] == recording.samples[(row - 1) * width + $0]
            }
        }
        return Double(repeats) / Double(recording.rowCount - 1)
    }

    private func runs(_ recording: SyntheticRecording) throws -> [LabelTrack.Run] {
        try LabelTrack(classNames: ["relax", "open", "close"], values: recording.labels).runs
    }

    @Test(
        "the same seed gives the same recording, another seed another",
        arguments: LaboratoryPlan.Style.allCases)
    func seeds(style: LaboratoryPlan.Style) throws {
        let one = try first(LaboratoryPlan(style: style, seed: 5))
        #expect(try one == first(LaboratoryPlan(style: style, seed: 5)))
        #expect(try one != first(LaboratoryPlan(style: style, seed: 6)))
    }

    @Test("a larger laboratory holds the smaller one unchanged")
    func growth() throws {
        let small = LaboratoryPlan(style: .roam, patients: 2, conditionsPerSession: 1, seed: 5)
        let large = LaboratoryPlan(
            style: .roam, patients: 4, sessionsPerPatient: 2, conditionsPerSession: 3, seed: 5)
        #expect(large.recordings.count == 24)
        for planned in small.recordings {
            #expect(large.recordings.contains(planned))
            #expect(
                try SyntheticRecording(planned, of: small)
                    == SyntheticRecording(planned, of: large))
        }
    }

    @Test("labels are complete cycles of varying length", arguments: LaboratoryPlan.Style.allCases)
    func cycles(style: LaboratoryPlan.Style) throws {
        var plan = LaboratoryPlan(style: style, seed: 2)
        plan.cyclesPerRecording = 4
        let found = try runs(first(plan))
        #expect(
            found.map(\.label) == Array(repeating: [0, 1, 0, 2], count: 4).flatMap { $0 } + [0])
        let seconds = found.map { Double($0.range.count) / plan.samplingRateHertz }
        let slack = 2 / plan.samplingRateHertz
        #expect(
            seconds.allSatisfy {
                (plan.phaseSeconds.lowerBound - slack...plan.phaseSeconds.upperBound + slack)
                    .contains($0)
            })
        #expect(Set(found.map(\.range.count)).count > 8)
    }

    @Test("envelopes are whole numbers of at least 0, held at about 49 rows a second")
    func envelopes() throws {
        var plan = LaboratoryPlan(style: .roam, seed: 3)
        plan.hasDropOuts = false
        for planned in plan.recordings {
            let recording = try SyntheticRecording(planned, of: plan)
            #expect(recording.samples.allSatisfy { (0...1_000).contains($0) })
            let distinct = 100 * (1 - repeatedShare(recording))
            #expect((47.5...50.5).contains(distinct), "\(planned.path): \(distinct)")
            let steps = zip(recording.nanoseconds.dropFirst(), recording.nanoseconds).map(-)
            #expect(steps.allSatisfy { (9_000_000...11_000_000).contains($0) })
            #expect(Set(steps).count > 100)
            #expect((2_030_000_000...2_032_000_000).contains(recording.nanoseconds[0]))
        }
    }

    @Test("without holding, and in an armband's rectified bytes, every row is new")
    func unheld() throws {
        var plan = LaboratoryPlan(style: .roam, seed: 3)
        plan.holdsSamples = false
        plan.hasDropOuts = false
        #expect(try repeatedShare(first(plan)) < 0.01)
        let armband = try first(LaboratoryPlan(style: .myo, seed: 3))
        #expect(repeatedShare(armband) < 0.01)
        #expect(armband.samples.allSatisfy { (0...128).contains($0) })
    }

    /// The power of a signal at one frequency, by the definition.
    private func power(_ signal: [Double], at hertz: Double, rate: Double) -> Double {
        var real = 0.0
        var imaginary = 0.0
        for (index, value) in signal.enumerated() {
            let angle = 2 * Double.pi * hertz * Double(index) / rate
            // A Hann window keeps the drift at 0 Hz from leaking everywhere.
            let window = 0.5 - 0.5 * cos(2 * Double.pi * Double(index) / Double(signal.count))
            real += window * value * cos(angle)
            imaginary += window * value * sin(angle)
        }
        return (real * real + imaginary * imaginary) / Double(signal.count)
    }

    private func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    @Test("raw electrodes have hum, drift and EMG where they belong", arguments: [50.0, 60.0])
    func spectrum(mains: Double) throws {
        var plan = LaboratoryPlan(style: .bipolar, seed: 4)
        plan.mainsHertz = mains
        plan.hasDropOuts = false
        let recording = try first(plan)
        // The middle of each phase, where muscles have settled.
        var relaxed: [[Double]] = []
        var active: [[Double]] = []
        for run in try runs(recording) {
            let half = (run.range.start + run.range.count / 2)..<run.range.end
            let signal = half.map { Double(recording.samples[$0 * recording.channelCount]) }
            if run.label == 0 { relaxed.append(signal) } else { active.append(signal) }
        }
        func density(_ signals: [[Double]], _ hertz: [Double]) -> Double {
            mean(signals.flatMap { signal in hertz.map { power(signal, at: $0, rate: 1_000) } })
        }
        let muscle = Array(stride(from: 72.0, to: 142, by: 3.7))
        #expect(density(relaxed, [mains]) > 5 * density(relaxed, [mains - 9, mains + 9]))
        #expect(
            density(relaxed, [3 * mains]) > 2 * density(relaxed, [3 * mains - 9, 3 * mains + 9]))
        #expect(density(active, muscle) > 4 * density(relaxed, muscle))
        #expect(
            density(active, muscle) > 8
                * density(active, Array(stride(from: 400.0, to: 480, by: 3.7))))
        #expect(density(relaxed, [0.5, 1, 1.5]) > density(relaxed, muscle))
    }

    @Test("opening and closing look different, and differently in different people")
    func classes() throws {
        let plan = LaboratoryPlan(style: .roam, patients: 4, conditionsPerSession: 1, seed: 1)
        let patterns = try plan.recordings.map { planned -> [[Double]] in
            let recording = try SyntheticRecording(planned, of: plan)
            return (0..<3).map { label in
                let means = (0..<8).map { channel in
                    mean(
                        recording.labels.indices.filter { Int(recording.labels[$0]) == label }
                            .map { Double(recording.samples[$0 * 8 + channel]) })
                }
                return means
            }
        }
        func similarity(_ one: [Double], _ other: [Double]) -> Double {
            let (first, second) = (mean(one), mean(other))
            let product = zip(one, other).reduce(0) { $0 + ($1.0 - first) * ($1.1 - second) }
            let norms =
                one.reduce(0) { $0 + ($1 - first) * ($1 - first) }
                * other.reduce(0) { $0 + ($1 - second) * ($1 - second) }
            return product / norms.squareRoot()
        }
        for pattern in patterns {
            #expect(mean(pattern[1]) > 1.2 * mean(pattern[0]))
            #expect(mean(pattern[2]) > 1.2 * mean(pattern[0]))
            #expect(similarity(pattern[1], pattern[2]) < 0.9)
        }
        #expect(similarity(patterns[0][1], patterns[2][1]) < 0.98)
    }

    @Test(
        "the rate may be any that the device can have", arguments: [200.0, 512, 1_925.926, 2_000])
    func rates(rate: Double) throws {
        let recording = try first(
            LaboratoryPlan(style: .bipolar, seed: 4, samplingRateHertz: rate))
        let last = try #require(recording.nanoseconds.last) - recording.nanoseconds[0]
        #expect(abs(Double(recording.rowCount - 1) / (Double(last) / 1e9) - rate) < 0.01)
        let rms = mean(recording.samples.map { Double($0) * Double($0) }).squareRoot()
        #expect((40...600).contains(rms), "\(rms)")
    }

    @Test("a recording for the rest of the package has the same samples and labels")
    func vocabulary() throws {
        let plan = LaboratoryPlan(style: .roam, seed: 1)
        let planned = try #require(plan.recordings.first)
        let made = try SyntheticRecording(planned, of: plan)
        let recording = try made.recording(planned, of: plan)
        #expect(recording.identity.id == "p1/2024_03_04_p1/111")
        #expect(recording.samples.values == made.samples.map(Float.init))
        #expect(recording.labels?.values == made.labels)
        #expect(recording.effectiveRate.hertz == 49.1)
    }
}
