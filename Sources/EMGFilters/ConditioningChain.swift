public import EMGSignal

/// A designed pipeline: filters for one sampling rate, ready to be applied to any number of
/// recordings of that rate.
///
/// Zero-phase filters next to each other are fused into one frequency response and applied by
/// one pass of Fourier transforms. Stretches are continued at their edges by odd reflection as far
/// as the response reaches. Causal filters run as second-order sections from rest at the start of
/// every stretch. Computation is in double precision throughout; recordings hold the result in
/// single precision. Results do not depend on the number of threads.
public struct ConditioningChain: Sendable {
    /// What was asked for.
    public let pipeline: ConditioningPipeline
    /// The rate it is designed for.
    public let samplingRate: SamplingRate
    /// The rate its corners respect.
    public let effectiveRate: SamplingRate
    /// The stages as designed.
    public let stages: [ResolvedStage]
    /// What was chosen otherwise than asked for, left out, or is doubtful.
    public private(set) var warnings: [String]
    /// What is done to the samples.
    private let program: ConditioningProgram

    init(
        pipeline: ConditioningPipeline, samplingRate: SamplingRate, effectiveRate: SamplingRate,
        stages: [ResolvedStage]
    ) {
        self.pipeline = pipeline
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate
        self.stages = stages
        warnings = Self.warnings(of: stages)
        program = ConditioningProgram(stages, phase: pipeline.phase)
    }

    /// Whether nothing would be done.
    public var isEmpty: Bool { program.isEmpty }

    /// How many samples from each edge of a stretch are not to be trusted when all stages are
    /// taken together; for a causal chain, from its start.
    public var untrustedEdge: Int { stages.reduce(0) { $0 + $1.untrustedEdge } }

    /// The chain in lines for people: what is applied how, each filter with its numbers, and
    /// warnings.
    public var report: String {
        let rate =
            effectiveRate.hertz < samplingRate.hertz
            ? "\(samplingRate.hertz.plain) Hz (effective \(effectiveRate.hertz.plain) Hz)"
            : "\(samplingRate.hertz.plain) Hz"
        var lines = ["\(pipeline.phase.rawValue) phase at \(rate)"]
        for (index, stage) in stages.enumerated() {
            lines.append("\(index + 1). \(stage.stage.key)")
            if stage.rectifies { lines.append("   magnitude of each sample") }
            lines += stage.reports.map { "   \($0)" }
        }
        let seconds = samplingRate.seconds(ofSamples: untrustedEdge)
        lines.append("edges not to be trusted: \(untrustedEdge) samples (\(seconds.plain) s)")
        return (lines + warnings.map { "warning: \($0)" }).joined(separator: "\n")
    }

    /// Applies the chain to a recording.
    ///
    /// Only finite samples change, each stretch between gaps and non-finite samples by itself.
    /// One ``EMGSignal/ProcessingStep`` a stage is added to the history; the rest stays.
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
        let channelCount = recording.samples.channelCount
        let continuity = Continuity(quality: recording.quality)
        ChannelColumns.withColumns(
            of: &recording.samples.values, channelCount: channelCount
        ) { columns in
            program.run(columns, continuity: continuity, threads: threads)
        }
        recording.history += stages.map(\.step)
        return recording
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
        ChannelColumns.withColumns(of: &samples, channelCount: channelCount) { columns in
            program.run(columns, continuity: .unbroken, threads: threads)
        }
        return samples
    }

    /// The chain as a filter for samples as they come.
    ///
    /// - Parameter channelCount: How many channels they have, at least 1.
    /// - Returns: The filter, at rest.
    /// - Throws: ``FilterError`` for a chain that is not causal.
    public func makeStream(channelCount: Int) throws(FilterError) -> ConditioningStream {
        guard let stream = program.stream(channelCount: channelCount) else {
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
        let edge = pipeline.phase == .zero ? 2 * untrustedEdge : untrustedEdge
        let segments = recording.segments
        let short = segments.filter { $0.count <= edge }
        guard edge > 0, let shortest = short.map(\.count).min() else { return result }
        result.warnings.append(
            "\(recording.identity.id): \(short.count) of \(segments.count) stretches "
                + "have \(edge) samples or fewer (the shortest \(shortest)), all within the "
                + "filters' ring-in")
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
