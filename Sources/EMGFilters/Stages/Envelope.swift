package import Documents

/// The linear envelope: rectification, then a Butterworth low-pass.
package struct Envelope: PipelineStage {
    /// The -3 dB cut-off of one pass of the low-pass, in hertz.
    package var cutoff = 6.0
    /// From 1 to 64.
    package var order = Butterworth.usualOrder

    /// At 6 Hz, of order 4.
    package init() {}

    /// The name in documents.
    package static let key = "envelope"
    /// What it does, in a sentence.
    package static let documentation =
        "Linear envelope: rectification, then a Butterworth low-pass."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field(
            "cutoff_hz", \.cutoff, .frequency,
            "The -3 dB cut-off of one pass of the low-pass in Hz."
        ),
        .order(\.order),
    ]

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var smoothing = LowPass()
        (smoothing.cutoff, smoothing.order) = (cutoff, order)
        var design = try smoothing.design(for: input)
        design.elements.insert(.sample(.magnitude), at: 0)
        return design
    }
}

extension PipelineStage where Self == Envelope {
    /// The linear envelope.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass of the low-pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    package static func envelope(
        cutoff: Double = Envelope().cutoff, order: Int = Butterworth.usualOrder
    ) -> Envelope {
        var stage = Envelope()
        (stage.cutoff, stage.order) = (cutoff, order)
        return stage
    }
}
