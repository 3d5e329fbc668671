package import Documents
internal import EMGSignal

/// A Butterworth band-pass.
package struct BandPass: PipelineStage {
    /// The lower -3 dB cut-off of one pass, in hertz.
    package var low = 20.0
    /// The upper one, which is never changed; `nil` for ``defaultHigh``, lowered below Nyquist
    /// with a warning where that is needed.
    package var high: Double?
    /// From 1 to 64.
    package var order = Butterworth.usualOrder

    /// The upper cut-off where none is stated, in hertz.
    package static let defaultHigh = 450.0
    /// The part of Nyquist that an upper cut-off nobody stated is lowered to.
    private static let shareOfNyquist = 0.9

    /// From 20 to 450 Hz, of order 4.
    package init() {}

    /// The name in documents.
    package static let key = "band_pass"
    /// What it does, in a sentence.
    package static let documentation = "Butterworth band-pass."
    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field("low_hz", \.low, .frequency, "The lower -3 dB cut-off of one pass in Hz."),
        Field(
            optional: "high_hz", \.high, .frequency,
            "The upper one, above low_hz. When left out it is 450 Hz, lowered to 0.9 of half the "
                + "effective rate with a warning where that is needed; a stated one is never "
                + "changed.", absence: .leftOut),
        .order(\.order),
    ]

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        try object.checkCutoffs(low: low, high: high)
    }

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool { true }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        try input.limits.check(low)
        let high = try highCutoff(input.limits, warnings: &design.warnings)
        design.add(
            try Butterworth.bandPass(
                low: low, high: high, order: order, samplingRate: input.samplingRate),
            cutoffs: [low, high])
        return design
    }

    private func highCutoff(
        _ limits: CutoffLimits, warnings: inout [String]
    ) throws(FilterError) -> Double {
        if let high {
            try limits.check(high)
            return high
        }
        let usual = Self.defaultHigh
        let nyquist = limits.nyquist
        guard usual >= nyquist else { return usual }
        let lowered = Self.shareOfNyquist * nyquist
        warnings.append(
            "the upper cut-off, \(usual.plain) Hz when not stated, is lowered to "
                + "\(lowered.plain) Hz: the samples hold nothing at or above "
                + "\(nyquist.plain) Hz (effective rate \(limits.effectiveRate.hertz.plain) Hz)")
        return lowered
    }
}

extension PipelineStage where Self == BandPass {
    /// A Butterworth band-pass.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz.
    ///   - high: The upper one; `nil` for ``BandPass/defaultHigh``, lowered below Nyquist with a
    ///     warning where that is needed.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    package static func bandPass(
        low: Double = BandPass().low, high: Double? = nil, order: Int = Butterworth.usualOrder
    ) -> BandPass {
        var stage = BandPass()
        (stage.low, stage.high, stage.order) = (low, high, order)
        return stage
    }
}
