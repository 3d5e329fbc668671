package import Documents
package import EMGSignal

/// Less the mean, over the standard deviation (of the population), of each channel's usable
/// samples.
package struct AmplitudeZScore: AmplitudeNormalization {
    /// The method.
    package init() {}

    /// The name in documents.
    package static let key = "z_score"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Less the mean, over the standard deviation."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// What is done, for people.
    package var summary: String {
        "less the mean, over the standard deviation, channel by channel"
    }

    /// The numbers that go into the history of recordings.
    package var parameters: [String: ProcessingStep.Value] { ["method": .text("z-score")] }

    /// How it is computed, and about how much work that is.
    package func work(sampleCount: Int) -> OperationWork {
        OperationWork("whole channels", operationsPerSample: 6)
    }

    /// The mean and the standard deviation.
    package func fit(
        _ samples: Span<Double>, ranges: [SampleRange], channel: Int
    ) -> (offset: Double, divisor: Double) {
        let count = Double(max(1, ranges.reduce(0) { $0 + $1.count }))
        var mean = 0.0
        for range in ranges { mean += samples.extracting(range.indices).sum }
        mean /= count
        var square = 0.0
        for range in ranges {
            for index in range.indices {
                let distance = samples[index] - mean
                square += distance * distance
            }
        }
        return (mean, (square / count).squareRoot())
    }
}

extension AmplitudeNormalization where Self == AmplitudeZScore {
    /// Less the mean, over the standard deviation.
    package static var zScore: AmplitudeZScore { AmplitudeZScore() }
}
