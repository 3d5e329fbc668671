package import Documents
package import EMGSignal

/// The lowest sample of each channel becomes 0, the highest 1.
package struct AmplitudeMinMax: AmplitudeNormalization {
    /// The method.
    package init() {}

    /// The name in documents.
    package static let key = "min_max"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "From 0 to 1."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// What is done, for people.
    package var summary: String { "from 0 to 1, channel by channel" }

    /// The numbers that go into the history of recordings.
    package var parameters: [String: ProcessingStep.Value] { ["method": .text("min-max")] }

    /// How it is computed, and about how much work that is.
    package func work(sampleCount: Int) -> OperationWork {
        OperationWork("whole channels", operationsPerSample: 6)
    }

    /// The lowest sample and the range.
    package func fit(
        _ samples: Span<Double>, ranges: [SampleRange], channel: Int
    ) -> (offset: Double, divisor: Double) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for range in ranges {
            for index in range.indices {
                low = min(low, samples[index])
                high = max(high, samples[index])
            }
        }
        return low <= high ? (low, high - low) : (0, 1)
    }
}

extension AmplitudeNormalization where Self == AmplitudeMinMax {
    /// From 0 to 1.
    package static var minMax: AmplitudeMinMax { AmplitudeMinMax() }
}
