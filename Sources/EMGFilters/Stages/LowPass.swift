package import Documents

/// A Butterworth low-pass.
package struct LowPass: PipelineStage {
    /// The -3 dB cut-off of one pass, in hertz.
    package var cutoff = 6.0
    /// From 1 to 64.
    package var order = Butterworth.usualOrder

    /// At 6.0 Hz, of order 4.
    package init() {}

    /// The name in documents.
    package static let key = "low_pass"
    /// What it does, in a sentence.
    package static let documentation = "Butterworth low-pass."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field(
            "cutoff_hz", \.cutoff, .frequency, "The -3 dB cut-off of one pass in Hz.",
            isRequired: true),
        .order(\.order),
    ]

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        try input.limits.check(cutoff)
        design.add(
            try Butterworth.lowPass(
                cutoff: cutoff, order: order, samplingRate: input.samplingRate),
            cutoffs: [cutoff])
        return design
    }
}

extension PipelineStage where Self == LowPass {
    /// A Butterworth low-pass.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    package static func lowPass(cutoff: Double, order: Int = Butterworth.usualOrder) -> LowPass {
        var stage = LowPass()
        (stage.cutoff, stage.order) = (cutoff, order)
        return stage
    }
}
