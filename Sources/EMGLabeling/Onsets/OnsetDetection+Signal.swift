public import EMGFilters
public import EMGSignal

extension OnsetDetection {
    /// Finds the movements of a recording.
    ///
    /// Segments between gaps are filtered by themselves. No movement is found where samples
    /// are not finite or marked as bad on all channels.
    ///
    /// - Parameters:
    ///   - recording: The recording, raw or rectified.
    ///   - excluded: Samples in which no movement is to be found.
    ///   - silentChannels: The numbers of channels that do not count.
    ///   - threads: How many channels are filtered at once, at least 1.
    /// - Returns: The movements in order, apart from each other, with the thresholds.
    /// - Throws: `FilterError` when the band-pass does not suit the rate, or when the Teager–Kaiser
    ///   energy is asked for of a rectified signal.
    public func movements(
        in recording: Recording, excluding excluded: [SampleRange] = [],
        silentChannels: [Int] = [], threads: Int = 1
    ) throws(FilterError) -> DetectedMovements {
        let bad = recording.quality.filter {
            $0.channel == nil && ($0.kind == .nonFinite || $0.kind == .markedBad)
        }
        let usable = [SampleRange(start: 0, end: recording.sampleCount)]
            .subtracting((excluded + bad.map(\.range)).united())
        let rate = recording.samplingRate
        let silent = Set(silentChannels)
        let channels = recording.channels.indices.filter { !silent.contains($0) }
        let smoothed = try pipeline(for: recording)
            .resolve(samplingRate: rate, effectiveRate: recording.effectiveRate)
            .apply(to: recording, threads: threads)
        let curve = ActivityCurve(
            channels, values: { amplitudes(smoothed.samples.channel($0)) },
            count: smoothed.sampleCount, usable: usable, rate: rate, restShare: restShare)
        return curve.map { movements(of: $0, rate: rate, sampleCount: smoothed.sampleCount) }
            ?? DetectedMovements(movements: [], threshold: 0, movementThreshold: 0)
    }

    /// What was smoothed as amplitudes: of an energy the root.
    private func amplitudes(_ smoothed: [Double]) -> [Double] {
        method == .teagerKaiser ? smoothed.map { max(0, $0).squareRoot() } : smoothed
    }

    /// What becomes of the samples before they are held against thresholds.
    private func pipeline(for recording: Recording) -> ConditioningPipeline {
        let isRectified =
            switch signal {
            case .automatic: recording.samples.values.allSatisfy { !($0 < 0) }
            case .raw: false
            case .rectified: true
            }
        var stages: [any PipelineStage] = []
        if !isRectified {
            // As near to half the rate as a band-pass may be.
            let high = min(highHertz, 0.45 * recording.effectiveRate.hertz)
            stages.append(PipelineStages.bandPass(low: lowHertz, high: high))
        }
        if method == .teagerKaiser { stages.append(PipelineStages.teagerKaiser) }
        stages.append(PipelineStages.movingARV(seconds: smoothingSeconds))
        return ConditioningPipeline(
            stages: stages, acceptsEnvelope: method == .amplitude || signal == .raw)
    }

    private func movements(
        of curve: ActivityCurve, rate: SamplingRate, sampleCount: Int
    ) -> DetectedMovements {
        let rest = curve.restMean + deviations * curve.restDeviation
        guard let amplitude = curve.amplitude(above: rest) else {
            return DetectedMovements(movements: [], threshold: rest, movementThreshold: rest)
        }
        func level(_ share: Double) -> Double {
            max(rest, curve.restMean + share * (amplitude - curve.restMean))
        }
        let (low, high) = (level(thresholdShare), max(level(thresholdShare), level(movementShare)))
        let pause = Int((pauseSeconds * rate.hertz).rounded())
        let least = movementSeconds * rate.hertz
        let shift = Int((shiftSeconds * rate.hertz).rounded())
        let found = curve.segments(above: low, joining: pause).filter { range in
            Double(range.indices.count { curve.values[$0] > high }) >= least
        }
        let movements = found.compactMap { range -> SampleRange? in
            let start = min(max(0, range.start + shift), sampleCount)
            let end = min(max(0, range.end + shift), sampleCount)
            return start < end ? SampleRange(start: start, end: end) : nil
        }
        return DetectedMovements(
            movements: movements, threshold: low, movementThreshold: high)
    }
}
