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
}
