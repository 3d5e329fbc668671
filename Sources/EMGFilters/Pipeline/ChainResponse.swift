package import EMGSignal

/// The frequency response of neighboring filters of a chain: what all of them together do to a
/// sine, up to the next stage that is no filter.
package struct ChainResponse: Sendable {
    /// The keys of the stages, in order.
    package let stages: [String]
    /// The rate they are designed for.
    package let samplingRate: SamplingRate
    /// The cut-offs as stated and the centers of notches, ascending, in hertz.
    package let cutoffs: [Double]
    private let recursive: [FilterDesign]
    private let fir: [FIRDesign]
    private let phase: ConditioningPipeline.Phase

    fileprivate init(
        stages: [String], recursive: [FilterDesign], fir: [FIRDesign],
        samplingRate: SamplingRate, phase: ConditioningPipeline.Phase
    ) {
        self.stages = stages
        self.recursive = recursive
        self.fir = fir
        self.samplingRate = samplingRate
        self.phase = phase
        cutoffs =
            (recursive.flatMap(\.shape.statedCutoffs) + fir.flatMap(\.halfAmplitudeCutoffs))
            .sorted()
    }

    /// What a sine is multiplied by after all passes.
    ///
    /// - Parameter frequency: From 0 to Nyquist, in hertz.
    /// - Returns: The factor, at least 0.
    package func magnitude(atHertz frequency: Double) -> Double {
        let once = recursive.reduce(1) { $0 * $1.magnitude(atHertz: frequency) }
        let weights = fir.reduce(1) { $0 * abs($1.amplitude(atHertz: frequency)) }
        return (phase == .zero ? once * once : once) * weights
    }

    /// By how many seconds the envelope of a narrow band is late: 0 but for causal chains.
    ///
    /// - Parameter frequency: From 0 to Nyquist, in hertz.
    /// - Returns: The delay in seconds.
    package func groupDelay(atHertz frequency: Double) -> Double {
        guard phase == .causal else { return 0 }
        let samples =
            recursive.reduce(0) { $0 + $1.groupDelay(atHertz: frequency) }
            + fir.reduce(0) { $0 + Double($1.groupDelay) }
        return samples / samplingRate.hertz
    }
}

extension ConditioningChain {
    /// The responses of the chain's filters, in order: neighbors as one. Stages that are no
    /// filters, such as rectification, have none and part those before from those behind.
    package var responses: [ChainResponse] {
        var result: [ChainResponse] = []
        var keys: [String] = []
        var recursive: [FilterDesign] = []
        var fir: [FIRDesign] = []
        func flush() {
            guard let rate = recursive.first?.samplingRate ?? fir.first?.samplingRate else {
                return
            }
            result.append(
                ChainResponse(
                    stages: keys, recursive: recursive, fir: fir, samplingRate: rate,
                    phase: pipeline.phase))
            (keys, recursive, fir) = ([], [], [])
        }
        for stage in stages {
            for element in stage.elements {
                switch element {
                case .iir(let design): recursive.append(design)
                case .fir(let design): fir.append(design)
                case .sample, .channel, .resample:
                    flush()
                    continue
                }
                if keys.last != stage.stage.key { keys.append(stage.stage.key) }
            }
        }
        flush()
        return result
    }
}

extension ConditioningPipeline {
    /// The mains frequencies in hertz that stages take out, in order of the stages.
    package var mainsFrequencies: [Double] { stages.compactMap { $0.mainsFrequency } }
}
