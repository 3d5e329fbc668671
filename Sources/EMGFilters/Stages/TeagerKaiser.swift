package import Documents
internal import EMGSignal

/// The Teager–Kaiser energy.
package struct TeagerKaiser: PipelineStage {
    /// The energy.
    package init() {}

    /// The name in documents.
    package static let key = "teager_kaiser"
    /// What it does, in a sentence.
    package static let documentation = "Teager-Kaiser energy; one sample late when causal."
    /// The members of documents.
    package static let fields: Fields<Self> = []

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        StageDesign(
            [.channel(TeagerKaiserEnergy(alignment: input.alignment))],
            parameters: ["alignment": .text(input.alignment.rawValue)])
    }
}

extension PipelineStage where Self == TeagerKaiser {
    /// The Teager–Kaiser energy.
    package static var teagerKaiser: TeagerKaiser { TeagerKaiser() }
}
