public import EMGSignal

extension ConditioningPipeline {
    /// Designs all stages for signals of given rates.
    ///
    /// - Parameters:
    ///   - samplingRate: The declared rate.
    ///   - effectiveRate: The rate at which samples really change; `nil` for the declared one.
    /// - Returns: The chain.
    /// - Throws: ``FilterError`` that names the stage which cannot be, and why.
    public func resolve(
        samplingRate: SamplingRate, effectiveRate: SamplingRate? = nil
    ) throws(FilterError) -> ConditioningChain {
        try checkMethod()
        let effectiveRate = effectiveRate ?? samplingRate
        var rates = (declared: samplingRate, effective: effectiveRate)
        var resolved: [ResolvedStage] = []
        for (index, stage) in stages.enumerated() {
            do throws(FilterError) {
                let next = try ResolvedStage(
                    stage,
                    for: StageInput(
                        samplingRate: rates.declared, effectiveRate: rates.effective, phase: phase))
                resolved.append(next)
                if let change = next.resampler { rates = try change.rates(after: rates) }
            } catch {
                throw error.located(at: place(of: index))
            }
        }
        return ConditioningChain(
            pipeline: self, samplingRate: samplingRate, effectiveRate: effectiveRate,
            outputRates: rates, stages: resolved)
    }

    /// Refuses settings that exclude each other.
    private func checkMethod() throws(FilterError) {
        if edges == .scipy, engine == .spectral, phase == .zero {
            throw FilterError(
                .contradiction("the edges of scipy need the recursive engine"),
                hint: "set engine: recursive, or another continuation")
        }
        if precision == .single, engine == .recursive {
            throw FilterError(
                .contradiction("single precision needs the spectral engine"),
                hint: "set engine: spectral, or precision: double")
        }
    }

    /// Designs all stages for a recording, and looks at its samples: whether it is an envelope
    /// already, and whether its segments are long enough for the filters.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - earlier: A chain of another recording, from which filters are taken over when they are
    ///     the same: in a folder of short recordings, designing takes longer than filtering.
    /// - Returns: The chain; its warnings are about this recording too.
    /// - Throws: ``FilterError`` that names the stage which cannot be, and why.
    public func design(
        for recording: Recording, reusing earlier: ConditioningChain? = nil
    ) throws(FilterError) -> ConditioningChain {
        let chain: ConditioningChain
        if let earlier, earlier.pipeline == self, earlier.samplingRate == recording.samplingRate,
            earlier.effectiveRate == recording.effectiveRate
        {
            chain = earlier
        } else {
            chain = try resolve(
                samplingRate: recording.samplingRate, effectiveRate: recording.effectiveRate)
        }
        try checkSwing(of: recording)
        return chain.warned(about: recording)
    }

    /// Refuses a recording that is never negative where a stage expects a signal around zero.
    func checkSwing(of recording: Recording) throws(FilterError) {
        guard !acceptsEnvelope, let index = stages.firstIndex(where: { $0.expectsSwing }) else {
            return
        }
        var lowest = Float.infinity
        var highest = -Float.infinity
        for value in recording.samples.values where value.isFinite {
            lowest = min(lowest, value)
            highest = max(highest, value)
            if lowest < 0 { return }
        }
        // All zeros, or no sample at all, is no envelope either.
        guard highest > 0 else { return }
        throw FilterError(
            .alreadyEnvelope(lowestValue: Double(lowest)),
            location: "\(recording.identity.id): \(place(of: index))",
            hint: "smooth it with low_pass only, or leave it as it is; if the numbers are raw "
                + "counts of a converter with an offset, set accept_envelope: true")
    }

    private func place(of index: Int) -> String { "stages[\(index)] \(stages[index].key)" }
}
