package import EMGSignal

extension ConditioningPipeline {
    /// The names of the recordings that stages are to be fitted on (``PipelineStage/reference``),
    /// in order.
    package var referenceRecordings: [String] { stages.compactMap { $0.reference?.name } }

    /// The pipeline with its stages fitted on a recording that they name. The recording passes the
    /// stages before, as any other.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - name: What the stages call it.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: A pipeline without stages to be fitted on it.
    /// - Throws: ``FilterError`` when the recording cannot pass the stages before, or a channel of
    ///   it has no usable sample or no amplitude.
    package func fitted(
        to recording: Recording, named name: String, threads: Int = 1
    ) throws(FilterError) -> ConditioningPipeline {
        var result = self
        for index in stages.indices where stages[index].reference?.name == name {
            result = try result.fitted(
                stage: index, to: recording, named: name, threads: threads)
        }
        return result
    }

    /// The pipeline with one stage fitted on a recording.
    ///
    /// - Parameters:
    ///   - index: Which stage.
    ///   - recording: The recording.
    ///   - name: What it is called in messages and in the history.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: The pipeline.
    /// - Throws: ``FilterError`` when the recording cannot pass the stages before, or a channel of
    ///   it has no usable sample or no amplitude.
    package func fitted(
        stage index: Int, to recording: Recording, named name: String, threads: Int
    ) throws(FilterError) -> ConditioningPipeline {
        var before = self
        before.stages = Array(stages[..<index])
        let chain = try before.resolve(
            samplingRate: recording.samplingRate, effectiveRate: recording.effectiveRate)
        let passed = try chain.apply(to: recording, threads: threads)
        let continuity = Continuity(quality: passed.quality, policy: quality)
        var usable: [[Double]] = []
        for channel in passed.channels.indices {
            let samples = passed.samples.channel(channel)
            let segments = continuity.segments(channel: channel, of: samples.span)
            let ranges = continuity.fitRanges(channel: channel, in: segments)
            if ranges.isEmpty, !segments.isEmpty {
                throw nothingToFit(passed, channel: channel, named: name)
            }
            usable.append(ranges.flatMap { samples[$0.indices] })
        }
        var result = self
        result.stages[index] = try stages[index].fitted(
            on: ReferenceSamples(name: name, channels: usable))
        return result
    }

    private func nothingToFit(
        _ recording: Recording, channel: Int, named name: String
    ) -> FilterError {
        let kinds = QualityInterval.Kind.allCases.filter { kind in
            recording.quality.contains {
                $0.kind == kind && $0.channel ?? channel == channel
                    && quality.excludes($0, windowLength: nil)
            }
        }
        let names = kinds.map(\.name).joined(separator: ", ")
        return FilterError(
            .contradiction(
                "no sample of channel \(channel + 1) (\(recording.channels[channel].name)) is left "
                    + "to take an amplitude from: \(names)"),
            location: name,
            hint: "choose another contraction, or take it as it is with "
                + "\"\(quality.line(sparing: Set(kinds)))\" in the pipeline")
    }
}
