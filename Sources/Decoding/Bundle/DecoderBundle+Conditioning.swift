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
            decisionRate: 1 / input.samplingRate.seconds(ofSamples: input.window.stride))
    }

    /// The bundle for samples that are conditioned already.
    package var withoutConditioning: DecoderBundle {
        var bundle = self
        bundle.pipeline.stages = []
        return bundle
    }
}
