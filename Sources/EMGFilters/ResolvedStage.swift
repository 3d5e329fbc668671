public import EMGSignal

/// One stage of a ``ConditioningChain``: designed, with every number it was left to choose.
public struct ResolvedStage: Sendable, Hashable {
    /// The stage as stated.
    public let stage: ConditioningStage
    /// The filters it consists of, in order; none for pure rectification.
    public let designs: [FilterDesign]
    /// Whether the magnitude of each sample is taken before the filters.
    public let rectifies: Bool
    /// What each filter means.
    public let reports: [DesignReport]
    /// How many samples from each edge of a stretch (from its start only, for a causal chain) are
    /// not to be trusted, to the level of ``DesignReport/ringInLevel``.
    public let untrustedEdge: Int
    /// What was chosen otherwise than asked for, or left out.
    public let warnings: [String]
    /// The step that goes into a recording's history.
    public let step: ProcessingStep

    init(
        stage: ConditioningStage, designs: [FilterDesign], phase: ConditioningPipeline.Phase,
        warnings: [String], parameters: [String: ProcessingStep.Value]
    ) {
        let passes = phase.passes
        self.stage = stage
        self.designs = designs
        self.warnings = warnings
        switch stage {
        case .rectify, .envelope: rectifies = true
        case .bandPass, .highPass, .lowPass, .bandStop, .notch: rectifies = false
        }
        reports = designs.map { $0.report(passes: passes) }
        let factors = designs.flatMap(\.factors)
        untrustedEdge =
            factors.isEmpty
            ? 0
            : ImpulseReach(
                SecondOrderSections(stable: factors.map(\.digital)),
                decayRate: factors.map(\.decayRate).min() ?? .infinity,
                isZeroPhase: phase == .zero
            ).samples(toLevel: DesignReport.ringInLevel)
        var parameters = parameters
        if !designs.isEmpty {
            parameters["phase"] = .text(phase.rawValue)
            parameters["passes"] = .integer(passes)
            parameters["half_power_hz"] = .list(
                reports.flatMap(\.halfPowerCorners).map { .number($0) })
            parameters["untrusted_edge_samples"] = .integer(untrustedEdge)
            if let report = reports.first {
                parameters["order"] = .integer(report.order)
                parameters["effective_order"] = .integer(report.effectiveOrder)
            }
        }
        step = ProcessingStep(
            operation: "filter." + stage.key.map { $0 == "_" ? "-" : String($0) }.joined(),
            parameters: parameters, software: SoftwareVersion.text)
    }
}

extension ConditioningStage {
    /// Designs the stage for signals of given rates.
    ///
    /// - Parameters:
    ///   - samplingRate: The declared rate, for which filters are designed.
    ///   - effectiveRate: The rate at which samples really change, which corners must respect.
    ///   - phase: How the filters are applied.
    /// - Returns: The stage.
    /// - Throws: ``FilterError`` when it cannot be.
    func resolve(
        samplingRate: SamplingRate, effectiveRate: SamplingRate,
        phase: ConditioningPipeline.Phase
    ) throws(FilterError) -> ResolvedStage {
        let limits = CornerLimits(samplingRate: samplingRate, effectiveRate: effectiveRate)
        var designs: [FilterDesign] = []
        var warnings: [String] = []
        var parameters: [String: ProcessingStep.Value] = [:]
        switch self {
        case .bandPass(let low, let statedHigh, let order):
            try limits.check(low)
            let high = try limits.highCorner(stated: statedHigh, warnings: &warnings)
            designs = [
                try Butterworth.bandPass(
                    low: low, high: high, order: order, samplingRate: samplingRate)
            ]
            parameters = ["corners_hz": .list([.number(low), .number(high)])]
        case .highPass(let cutoff, let order):
            try limits.check(cutoff)
            designs = [
                try Butterworth.highPass(
                    cutoff: cutoff, order: order, samplingRate: samplingRate)
            ]
            parameters = ["corners_hz": .list([.number(cutoff)])]
        case .lowPass(let cutoff, let order), .envelope(let cutoff, let order):
            try limits.check(cutoff)
            designs = [
                try Butterworth.lowPass(cutoff: cutoff, order: order, samplingRate: samplingRate)
            ]
            parameters = ["corners_hz": .list([.number(cutoff)])]
        case .bandStop(let low, let high, let order):
            try limits.check(low)
            try limits.check(high)
            designs = [
                try Butterworth.bandStop(
                    low: low, high: high, order: order, samplingRate: samplingRate)
            ]
            parameters = ["corners_hz": .list([.number(low), .number(high)])]
        case .notch(let mains, let width, let harmonics):
            let frequencies = try limits.harmonics(
                of: mains, count: harmonics, warnings: &warnings)
            for frequency in frequencies {
                designs.append(
                    try width.design(center: frequency, samplingRate: samplingRate))
            }
            parameters = [
                "mains_hz": .number(mains), "notched_hz": .list(frequencies.map { .number($0) }),
            ]
            switch width {
            case .quality(let quality): parameters["q"] = .number(quality)
            case .bandwidth(let bandwidth): parameters["width_hz"] = .number(bandwidth)
            }
        case .rectify:
            break
        }
        return ResolvedStage(
            stage: self, designs: designs, phase: phase, warnings: warnings,
            parameters: parameters)
    }
}

extension ConditioningStage.NotchWidth {
    fileprivate func design(
        center: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        switch self {
        case .quality(let quality):
            try Notch.design(center: center, quality: quality, samplingRate: samplingRate)
        case .bandwidth(let bandwidth):
            try Notch.design(center: center, bandwidth: bandwidth, samplingRate: samplingRate)
        }
    }
}
