public import Documents
internal import EMGSignal

/// The Teager–Kaiser energy.
public struct TeagerKaiser: PipelineStage {
    /// The energy.
    public init() {}

    /// The name in documents.
    public static let key = "teager_kaiser"
    /// What it does, in a sentence.
    public static let documentation = "Teager-Kaiser energy; one sample late when causal."
    /// The members of documents.
    public static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    public var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign(
            [.channel(TeagerKaiserEnergy(alignment: input.alignment))],
            parameters: ["alignment": .text(input.alignment.rawValue)])
    }
}

extension PipelineStage where Self == TeagerKaiser {
    /// The Teager–Kaiser energy.
    public static var teagerKaiser: TeagerKaiser { TeagerKaiser() }
}
