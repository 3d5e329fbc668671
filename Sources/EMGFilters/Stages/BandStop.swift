package import Documents

/// A Butterworth band-stop.
package struct BandStop: PipelineStage {
    /// The lower -3 dB cut-off of one pass, in hertz.
    package var low = 45.0
    /// The upper one.
    package var high = 55.0
    /// From 1 to 64.
    package var order = Butterworth.usualOrder

    /// From 45 to 55 Hz, of order 4.
    package init() {}

    /// The name in documents.
    package static let key = "band_stop"
    /// What it does, in a sentence.
    package static let documentation = "Butterworth band-stop."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field(
            "low_hz", \.low, .frequency, "The lower -3 dB cut-off of one pass in Hz.",
            isRequired: true),
        Field("high_hz", \.high, .frequency, "The upper one, above low_hz.", isRequired: true),
        .order(\.order),
    ]

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        try object.checkCutoffs(low: low, high: high)
    }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        try input.limits.check(low)
        try input.limits.check(high)
        design.add(
            try Butterworth.bandStop(
                low: low, high: high, order: order, samplingRate: input.samplingRate),
            cutoffs: [low, high])
        return design
    }
}

extension PipelineStage where Self == BandStop {
    /// A Butterworth band-stop.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz.
    ///   - high: The upper one.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    package static func bandStop(
        low: Double, high: Double, order: Int = Butterworth.usualOrder
    ) -> BandStop {
        var stage = BandStop()
        (stage.low, stage.high, stage.order) = (low, high, order)
        return stage
    }
}
