public import EMGSignal

/// What a stage is designed for: the rates of the signals, and how filters are applied.
public struct StageInput: Sendable, Hashable {
    /// The declared rate, which filters are designed for.
    public let samplingRate: SamplingRate
    /// The rate at which samples really change, which cut-offs must respect.
    public let effectiveRate: SamplingRate
    /// How filters are applied.
    public let phase: ConditioningPipeline.Phase

    /// Creates an input.
    ///
    /// - Parameters:
    ///   - samplingRate: The declared rate.
    ///   - effectiveRate: The rate at which samples really change; `nil` for the declared one.
    ///   - phase: How filters are applied.
    package init(
        samplingRate: SamplingRate, effectiveRate: SamplingRate? = nil,
        phase: ConditioningPipeline.Phase
    ) {
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate ?? samplingRate
        self.phase = phase
    }

    /// What cut-offs the samples can hold.
    public var limits: CutoffLimits {
        CutoffLimits(samplingRate, effectiveRate: effectiveRate)
    }

    /// Where windows lie.
    public var alignment: WindowAlignment { phase == .causal ? .causal : .centered }
}
