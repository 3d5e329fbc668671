import Documents
import EMGFilters
import EMGLabeling
import EMGSignal
import EMGSynth
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Onset detection")
struct OnsetDetectionTests {
    /// A recording of two channels at a rate, from a function of channel and second.
    private static func recording(
        hertz: Double, seconds: Double, channels: Int = 2,
        _ value: (_ channel: Int, _ time: Double) -> Double
    ) throws -> Recording {
        let count = Int((seconds * hertz).rounded())
        var values: [Float] = []
        for sample in 0..<count {
            for channel in 0..<channels {
                values.append(Float(value(channel, Double(sample) / hertz)))
            }
        }
        return try Recording(
            RecordingDescription(
                identity: RecordingIdentity(patient: "p1", session: "day1", condition: "a"),
                channels: (0..<channels).map { Channel(name: "emg\($0)", unit: "count") },
                samplingRate: SamplingRate(hertz: hertz),
                source: SourceFile(name: "a.csv", sha256: String(repeating: "0", count: 64))),
            samples: SampleMatrix(values: values, channelCount: channels))
    }

    /// Movements in seconds, one of which is in one channel alone.
    private static let movements = [(2.0, 3.5), (5.0, 6.25), (8.0, 9.0)]

    private static func isMoving(_ time: Double, _ channel: Int) -> Bool {
        movements.enumerated().contains { index, movement in
            (movement.0..<movement.1).contains(time) && (index != 1 || channel == 0)
        }
    }

    /// An armband's envelope: rest of 3, movements of 20, with a little noise.
    private static func envelope(hertz: Double = 200) throws -> Recording {
        var generator = SeededGenerator(seed: 7)
        return try recording(hertz: hertz, seconds: 12) { channel, time in
            (isMoving(time, channel) ? 20 : 3) + generator.uniform() * 2
        }
    }

    /// Raw bipolar EMG: noise of 80 µV in movements and 4 µV at rest, on hum and a drifting baseline.
    private static func raw(hertz: Double, offset: Double = 0) throws -> Recording {
        var generator = SeededGenerator(seed: 11)
        return try recording(hertz: hertz, seconds: 12) { channel, time in
            let noise = generator.uniform() + generator.uniform() + generator.uniform() - 1.5
            return (isMoving(time, channel) ? 160 : 8) * noise + 6 * sin(2 * .pi * 50 * time)
                + 300 * sin(2 * .pi * 0.3 * time) + offset
        }
    }

    @Test(
        "movements of an envelope are found to within half the moving average",
        arguments: [100.0, 200.0])
    func envelopes(hertz: Double) throws {
        let found = try OnsetDetection().movements(in: Self.envelope(hertz: hertz))
        try #require(found.movements.count == 3)
        for (movement, known) in zip(found.movements, Self.movements) {
            #expect(abs(Double(movement.start) / hertz - known.0) <= 0.05)
            #expect(abs(Double(movement.end) / hertz - known.1) <= 0.05)
        }
        #expect(found.threshold < found.movementThreshold)
    }

    @Test(
        "movements of raw signals are found under hum and drift, by either method",
        arguments: [1_000.0, 2_000.0], OnsetDetection.Method.allCases)
    func raw(hertz: Double, method: OnsetDetection.Method) throws {
        var detection = OnsetDetection()
        detection.method = method
        try Self.expectMovements(Self.raw(hertz: hertz), detection)
        // The counts of a converter with an offset are never negative.
        detection.signal = .raw
        try Self.expectMovements(Self.raw(hertz: hertz, offset: 2_000), detection)
    }

    private static func expectMovements(
        _ recording: Recording, _ detection: OnsetDetection
    ) throws {
        let hertz = recording.samplingRate.hertz
        let found = try detection.movements(in: recording)
        try #require(found.movements.count == 3)
        for (movement, known) in zip(found.movements, Self.movements) {
            #expect(abs(Double(movement.start) / hertz - known.0) <= 0.05)
            #expect(abs(Double(movement.end) / hertz - known.1) <= 0.05)
        }
    }

    /// Worked out by hand: at 40 Hz a moving average of 0.025 s is the sample itself. Rest alternates
    /// between 1 and 3: mean 2, deviation 1. In the movement samples are 102: 100 deviations. At rest
    /// the distances alternate between 0 and 1: mean 0.5, deviation 0.5. A movement is above the
    /// larger of 0.5 + 3 × 0.5 = 2 and 0.5 + 0.12 × 99.5 = 12.44, and must pass
    /// 0.5 + 0.3 × 99.5 = 30.35.
    @Test("the thresholds are those of the definition")
    func thresholds() throws {
        let recording = try Self.recording(hertz: 40, seconds: 20, channels: 1) { _, time in
            let sample = Int((time * 40).rounded())
            return (400..<600).contains(sample) ? 102 : sample.isMultiple(of: 2) ? 1 : 3
        }
        var detection = OnsetDetection()
        detection.smoothingSeconds = 0.025
        let found = try detection.movements(in: recording)
        #expect(abs(found.threshold - 12.44) < 1e-9)
        #expect(abs(found.movementThreshold - 30.35) < 1e-9)
        #expect(found.movements == [SampleRange(start: 400, end: 600)])
    }

    @Test("a shorter pause is part of a movement, what is too short or too weak is none")
    func durations() throws {
        // At 100 Hz: two bursts 0.15 s apart, one of 0.05 s, and one of a fifth of the amplitude.
        let recording = try Self.recording(hertz: 100, seconds: 12, channels: 1) { _, time in
            let sample = Int((time * 100).rounded())
            let rest = sample.isMultiple(of: 2) ? 1.0 : 1.2
            if (300..<400).contains(sample) || (415..<500).contains(sample) { return 40 }
            if (700..<705).contains(sample) { return 40 }
            return (900..<1_000).contains(sample) ? 9 : rest
        }
        var detection = OnsetDetection()
        detection.smoothingSeconds = 0.01
        #expect(
            try detection.movements(in: recording).movements == [SampleRange(start: 300, end: 500)])
        detection.pauseSeconds = 0.1
        detection.movementSeconds = 0.05
        #expect(
            try detection.movements(in: recording).movements.map(\.start) == [300, 415, 700])
        detection.movementShare = 0.2
        #expect(
            try detection.movements(in: recording).movements.map(\.start) == [300, 415, 700, 900])
        detection.shiftSeconds = -0.1
        #expect(
            try detection.movements(in: recording).movements.map(\.start) == [290, 405, 690, 890])
    }

    @Test(
        "nothing is found where it is excluded or marked as bad, nor on a channel that is no good")
    func exclusions() throws {
        var recording = try Self.envelope()
        let middle = SampleRange(start: 980, end: 1_300)
        let found = try OnsetDetection().movements(in: recording, excluding: [middle])
        #expect(found.movements.count == 2 && !found.movements.contains { $0.overlaps(middle) })
        recording.quality = [QualityInterval(range: middle, channel: nil, kind: .markedBad)]
        #expect(try OnsetDetection().movements(in: recording).movements.count == 2)
        recording.quality = []
        // The second movement is in the first channel alone.
        #expect(
            try OnsetDetection().movements(in: recording, silentChannels: [0]).movements.count == 2)
        #expect(
            try OnsetDetection().movements(in: recording, silentChannels: [0, 1]).movements.isEmpty)
    }

    @Test("samples that are not numbers are no movement, and other channels still count")
    func notNumbers() throws {
        var recording = try Self.envelope()
        for sample in 300..<900 { recording.samples.values[2 * sample + 1] = .nan }
        #expect(try OnsetDetection().movements(in: recording).movements.count == 3)
        for sample in 300..<900 { recording.samples.values[2 * sample] = .nan }
        #expect(try OnsetDetection().movements(in: recording).movements.count == 2)
    }

    @Test(
        "a recording without movements, too short or all zero has none", arguments: [0.4, 1.2, 12])
    func nothing(seconds: Double) throws {
        let zero = try Self.recording(hertz: 200, seconds: seconds) { _, _ in 0 }
        #expect(try OnsetDetection().movements(in: zero).movements.isEmpty)
        var generator = SeededGenerator(seed: 3)
        let still = try Self.recording(hertz: 200, seconds: seconds) { _, _ in
            5 + generator.uniform()
        }
        let found = try OnsetDetection().movements(in: still).movements
        #expect(found.reduce(0) { $0 + $1.count } <= still.sampleCount / 4)
    }

    @Test("the Teager–Kaiser energy of a rectified signal is refused with what to do")
    func rectified() throws {
        var detection = OnsetDetection()
        detection.method = .teagerKaiser
        let error = #expect(throws: FilterError.self) {
            try detection.movements(in: Self.envelope())
        }
        #expect(try #require(error).description.contains("envelope"))
    }

    @Test("settings are read by their names, with units, and refused out of their ranges")
    func settings() throws {
        let document = try Document(
            yaml: "{method: teager_kaiser, smoothing_s: 0.05, shift_s: -0.1}".utf8, name: "d.yaml")
        let detection = try OnsetDetection(document.cursor)
        #expect(detection.method == .teagerKaiser && detection.smoothingSeconds == 0.05)
        #expect(
            detection.origin
                == #"onset detection {"method":"teager_kaiser","smoothing_s":0.05,"shift_s":-0.1}"#)
        #expect(OnsetDetection().origin == "onset detection")
        for text in ["{rest_share: 1.5}", "{smoothing_s: 0}", "{smoothing: 1}"] {
            let wrong = try Document(yaml: text.utf8, name: "d.yaml")
            #expect(throws: DocumentError.self) { try OnsetDetection(wrong.cursor) }
        }
    }

    @Test("the committed table of settings is the generated one")
    func table() throws {
        #expect(
            try CommittedText.isCurrent(
                "docs/review/labels.md", region: "onsets",
                generated: FieldTable(OnsetDetection.schema(with: Kinds())).markdown))
    }

    /// The plan of a laboratory whose people no setting was chosen on.
    private static func plan(hertz: Double) -> LaboratoryPlan {
        LaboratoryPlan(
            style: .bipolar, patients: 4, conditionsPerSession: 1, seed: 2_718,
            samplingRateHertz: hertz)
    }

    @Test(
        "nine of ten onsets of a synthetic bipolar laboratory are found within 50 ms of when muscles begin",
        arguments: [1_000.0, 2_000.0])
    func laboratory(hertz: Double) throws {
        let plan = Self.plan(hertz: hertz)
        var onsets = OnsetComparison()
        for planned in plan.recordings {
            let synthetic = try SyntheticRecording(planned, of: plan)
            let recording = try synthetic.recording(planned, of: plan)
            let known = synthetic.movements.map {
                SampleRange(
                    start: Int(($0.start * hertz).rounded()), end: Int(($0.end * hertz).rounded()))
            }
            let found = try OnsetDetection().movements(in: recording)
            onsets.add(
                OnsetComparison.compare(
                    found.movements, with: known, sampleCount: recording.sampleCount,
                    rate: recording.samplingRate
                ).onsets)
        }
        #expect(onsets.knownCount == 24)
        #expect(try #require(onsets.share(within: 0.05)) >= 0.9)
        #expect(onsets.missed == 0 && onsets.extra == 0)
    }
}
