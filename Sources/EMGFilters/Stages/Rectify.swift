package import Documents

/// Full-wave rectification: the magnitude of each sample.
package struct Rectify: PipelineStage {
    /// The magnitude.
    package init() {}

    /// The name in documents.
    package static let key = "rectify"
    /// What it does, in a sentence.
    package static let documentation = "The magnitude of each sample (full-wave rectification)."
    /// The members of documents.
    package static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign([.sample(.magnitude)])
    }
}

extension PipelineStage where Self == Rectify {
    /// The magnitude of each sample.
    package static var rectify: Rectify { Rectify() }
}
