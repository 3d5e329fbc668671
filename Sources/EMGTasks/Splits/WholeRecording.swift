package import Documents
package import EMGSignal

/// Support is the whole recording: where the query comes from other recordings.
package struct WholeRecording: SplitRule {
    /// Creates a rule.
    package init() {}

    /// The name in documents.
    package static let key = "whole"
    /// What it is.
    package static let documentation =
        "Support is the whole recording; the query comes from others (`query_from`)."
    /// The members.
    package static let fields: Fields<Self> = []

    /// It takes everything.
    package var needsLabels: Bool { false }

    /// From the first to the last sample.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        [SampleRange(start: 0, end: recording.sampleCount)]
    }
}
