public import Documents
internal import EMGSignal

/// The mean or the line of least squares taken off each segment.
public struct Detrend: PipelineStage {
    /// What is taken off.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The mean.
        case constant
        /// The line of least squares.
        case linear
    }

    /// What is taken off.
    public var kind = Kind.constant

    /// The mean.
    public init() {}

    /// The name in documents.
    public static let key = "detrend"
    /// What it does, in a sentence.
    public static let documentation =
        "The mean or the line of least squares taken off each segment. Whole signals only."
    /// The members of documents.
    public static let fields: Fields<Self> = [
        Field("kind", \.kind, .choice, "What is taken off: the mean or the line.")
    ]

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign(
            [.channel(TrendRemoval(kind: kind))], parameters: ["kind": .text(kind.rawValue)])
    }
}

extension PipelineStage where Self == Detrend {
    /// The mean or the line of least squares taken off each segment.
    ///
    /// - Parameter kind: What is taken off.
    /// - Returns: The stage.
    public static func detrend(_ kind: Detrend.Kind) -> Detrend {
        var stage = Detrend()
        stage.kind = kind
        return stage
    }
}
