private import EMGArchive
package import EMGSignal

/// A split rule with everything that goes with it, in samples of one recording's rate.
package struct SplitPlan: Sendable {
    /// How time is divided.
    package var rule: any SplitRule
    /// How many samples of the query next to the support are left out, at least 0.
    package var guardSamples: Int
    /// How much of each phase (run of one label) of the support is kept, from its start: above 0
    /// and at most 1. What is not kept belongs to neither part.
    package var supportFraction: Double
    /// How many samples on both sides of each label change belong to neither part, at least 0.
    package var transitionTrim: Int
    /// How windows are cut.
    package var layout: WindowLayout

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - rule: How time is divided.
    ///   - guardSamples: How many samples next to the support are left out, at least 0.
    ///   - supportFraction: How much of each phase of the support is kept, above 0, at most 1.
    ///   - transitionTrim: How many samples round label changes belong to neither part.
    ///   - layout: How windows are cut.
    package init(
        rule: any SplitRule, guardSamples: Int, supportFraction: Double = 1,
        transitionTrim: Int = 0, layout: WindowLayout
    ) {
        precondition(guardSamples >= 0 && transitionTrim >= 0, "durations are at least 0")
        precondition(
            supportFraction > 0 && supportFraction <= 1,
            "a fraction is above 0 and at most 1, got \(supportFraction)")
        self.rule = rule
        self.guardSamples = guardSamples
        self.supportFraction = supportFraction
        self.transitionTrim = transitionTrim
        self.layout = layout
    }

    /// Divides a recording.
    ///
    /// - Parameters:
    ///   - labels: The class of each sample; `nil` for an unlabeled recording.
    ///   - sampleCount: The number of samples.
    ///   - rate: The sampling rate.
    ///   - segments: The segments that may be windowed as one.
    ///   - classCount: How many classes there are to learn, all of the labels' when `nil`: samples
    ///     with a label from there on are cues like others, but in no window.
    ///   - subject: The recording's id, for errors.
    /// - Returns: The usable ranges of both parts, within the segments, and their windows. Samples
    ///   that nobody labeled are in neither part, unless their label is below `classCount`.
    /// - Throws: ``TaskError`` when the recording is not as the rule needs it.
    package func parts(
        labels: LabelTrack?, sampleCount: Int, rate: SamplingRate, segments: [SampleRange],
        classCount: Int? = nil, subject: String
    ) throws(TaskError) -> SplitParts {
        guard labels != nil || !rule.needsLabels && supportFraction == 1 && transitionTrim == 0
        else {
            throw TaskError(
                .unlabeled, subject: subject,
                hint: "a split by cues, repetitions or shots needs a label for every sample")
        }
        let runs = labels?.runs ?? []
        // A label below the number of classes was given the name of a class.
        let unlabeled = labels?.unlabeled.flatMap { label in
            classCount.map { Int(label) >= $0 } ?? true ? label : nil
        }
        let dropped = runs.filter { Int($0.label) >= classCount ?? 256 || $0.label == unlabeled }
        let nobodys = dropped.filter { $0.label == unlabeled }.map(\.range)
        let open = segments.subtracting(transitions(of: labels))
            .subtracting(dropped.filter { $0.label != unlabeled }.map(\.range))
        let usable = open.subtracting(nobodys)
        let learned = Set(runs.map(\.label)).subtracting(dropped.map(\.label))
        let recording = SplitInput(
            labels: labels, learned: learned, sampleCount: sampleCount, samplingRate: rate,
            usable: usable, layout: layout, guardSamples: guardSamples,
            supportFraction: supportFraction, subject: subject)
        var parts = try rule.parts(of: recording)
        parts.unlabeled = layout.share(of: nobodys, in: open)
        return parts
    }

    /// The neighborhoods of label changes.
    private func transitions(of labels: LabelTrack?) -> [SampleRange] {
        guard transitionTrim > 0, let labels else { return [] }
        return labels.runs.dropFirst().map { run in
            SampleRange(
                start: max(0, run.range.start - transitionTrim),
                end: min(labels.values.count, run.range.start + transitionTrim))
        }
    }
}
