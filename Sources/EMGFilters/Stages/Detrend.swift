package import Documents
internal import EMGSignal

/// The mean or the line of least squares taken off each segment.
package struct Detrend: PipelineStage {
    /// What is taken off.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The mean.
        case constant
        /// The line of least squares.
        case linear
    }

    /// What is taken off.
    package var kind = Kind.constant

    /// The mean.
    package init() {}

    /// The name in documents.
    package static let key = "detrend"
    /// What it does, in a sentence.
    package static let documentation =
        "The mean or the line of least squares taken off each segment. Whole signals only."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field("kind", \.kind, .choice, "What is taken off: the mean or the line.")
    ]

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign(
            [.channel(TrendRemoval(kind: kind))], parameters: ["kind": .text(kind.rawValue)])
    }
}

extension PipelineStage where Self == Detrend {
    /// The mean or the line of least squares taken off each segment.
    ///
    /// - Parameter kind: What is taken off.
    /// - Returns: The stage.
    package static func detrend(_ kind: Detrend.Kind) -> Detrend {
        var stage = Detrend()
        stage.kind = kind
        return stage
    }
}
