import EMGArchive
import EMGSignal
import SeededRandom

/// Recordings made up from a seed, as small or large as a test needs.
enum SyntheticRecording {
    static let sha256 = String(repeating: "0123456789abcdef", count: 4)

    static func make(
        patient: String = "p1", session: String = "2024_01_02_p1", condition: String = "131",
        run: String = "", samples: Int = 3_000, channels: Int = 4, seed: UInt64 = 1
    ) throws -> Recording {
        var random = SeededGenerator(seed: seed)
        var description = try RecordingDescription(
            identity: RecordingIdentity(
                patient: patient, session: session, condition: condition, run: run),
            channels: (0..<channels).map { Channel(name: "emg\($0)", unit: "uV") },
            samplingRate: SamplingRate(hertz: 200),
            source: SourceFile(name: "p1_131.csv", sha256: sha256))
        description.effectiveRate = try SamplingRate(hertz: 49.5)
        description.quality = [
            QualityInterval(
                range: SampleRange(start: 10, end: 20), channel: nil, kind: .gap),
            QualityInterval(
                range: SampleRange(start: 30, end: 40), channel: min(2, channels - 1),
                kind: .saturation),
        ]
        description.history = [
            ProcessingStep(
                operation: "ingest.roam-csv",
                parameters: [
                    "rate": .number(200), "columns": .list([.integer(5), .text("ä")]),
                ],
                software: SoftwareVersion.text)
        ]
        return try Recording(
            description,
            samples: SampleMatrix(
                values: (0..<samples * channels).map { _ in Float(random.nearlyNormal() * 100) },
                channelCount: channels),
            labels: LabelTrack(
                classNames: ["relax", "open", "close"],
                values: (0..<samples).map { UInt8($0 / 500 % 3) }),
            timeStamps: (0..<samples).map { 2 + Double($0) / 200 })
    }
}
