internal import Decoding
internal import Documents

/// What came of adapting the running decoder once.
struct AdaptationStep: Sendable {
    /// What becomes of the decoder.
    enum Outcome: String, Sendable, Hashable {
        /// It decides now.
        case running
        /// It was not taken.
        case refused
        /// It decided until another one took over.
        case replaced
        /// Somebody took it back.
        case undone
    }

    /// Which, from 1.
    let number: Int
    /// Behind which repetition: its class and number.
    let trigger: String
    /// When, in seconds of the recording.
    let seconds: Double
    /// What was found.
    let report: AdaptationReport
    /// The decoder; `nil` when it was not made.
    let bundle: DecoderBundle?
    /// Samples of the recording that it was fitted to.
    let sampleCount: Int
    /// The balanced accuracy to be expected; `nil` when nobody can tell.
    let expectedAccuracy: Double?
    /// How long it took, in seconds.
    let duration: Double
    /// How the band looks to be put on, beside training people's; `nil` when that cannot be told.
    let placement: BandPlacement?
    /// What became of it.
    var outcome: Outcome

    /// What is expected, in a sentence; `nil` when nobody can tell.
    var expectation: String? {
        guard let expectedAccuracy else { return nil }
        let shown = report.windowsOfClass.count { $0.count > 0 }
        let all = report.windowsOfClass.count
        let percent = Int((100 * expectedAccuracy).rounded())
        return "\(shown) of \(all) gestures seen: \(all) classes expected at \(percent) %"
    }

    /// What looks wrong with the band, in a sentence; `nil` when nothing does.
    private var placementSentence: String? {
        switch placement {
        case .same?, nil: nil
        case .turned(let count)?:
            "The band looks turned by about \(count) of its electrodes, beside people of the training."
        case .swapped(let one, let other)?:
            "Channels \(one + 1) and \(other + 1) look swapped, beside people of the training."
        }
    }

    /// For the page.
    var document: DocumentValue {
        .object(known: [
            "number": .integer(number), "trigger": .string(trigger), "seconds": .number(seconds),
            "outcome": .string(outcome.rawValue), "sentence": .string(report.sentence),
            "expectation": expectation.map { .string($0) },
            "placement": placementSentence.map { .string($0) }, "duration": .number(duration),
            "report": report.document,
        ])
    }
}
