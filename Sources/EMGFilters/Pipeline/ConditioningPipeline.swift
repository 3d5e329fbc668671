public import EMGSignal

/// What to do to recordings before they are cut into windows: stages in order, in hertz, for
/// recordings of any rate.
///
/// Build one in code or read it from a document (``init(_:)``); then
/// ``design(for:)`` makes a ``ConditioningChain`` for the rates of a recording.
///
/// ```swift
/// let pipeline = ConditioningPipeline(stages: [
///     .bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 4), .envelope(cutoff: 6),
/// ])
/// let conditioned = try pipeline.design(for: recording).apply(to: recording)
/// ```
public struct ConditioningPipeline: Sendable, Hashable {
    /// How filters are applied.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Forward and backward: no delay, the magnitude squared. For recordings as a whole.
        case zero
        /// FIR filters only, their delay removed: no delay and no distortion of phase.
        case linear
        /// Forward only, from rest: what a device does while it records.
        case causal

        /// How many times the signal passes each filter.
        var passes: Int {
            switch self {
            case .zero: 2
            case .linear, .causal: 1
            }
        }
    }

    /// What computes zero-phase filters.
    public enum Engine: String, Sendable, Hashable, CaseIterable {
        /// Fourier transforms: neighboring filters are one multiplication.
        case spectral
        /// The recursions of the filters, forward and backward. FIR filters are transformed
        /// here too.
        case recursive
    }

    /// What numbers the spectral engine computes with.
    public enum Precision: String, Sendable, Hashable, CaseIterable {
        /// Double precision.
        case double
        /// Single precision: nearly twice the speed, and within 10⁻⁶ of the signal's peak of what
        /// double precision gives. Chains with other operations than filters, rectification and
        /// clipping compute in double precision all the same.
        case single
    }

    /// How the filters are applied.
    public var phase: Phase
    /// What computes zero-phase filters; causal ones are recursions always.
    public var engine: Engine
    /// How segments are continued beyond their ends. Causal filters start from rest.
    public var edges: EdgePolicy
    /// What numbers the spectral engine computes with.
    public var precision: Precision
    /// The stages in order.
    public var stages: [any PipelineStage] {
        get { list.stages }
        set { list = StageList(stages: newValue) }
    }
    private var list: StageList
    /// Whether recordings that are never negative may pass stages that expect a signal around
    /// zero. They are usually envelopes already and would be filtered to nothing.
    public var acceptsEnvelope: Bool
    /// What of a recording's quality is left out where something is fitted: amplitudes, means and
    /// trends. There are no windows here, so that no edge of a filter is longer than one.
    public var quality = QualityPolicy()

    /// Creates a pipeline.
    ///
    /// - Parameters:
    ///   - phase: How the filters are applied.
    ///   - engine: What computes zero-phase filters.
    ///   - edges: How segments are continued beyond their ends.
    ///   - precision: What numbers the spectral engine computes with.
    ///   - stages: The stages in order.
    ///   - acceptsEnvelope: Whether recordings that are never negative may pass stages that
    ///     expect a signal around zero.
    public init(
        phase: Phase = .zero, engine: Engine = .spectral, edges: EdgePolicy = .oddReflection,
        precision: Precision = .double, stages: [any PipelineStage], acceptsEnvelope: Bool = false
    ) {
        self.phase = phase
        self.engine = engine
        self.edges = edges
        self.precision = precision
        list = StageList(stages: stages)
        self.acceptsEnvelope = acceptsEnvelope
    }
}

/// Stages that are equal when they are of the same types with the same numbers.
private struct StageList: Sendable, Hashable {
    let stages: [any PipelineStage]

    static func == (left: StageList, right: StageList) -> Bool {
        left.stages.map { AnyHashable($0) } == right.stages.map { AnyHashable($0) }
    }

    func hash(into hasher: inout Hasher) {
        for stage in stages { stage.hash(into: &hasher) }
    }
}
