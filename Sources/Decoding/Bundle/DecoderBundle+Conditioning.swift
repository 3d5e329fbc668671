private import EMGArchive
package import EMGFilters

extension DecoderBundle {
    /// Makes what conditions samples as they come.
    ///
    /// - Returns: The stream, at rest; `nil` when samples are decoded as they are.
    /// - Throws: `FilterError` for a pipeline that cannot be at this rate, or is not causal.
    package func makeConditioning() throws(FilterError) -> ConditioningStream? {
        try chain()?.makeStream(channelCount: channelCount)
    }

    /// What that conditioning consists of, for programs that run it elsewhere.
    ///
    /// - Returns: Its steps in order; none when samples are decoded as they are.
    /// - Throws: `FilterError` as above.
    func causalSteps() throws(FilterError) -> [CausalStep] {
        try chain()?.causalSteps(channelCount: channelCount) ?? []
    }

    private func chain() throws(FilterError) -> ConditioningChain? {
        guard !pipeline.stages.isEmpty else { return nil }
        return try pipeline.resolve(
            samplingRate: input.samplingRate, effectiveRate: effectiveRate)
    }

    /// Makes what control signals are made of probabilities by.
    ///
    /// - Returns: The layer, at its beginning.
    /// - Throws: ``DecodingError`` for settings that name a class which there is none of.
    package func makeControl() throws(DecodingError) -> ControlLayer {
        try ControlLayer(
            control, classes: input.classes,
            decisionRate: 1 / decisionSeconds)
    }

    /// Whether another bundle decides about the same windows of the same conditioned samples, and
    /// among the same classes.
    func decodesSameSamples(as other: DecoderBundle) -> Bool {
        input.channels == other.input.channels
            && input.samplingRate == other.input.samplingRate
            && input.window.length == other.input.window.length
            && input.window.stride == other.input.window.stride
            && input.classes == other.input.classes && effectiveRate == other.effectiveRate
            && pipeline == other.pipeline
    }

    /// The bundle for samples that are conditioned already.
    package var withoutConditioning: DecoderBundle {
        var bundle = self
        bundle.pipeline.stages = []
        return bundle
    }
}
