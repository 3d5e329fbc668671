public import EMGSignal
import PrintableText

/// One stage of a ``ConditioningChain``: designed, with every number it was left to choose.
public struct ResolvedStage: Sendable, Hashable {
    /// The stage as stated.
    public let stage: ConditioningStage
    /// The recursive filters it consists of, in order.
    public let designs: [FilterDesign]
    /// The finite filters it consists of, in order.
    public let finiteDesigns: [FIRDesign]
    /// The change of rate it makes.
    public let resampler: Resampler?
    /// Whether the magnitude of each sample is taken before the filters.
    public var rectifies: Bool { elements.contains(.sample(.magnitude)) }
    /// What each recursive filter means.
    public let reports: [DesignReport]
    /// How many samples from each edge of a stretch (from its start only, for a causal chain) are
    /// not to be trusted, to the level of ``DesignReport/ringInLevel``; counted at the rate that
    /// the stage works at. The Hilbert magnitude and spectrum interpolation, whose response has
    /// no end, are not counted.
    public let untrustedEdge: Int
    /// What was chosen otherwise than asked for, or left out.
    public let warnings: [String]
    /// The step that goes into a recording's history.
    public let step: ProcessingStep
    /// What is done, in order.
    let elements: [StageElement]

    init(
        stage: ConditioningStage, elements: [StageElement],
        phase: ConditioningPipeline.Phase, warnings: [String],
        parameters: [String: ProcessingStep.Value]
    ) {
        let passes = phase.passes
        self.stage = stage
        self.elements = elements
        self.warnings = warnings
        var designs: [FilterDesign] = []
        var finite: [FIRDesign] = []
        var resampler: Resampler?
        var edge = 0
        for element in elements {
            switch element {
            case .filter(let design): designs.append(design)
            case .finite(let design):
                finite.append(design)
                edge += phase == .causal ? design.length - 1 : design.groupDelay
            case .resample(let change):
                resampler = change
                edge += change.reach
            case .channel(.window(let window)):
                edge += window.alignment == .causal ? window.length - 1 : window.length / 2
            case .channel(.energy): edge += 1
            case .sample, .channel: break
            }
        }
        self.designs = designs
        finiteDesigns = finite
        self.resampler = resampler
        reports = designs.map { $0.report(passes: passes) }
        let factors = designs.flatMap(\.factors)
        if !factors.isEmpty {
            edge += ImpulseReach(
                SecondOrderSections(stable: factors.map(\.digital)),
                decayRate: factors.map(\.decayRate).min() ?? .infinity,
                isZeroPhase: phase != .causal
            ).samples(toLevel: DesignReport.ringInLevel)
        }
        untrustedEdge = edge
        var parameters = parameters
        if !designs.isEmpty || !finite.isEmpty {
            parameters["phase"] = .text(phase.rawValue)
            parameters["passes"] = .integer(finite.isEmpty ? passes : 1)
            parameters["half_power_hz"] = .list(
                (reports.flatMap(\.halfPowerCorners) + finite.flatMap(\.halfPowerCorners))
                    .map { .number($0) })
        }
        if edge > 0 { parameters["untrusted_edge_samples"] = .integer(edge) }
        if let report = reports.first {
            parameters["order"] = .integer(report.order)
            parameters["effective_order"] = .integer(report.effectiveOrder)
        }
        if let design = finite.first {
            parameters["window"] = .text(design.window.name)
            parameters["length_samples"] = .integer(design.length)
            parameters["half_amplitude_hz"] = .list(
                design.halfAmplitudeCorners.map { .number($0) })
        }
        step = ProcessingStep(
            operation: "filter." + stage.key.map { $0 == "_" ? "-" : String($0) }.joined(),
            parameters: parameters, software: SoftwareVersion.text)
    }

    /// What it does, in lines for people.
    var lines: [String] {
        elements.compactMap { element in
            switch element {
            case .filter: nil
            case .finite(let design): design.description
            case .sample(.magnitude): "magnitude of each sample"
            case .sample(.clip(let low, let high)): "clipped to \(low.plain)...\(high.plain)"
            case .channel(let operation): operation.summary
            case .resample(let change):
                "rate times \(change.up)/\(change.down), anti-alias reaching "
                    + "\(change.reach, of: "sample")"
            }
        } + reports.map(\.description)
    }
}
