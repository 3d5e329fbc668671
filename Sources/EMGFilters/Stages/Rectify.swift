public import Documents

/// Full-wave rectification: the magnitude of each sample.
public struct Rectify: PipelineStage {
    /// The magnitude.
    public init() {}

    /// The name in documents.
    public static let key = "rectify"
    /// What it does, in a sentence.
    public static let documentation = "The magnitude of each sample (full-wave rectification)."
    /// The members of documents.
    public static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    public var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign([.sample(.magnitude)])
    }
}

extension PipelineStage where Self == Rectify {
    /// The magnitude of each sample.
    public static var rectify: Rectify { Rectify() }
}
