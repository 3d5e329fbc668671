import EMGSignal
import SeededRandom

/// Recordings for tests.
enum Recordings {
    /// Uniform noise around an offset.
    static func noise(
        samples: Int, channels: Int = 2, rate: Double = 2_000, effectiveRate: Double? = nil,
        offset: Double = 0, seed: UInt64 = 1, quality: [QualityInterval] = []
    ) throws -> Recording {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<samples * channels).map { _ in
            Float(200 * (generator.uniform() - 0.5) + offset)
        }
        var description = try RecordingDescription(
            identity: RecordingIdentity(patient: "p1", session: "s1", condition: "c1"),
            channels: (0..<channels).map { Channel(name: "emg\($0)", unit: "uV") },
            samplingRate: SamplingRate(hertz: rate),
            source: SourceFile(name: "noise.csv", sha256: String(repeating: "0", count: 64)))
        if let effectiveRate {
            description.effectiveRate = try SamplingRate(hertz: effectiveRate)
        }
        description.quality = quality
        description.history = [ProcessingStep(operation: "test", parameters: [:], software: "test")]
        return try Recording(
            description,
            samples: SampleMatrix(values: values, channelCount: channels))
    }

    static func doubles(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in 200 * (generator.uniform() - 0.5) }
    }
}
