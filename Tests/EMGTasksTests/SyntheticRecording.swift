import EMGSignal

/// A recording whose samples and labels a test can work out by hand.
func syntheticRecording(
    patient: String = "p1", session: String = "day1", condition: String = "111",
    runs: [(label: UInt8, count: Int)] = [
        (0, 50), (1, 40), (0, 45), (2, 40), (0, 60), (1, 40), (0, 50), (2, 40), (0, 50),
    ],
    channels: Int = 2, hertz: Double = 100, quality: [QualityInterval] = [],
    value: (Int, Int) -> Float = { sample, channel in
        Float((sample * 7 + channel * 13) % 31) - 3 * Float(channel)
    }
) throws -> Recording {
    let labels = runs.flatMap { Array(repeating: $0.label, count: $0.count) }
    var values: [Float] = []
    for sample in labels.indices {
        for channel in 0..<channels { values.append(value(sample, channel)) }
    }
    var description = try RecordingDescription(
        identity: RecordingIdentity(patient: patient, session: session, condition: condition),
        channels: (0..<channels).map { Channel(name: "emg\($0)", unit: "count") },
        samplingRate: SamplingRate(hertz: hertz),
        source: SourceFile(
            name: "\(patient)_\(condition).csv",
            sha256: String(repeating: "0", count: 60)
                + String(abs(patient.hashValueStable) % 9000 + 1000)))
    description.quality = quality
    return try Recording(
        description,
        samples: SampleMatrix(values: values, channelCount: channels),
        labels: LabelTrack(classNames: ["relax", "open", "close"], values: labels))
}

extension String {
    /// The sum of the bytes with their places, the same in every process.
    fileprivate var hashValueStable: Int {
        utf8.enumerated().reduce(0) { $0 + ($1.offset + 1) * Int($1.element) }
    }
}
