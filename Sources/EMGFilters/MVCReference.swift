public import EMGSignal

extension ConditioningPipeline {
    /// The names of the recordings that ``AmplitudeNormalization/mvcRecording(name:percentile:)``
    /// stages take their amplitudes from, in order.
    public var referenceRecordings: [String] {
        stages.compactMap { stage in
            if case .normalize(.mvcRecording(let name, _)) = stage { name } else { nil }
        }
    }

    /// The pipeline with the amplitudes of a recording of a maximal voluntary contraction in place
    /// of its name. The recording passes the stages before, as any other.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - name: What the stages call it.
    ///   - threads: How many threads at most, at least 1.
    /// - Returns: A pipeline whose stages state one value a channel.
    /// - Throws: ``FilterError`` when the recording cannot pass the stages before, or a channel of
    ///   it has no amplitude.
    public func fitted(
        to recording: Recording, named name: String, threads: Int = 1
    ) throws(FilterError) -> ConditioningPipeline {
        var result = self
        for (index, stage) in stages.enumerated() {
            guard case .normalize(.mvcRecording(name, let percent)) = stage else { continue }
            var before = result
            before.stages = Array(result.stages[..<index])
            let chain = try before.resolve(
                samplingRate: recording.samplingRate, effectiveRate: recording.effectiveRate)
            let passed = try chain.apply(to: recording, threads: threads)
            let continuity = Continuity(quality: passed.quality, policy: quality)
            var values: [Double] = []
            for channel in passed.channels.indices {
                let samples = passed.samples.channel(channel)
                let stretches = continuity.stretches(channel: channel, of: samples.span)
                let usable = continuity.fitRanges(channel: channel, in: stretches)
                if usable.isEmpty, !stretches.isEmpty {
                    throw nothingToFit(passed, channel: channel, named: name)
                }
                let value = AmplitudeNormalization.percentile(percent, samples.span, usable)
                guard let value, value > 0 else {
                    throw FilterError(
                        .unusableParameter(
                            name: "the amplitude of channel \(channel + 1)",
                            expected: "above 0", found: value ?? .nan),
                        location: name, hint: "choose a recording with a contraction in it")
                }
                values.append(value)
            }
            result.stages[index] = .normalize(.mvc(values: values, source: name))
        }
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
