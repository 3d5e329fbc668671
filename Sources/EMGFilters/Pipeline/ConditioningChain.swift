public import EMGSignal
import PrintableText

/// A designed pipeline: filters for one sampling rate, ready to be applied to any number of
/// recordings of that rate.
///
/// Zero-phase filters next to each other are fused into one frequency response and applied by
/// one pass of Fourier transforms. Segments are continued at their edges by odd reflection as far
/// as the response reaches. Causal filters run as second-order sections from rest at the start of
/// every segment. Computation is in double precision throughout; recordings hold the result in
/// single precision. Results do not depend on the number of threads.
public struct ConditioningChain: Sendable {
    /// The pipeline that the chain was designed from.
    package let pipeline: ConditioningPipeline
    /// The rate it is designed for.
    public let samplingRate: SamplingRate
    /// The rate its cut-offs respect.
    package let effectiveRate: SamplingRate
    /// The stages as designed.
    package let stages: [ResolvedStage]
    /// What was chosen otherwise than asked for, left out, or is doubtful.
    public private(set) var warnings: [String]
    /// The rate of what comes out: another one when a stage resamples.
    public let outputRate: SamplingRate
    private let outputEffectiveRate: SamplingRate
    /// What is done to the samples: programs with changes of rate between.
    let parts: [Part]

    struct Part: Sendable {
        let program: ConditioningProgram
        /// The change of rate after it, and which stage it is of.
        let change: (resampler: Resampler, stage: Int)?
    }

    init(
        pipeline: ConditioningPipeline, samplingRate: SamplingRate, effectiveRate: SamplingRate,
        outputRates: (declared: SamplingRate, effective: SamplingRate), stages: [ResolvedStage]
    ) {
        self.pipeline = pipeline
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate
        outputRate = outputRates.declared
        outputEffectiveRate = outputRates.effective
        self.stages = stages
        warnings = Self.warnings(of: stages)
        let method = ConditioningProgram.Method(
            phase: pipeline.phase, engine: pipeline.engine, edges: pipeline.edges,
            precision: pipeline.precision)
        var parts: [Part] = []
        var pending: [(element: StageElement, stage: Int)] = []
        for (index, stage) in stages.enumerated() {
            for element in stage.elements {
                if case .resample(let change) = element {
                    parts.append(
                        Part(
                            program: ConditioningProgram(pending, method: method),
                            change: (change, index)))
                    pending = []
                } else {
                    pending.append((element, index))
                }
            }
        }
        if !pending.isEmpty || parts.isEmpty {
            parts.append(
                Part(program: ConditioningProgram(pending, method: method), change: nil))
        }
        self.parts = parts
    }

    /// The steps that go into the history of recordings, without what is fitted to them.
    package var history: [ProcessingStep] { stages.map(\.step) }

    /// Whether nothing would be done.
    package var isEmpty: Bool {
        parts.allSatisfy { $0.program.isEmpty && $0.change == nil }
    }

    /// How many samples from each edge of a segment are not to be trusted when all stages are
    /// taken together; for a causal chain, from its start.
    ///
    /// Counted at the rate of what goes in.
    public var edgeTransient: Int {
        var ratio = 1.0
        var sum = 0.0
        for stage in stages {
            sum += Double(stage.edgeTransient) * ratio
            if let change = stage.resampler { ratio *= Double(change.down) / Double(change.up) }
        }
        return Int(sum.rounded(.up))
    }

    /// The chain in lines for people: what is applied how, each filter with its numbers, and
    /// warnings.
    public var report: String {
        let rate =
            effectiveRate.hertz < samplingRate.hertz
            ? "\(samplingRate.hertz.plain) Hz (effective \(effectiveRate.hertz.plain) Hz)"
            : "\(samplingRate.hertz.plain) Hz"
        var lines = ["\(pipeline.phase.rawValue) phase at \(rate)"]
        if pipeline.phase != .causal {
            lines[0] +=
                ", \(pipeline.engine.rawValue) engine in \(pipeline.precision.rawValue) precision, "
                + "edges \(pipeline.edges.rawValue)"
        }
        for (index, stage) in stages.enumerated() {
            lines.append("\(index + 1). \(stage.stage.key)")
            lines += stage.lines.map { "   \($0)" }
        }
        let seconds = samplingRate.seconds(ofSamples: edgeTransient)
        lines.append("edge transients: \(edgeTransient, of: "sample") (\(seconds.plain) s)")
        return (lines + warnings.map { "warning: \($0)" }).joined(separator: "\n")
    }

    /// Applies the chain to a recording.
    ///
    /// Only finite samples change, each segment between gaps and non-finite samples by itself.
    /// One ``EMGSignal/ProcessingStep`` a stage is added to the history, and the edges that are not
    /// to be trusted to the quality; the rest stays.
    ///
    /// - Parameters:
    ///   - recording: A recording of the chain's rates. Give it away (`consume`) to have it
    ///     changed in place, without a second copy of its samples.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: The recording, conditioned.
    /// - Throws: ``FilterError`` when the rates differ, or when the recording is an envelope
    ///   already and the pipeline does not accept one.
    public func apply(
        to recording: consuming Recording, threads: Int = 1
    ) throws(FilterError) -> Recording {
        try checkRates(of: recording)
        try pipeline.checkSwing(of: recording)
        try checkStages(channelCount: recording.samples.channelCount)
        var fits: ConditioningProgram.Fits = [:]
        for part in parts {
            let continuity = Continuity(
                quality: recording.quality, policy: pipeline.quality)
            ChannelColumns.withColumns(
                of: &recording.samples.values, channelCount: recording.samples.channelCount
            ) { columns in
                fits.merge(part.program.run(columns, continuity: continuity, threads: threads)) {
                    $0.merging($1) { $1 }
                }
            }
            if let change = part.change?.resampler {
                recording = try change.apply(
                    to: recording, edges: pipeline.edges, continuity: continuity,
                    threads: threads)
            }
        }
        recording.samplingRate = outputRate
        recording.effectiveRate = outputEffectiveRate
        let reach = Double(edgeTransient) * outputRate.hertz / samplingRate.hertz
        recording.quality = FilterEdges(
            reach: Int(reach.rounded(.up)), isCausal: pipeline.phase == .causal
        ).added(to: recording)
        for (index, stage) in stages.enumerated() {
            recording.history.append(stage.step.fitted(fits[index] ?? [:]))
        }
        return recording
    }

    private func checkStages(channelCount: Int) throws(FilterError) {
        for (index, stage) in stages.enumerated() {
            do throws(FilterError) {
                try stage.stage.check(channelCount: channelCount)
            } catch {
                throw error.located(at: "stages[\(index)] \(stage.stage.key)")
            }
        }
    }

    /// Applies the chain to samples in double precision.
    ///
    /// - Parameters:
    ///   - samples: Row-major `[samples × channels]`; samples that are not finite stay and are
    ///     not filtered across.
    ///   - channelCount: How many channels, at least 1.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: The samples, conditioned.
    public func apply(
        to samples: consuming [Double], channelCount: Int, threads: Int = 1
    ) -> [Double] {
        precondition(
            channelCount >= 1 && samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        for part in parts {
            ChannelColumns.withColumns(of: &samples, channelCount: channelCount) { columns in
                _ = part.program.run(columns, continuity: .unbroken, threads: threads)
            }
            if let change = part.change?.resampler {
                samples = change.apply(
                    to: samples, channelCount: channelCount, edges: pipeline.edges,
                    continuity: .unbroken, threads: threads)
            }
        }
        return samples
    }

    /// The chain as a filter for samples as they come.
    ///
    /// - Parameter channelCount: How many channels they have, at least 1.
    /// - Returns: The filter, at rest.
    /// - Throws: ``FilterError`` for a chain that is not causal.
    public func makeStream(channelCount: Int) throws(FilterError) -> ConditioningStream {
        precondition(channelCount >= 1, "a stream has at least 1 channel, got \(channelCount)")
        guard parts.count == 1, parts[0].change == nil,
            let stream = parts[0].program.stream(channels: 0..<channelCount)
        else {
            throw FilterError(.notCausal, hint: "set phase: causal for samples as they come")
        }
        return stream
    }

    private static func warnings(of stages: [ResolvedStage]) -> [String] {
        stages.flatMap { stage in stage.warnings.map { "\(stage.stage.key): \($0)" } }
    }

    /// The same chain with warnings about this recording and no other.
    func warned(about recording: Recording) -> ConditioningChain {
        var result = self
        result.warnings = Self.warnings(of: stages)
        let edge = pipeline.phase == .zero ? 2 * edgeTransient : edgeTransient
        let segments = recording.segments
        let short = segments.filter { $0.count <= edge }
        guard edge > 0, let shortest = short.map(\.count).min() else { return result }
        result.warnings.append(
            "\(recording.identity.id): \(short.count) of "
                + "\(segments.count, of: "segment", plural: "segments") "
                + "\(short.count == 1 ? "has" : "have") \(edge, of: "sample") or fewer (the shortest \(shortest)), all within the "
                + "filters' settling time")
        return result
    }

    private func checkRates(of recording: Recording) throws(FilterError) {
        for (expected, found) in [
            (samplingRate, recording.samplingRate), (effectiveRate, recording.effectiveRate),
        ] where expected != found {
            throw FilterError(
                .rateMismatch(expected: expected.hertz, found: found.hertz),
                location: recording.identity.id,
                hint: "design a chain for this recording")
        }
    }
}
