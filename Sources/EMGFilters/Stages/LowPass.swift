public import Documents

/// A Butterworth low-pass.
public struct LowPass: PipelineStage {
    /// The -3 dB cut-off of one pass, in hertz.
    public var cutoff = 6.0
    /// From 1 to 64.
    public var order = Butterworth.usualOrder

    /// At 6.0 Hz, of order 4.
    public init() {}

    /// The name in documents.
    public static let key = "low_pass"
    /// What it does, in a sentence.
    public static let documentation = "Butterworth low-pass."
    /// The members of documents.
    public static let fields: Fields<Self> = [
        Field(
            "cutoff_hz", \.cutoff, .frequency, "The -3 dB cut-off of one pass in Hz.",
            isRequired: true),
        .order(\.order),
    ]

    /// Designs the stage for signals of given rates.
    public func design(for input: StageInput) throws(FilterError) -> StageDesign {
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
    public static func lowPass(cutoff: Double, order: Int = Butterworth.usualOrder) -> LowPass {
        var stage = LowPass()
        (stage.cutoff, stage.order) = (cutoff, order)
        return stage
    }
}
