package import Documents

/// The magnitude of the analytic signal.
package struct Hilbert: PipelineStage {
    /// The magnitude.
    package init() {}

    /// The name in documents.
    package static let key = "hilbert"
    /// What it does, in a sentence.
    package static let documentation =
        "Magnitude of the analytic signal of each segment, taken as periodic. Whole signals only."
    /// The members of documents.
    package static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign([.channel(HilbertEnvelope())])
    }
}

extension PipelineStage where Self == Hilbert {
    /// The magnitude of the analytic signal.
    package static var hilbert: Hilbert { Hilbert() }
}
