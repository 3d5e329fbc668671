package import EMGSignal
private import PrintableText

/// One stage of a ``ConditioningChain``: designed, with every number it was left to choose.
package struct ResolvedStage: Sendable {
    /// The stage as stated.
    package let stage: any PipelineStage
    /// The IIR filters it consists of, in order.
    package let designs: [FilterDesign]
    /// The FIR filters it consists of, in order.
    package let firDesigns: [FIRDesign]
    /// The change of rate it makes.
    package let resampler: Resampler?
    /// What each IIR filter means.
    package let reports: [DesignReport]
    /// How many samples from each edge of a segment (from its start only, for a causal chain) are
    /// not to be trusted, to the level of ``DesignReport/settlingLevel``; counted at the rate that
    /// the stage works at. The Hilbert magnitude and spectrum interpolation, whose response has
    /// no end, are not counted.
    package let edgeTransient: Int
    /// What was chosen otherwise than asked for, or left out.
    package let warnings: [String]
    /// The step that goes into a recording's history.
    package let step: ProcessingStep
    /// The filters and operations that the stage consists of, in the order in which they run.
    let elements: [StageElement]

    /// Designs a stage.
    ///
    /// - Parameters:
    ///   - stage: The stage as stated.
    ///   - input: The rates, and how filters are applied.
    /// - Throws: ``FilterError`` when it cannot be, or not in this phase.
    init(_ stage: any PipelineStage, for input: StageInput) throws(FilterError) {
        let design = try stage.design(for: input)
        let phase = input.phase
        let parts = Parts(design.elements, phase: phase)
        if phase == .linear, !parts.iir.isEmpty {
            throw FilterError(
                .contradiction("an IIR filter has no linear phase"),
                hint: "use fir stages, or phase: zero")
        }
        if phase == .causal, design.elements.contains(where: \.needsWholeSignal) {
            throw FilterError(
                .needsWholeSignal,
                hint: "leave it to phase: zero, or use moving_rms, moving_arv or envelope")
        }
        self.stage = stage
        elements = design.elements
        warnings = design.warnings
        designs = parts.iir
        firDesigns = parts.fir
        resampler = parts.resampler
        edgeTransient = parts.edge
        reports = parts.iir.map { $0.report(passes: phase.passes) }
        var parameters = Self.parameters(of: parts, reports: reports, phase: phase)
        parameters[ConditioningPipeline.stageParameter] = .text(stage.statement)
        parameters[ConditioningPipeline.phaseParameter] = .text(phase.rawValue)
        step = ProcessingStep(
            operation: "filter." + stage.key.map { $0 == "_" ? "-" : String($0) }.joined(),
            parameters: design.parameters.merging(parameters) { $1 },
            software: SoftwareVersion.text)
    }

    /// What elements amount to.
    private struct Parts {
        var iir: [FilterDesign] = []
        var fir: [FIRDesign] = []
        var resampler: Resampler?
        var edge = 0

        init(_ elements: [StageElement], phase: ConditioningPipeline.Phase) {
            for element in elements {
                switch element {
                case .iir(let design): iir.append(design)
                case .fir(let design):
                    fir.append(design)
                    edge += phase == .causal ? design.length - 1 : design.groupDelay
                case .resample(let change):
                    resampler = change
                    edge += change.reach
                case .channel(let operation): edge += operation.edgeTransient
                case .sample: break
                }
            }
            let factors = iir.flatMap(\.factors)
            guard !factors.isEmpty else { return }
            edge += ImpulseReach(
                SecondOrderSections(stable: factors.map(\.digital)),
                decayRate: factors.map(\.decayRate).min() ?? .infinity,
                isZeroPhase: phase != .causal
            ).samples(toLevel: DesignReport.settlingLevel)
        }
    }

    private static func parameters(
        of parts: Parts, reports: [DesignReport], phase: ConditioningPipeline.Phase
    ) -> [String: ProcessingStep.Value] {
        var parameters: [String: ProcessingStep.Value] = [:]
        if !parts.iir.isEmpty || !parts.fir.isEmpty {
            parameters["passes"] = .integer(parts.fir.isEmpty ? phase.passes : 1)
            parameters["half_power_hz"] = .list(
                (reports.flatMap(\.halfPowerCutoffs) + parts.fir.flatMap(\.halfPowerCutoffs))
                    .map { .number($0) })
        }
        if parts.edge > 0 { parameters["edge_transient_samples"] = .integer(parts.edge) }
        if let report = reports.first {
            parameters["order"] = .integer(report.order)
            parameters["effective_order"] = .integer(report.effectiveOrder)
        }
        if let design = parts.fir.first {
            parameters["length_samples"] = .integer(design.length)
            parameters["half_amplitude_hz"] = .list(
                design.halfAmplitudeCutoffs.map { .number($0) })
            if let window = design.window { parameters["window"] = .text(window.name) }
        }
        return parameters
    }

    /// What it does, in lines for people.
    var lines: [String] {
        elements.compactMap { element in
            switch element {
            case .iir: nil
            case .fir(let design): design.description
            case .sample(let operation): operation.summary
            case .channel(let operation): operation.summary
            case .resample(let change):
                "rate times \(change.up)/\(change.down), anti-alias reaching "
                    + "\(change.reach, of: "sample")"
            }
        } + reports.map(\.description)
    }
}
