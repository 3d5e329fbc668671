package import Documents

/// A Butterworth high-pass.
package struct HighPass: PipelineStage {
    /// The -3 dB cut-off of one pass, in hertz.
    package var cutoff = 20.0
    /// From 1 to 64.
    package var order = Butterworth.usualOrder

    /// At 20.0 Hz, of order 4.
    package init() {}

    /// The name in documents.
    package static let key = "high_pass"
    /// What it does, in a sentence.
    package static let documentation = "Butterworth high-pass."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field(
            "cutoff_hz", \.cutoff, .frequency, "The -3 dB cut-off of one pass in Hz.",
            isRequired: true),
        .order(\.order),
    ]

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        try input.limits.check(cutoff)
        design.add(
            try Butterworth.highPass(
                cutoff: cutoff, order: order, samplingRate: input.samplingRate),
            cutoffs: [cutoff])
        return design
    }
}

extension PipelineStage where Self == HighPass {
    /// A Butterworth high-pass.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    package static func highPass(cutoff: Double, order: Int = Butterworth.usualOrder) -> HighPass {
        var stage = HighPass()
        (stage.cutoff, stage.order) = (cutoff, order)
        return stage
    }
}
