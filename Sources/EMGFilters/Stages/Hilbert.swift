public import Documents

/// The magnitude of the analytic signal.
public struct Hilbert: PipelineStage {
    /// The magnitude.
    public init() {}

    /// The name in documents.
    public static let key = "hilbert"
    /// What it does, in a sentence.
    public static let documentation =
        "Magnitude of the analytic signal of each segment, taken as periodic. Whole signals only."
    /// The members of documents.
    public static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    public var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign([.channel(HilbertEnvelope())])
    }
}

extension PipelineStage where Self == Hilbert {
    /// The magnitude of the analytic signal.
    public static var hilbert: Hilbert { Hilbert() }
}
