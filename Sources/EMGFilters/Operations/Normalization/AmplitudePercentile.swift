package import Documents
package import EMGSignal
private import Foundation

/// Over a percentile of each channel's magnitudes; 100 is the peak.
package struct AmplitudePercentile: AmplitudeNormalization {
    /// Which percentile; `nil` for 100.
    package var percentile: Double?

    /// Over the peak.
    package init() {}

    /// The name in documents.
    package static let key = "percentile"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Over a percentile of the magnitudes."
    /// The members of documents.
    package static let fields: Fields<Self> = [.percentile(\.percentile)]

    private var percent: Double { percentile ?? 100 }

    /// What is done, for people.
    package var summary: String {
        "over percentile \(percent.plain) of the magnitudes, channel by channel"
    }

    /// The numbers that go into the history of recordings.
    package var parameters: [String: ProcessingStep.Value] {
        ["method": .text("percentile"), "percentile": .number(percent)]
    }

    /// How it is computed, and about how much work that is.
    package func work(sampleCount: Int) -> OperationWork {
        OperationWork(
            "sorted magnitudes", operationsPerSample: 2 * log2(Double(sampleCount) + 1) + 2)
    }

    /// Refuses a percentile that there is not.
    package func check() throws(FilterError) { try Self.check(percent) }

    /// The percentile.
    package func fit(
        _ samples: Span<Double>, ranges: [SampleRange], channel: Int
    ) -> (offset: Double, divisor: Double) {
        var magnitudes: [Double] = []
        for range in ranges {
            for index in range.indices { magnitudes.append(abs(samples[index])) }
        }
        return (0, Self.percentile(percent, of: magnitudes) ?? 0)
    }

    /// A percentile of magnitudes, between neighbors by a straight line as numpy has it; `nil`
    /// where there are none.
    static func percentile(_ percent: Double, of magnitudes: [Double]) -> Double? {
        guard !magnitudes.isEmpty else { return nil }
        let magnitudes = magnitudes.sorted()
        let position = percent / 100 * Double(magnitudes.count - 1)
        let below = min(magnitudes.count - 1, Int(position))
        let above = min(magnitudes.count - 1, below + 1)
        return magnitudes[below]
            + (magnitudes[above] - magnitudes[below]) * (position - Double(below))
    }

    /// Refuses a percentile that there is not.
    static func check(_ percent: Double) throws(FilterError) {
        guard percent > 0, percent <= 100 else {
            throw FilterError(
                .unusableParameter(
                    name: "a percentile", expected: "above 0 and at most 100", found: percent),
                hint: "95 forgives a few artifacts, 100 is the peak")
        }
    }
}

extension Field {
    /// Which percentile of the magnitudes.
    static func percentile(_ path: any WritableKeyPath<Root, Double?> & Sendable) -> Field {
        Field(
            optional: "percentile", path, .number(in: 0.001...100),
            "Of the magnitudes; 100 when left out, 95 with recording.", absence: .leftOut)
    }
}

extension AmplitudeNormalization where Self == AmplitudePercentile {
    /// Over a percentile of the magnitudes.
    ///
    /// - Parameter percent: Which, above 0 and at most 100.
    /// - Returns: The method.
    package static func percentile(_ percent: Double) -> AmplitudePercentile {
        var method = AmplitudePercentile()
        method.percentile = percent
        return method
    }
}
