package import Documents

/// What came of adapting a decoder to a person.
package struct AdaptationReport: Sendable, Hashable {
    /// Whether the adapted parameters are better on what was held out, or why they are not taken.
    package enum Verdict: Sendable, Hashable {
        /// They are better.
        case better
        /// They are not better than the old ones with the person's normalization, which are better
        /// than those with the normalization of before.
        case normalization
        /// The old parameters are as good or better.
        case notBetter
        /// They are no better than guessing.
        case chance
        /// The labels look exchanged: which label, and the class that the decoder finds instead.
        case exchangedLabels([[String]])
        /// Nothing could be held out.
        case tooShort
        /// The adaptation failed.
        case failed(String)

        /// The verdict as programs compare it.
        package var name: String {
            switch self {
            case .better: "better"
            case .normalization: "normalization"
            case .notBetter: "not_better"
            case .chance: "chance"
            case .exchangedLabels: "exchanged_labels"
            case .tooShort: "too_short"
            case .failed: "failed"
            }
        }
    }

    /// What was decided.
    package var verdict: Verdict
    /// The person's first recording.
    package let id: String
    /// How many recordings were adapted to.
    package let recordingCount: Int
    /// Windows of the support by class.
    package let windowsOfClass: [(name: String, count: Int)]
    /// What was held out in turn.
    package let heldOut: String
    /// The bundle as it was; `nil` when nothing could be held out.
    package var before: HeldOutScore?
    /// The old parameters with the person's normalization.
    package var normalized: HeldOutScore?
    /// The adapted parameters with the person's normalization.
    package var adapted: HeldOutScore?

    /// The classes of which nothing was shown: how they are decided about could not be evaluated.
    package var classesNotShown: [String] {
        windowsOfClass.filter { $0.count == 0 }.map(\.name)
    }

    /// What could not be evaluated, in a sentence; `nil` when every class was shown.
    package var sentenceAboutClassesNotShown: String? {
        classesNotShown.isEmpty
            ? nil
            : "Nothing was shown of \(classesNotShown.joined(separator: ", ")): how windows of them are "
                + "decided about could not be evaluated."
    }

    /// Whether two reports say the same.
    package static func == (left: Self, right: Self) -> Bool { left.document == right.document }
    /// Feeds what is said.
    package func hash(into hasher: inout Hasher) { hasher.combine(document) }

    /// Whether the decoder is changed: its parameters, or its normalization alone.
    package var isTaken: Bool { verdict == .better || verdict == .normalization }

    /// What was decided, in a sentence.
    package var sentence: String {
        switch verdict {
        case .better: "The adapted parameters are better on windows that were held out."
        case .normalization:
            "The old parameters with the person's normalization are the best on windows that were "
                + "held out."
        case .notBetter:
            "The adapted parameters are not better on windows that were held out than the old ones."
        case .chance:
            "The adapted parameters are no better than guessing on windows that were held out: "
                + "labels may be wrong, or electrodes off."
        case .exchangedLabels(let pairs):
            "The labels look exchanged: "
                + pairs.map { "what is labeled \($0[0]) is \($0[1]) by the decoder" }
                .joined(separator: ", ") + "."
        case .tooShort:
            "The calibration is too short to hold a part of each class out."
        case .failed(let reason): "The adaptation failed: \(reason)"
        }
    }

    /// The report for programs.
    package var document: DocumentValue {
        .object(known: [
            "verdict": .string(verdict.name), "sentence": .string(sentence),
            "recording": .string(id), "recordings": .integer(recordingCount),
            "support_windows": .array(
                windowsOfClass.map {
                    .object(["class": .string($0.name), "windows": .integer($0.count)])
                }),
            "classes_not_shown": .strings(classesNotShown),
            "held_out": .string(heldOut), "before": before?.document,
            "normalized": normalized?.document, "adapted": adapted?.document,
        ])
    }
}
