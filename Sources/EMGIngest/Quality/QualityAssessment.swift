private import EMGFilters
package import EMGSignal

/// What is the matter with a recording, found once when it is read: the same for every format.
package struct QualityAssessment: Sendable, Hashable {
    /// The intervals, by kind and then by place.
    package private(set) var intervals: [QualityInterval] = []
    /// What its user should know.
    package private(set) var warnings: [IngestWarning] = []
    /// The rate at which samples really change.
    package let effectiveRate: SamplingRate

    private let file: String
    private let lineOfSample: @Sendable (Int) -> Int?

    /// Looks at a recording.
    ///
    /// - Parameters:
    ///   - samples: The samples.
    ///   - channels: Their channels.
    ///   - rate: The rate of the samples.
    ///   - timeLine: What the time stamps say; `nil` when there are none.
    ///   - labels: The class of each sample.
    ///   - file: The file as the caller named it.
    ///   - lineOfSample: The line of a sample, for warnings.
    /// - Throws: ``SignalError`` when the effective rate is not plausible.
    package init(
        samples: SampleMatrix, channels: [Channel], rate: SamplingRate, timeLine: TimeLine?,
        labels: LabelTrack?, file: String, lineOfSample: @escaping @Sendable (Int) -> Int?
    ) throws(SignalError) {
        self.file = file
        self.lineOfSample = lineOfSample
        let held = HeldSamples(samples, rate: rate)
        effectiveRate = try SamplingRate(hertz: held.effectiveHertz(of: rate))
        let rowsPerUpdate = rate.hertz / effectiveRate.hertz

        if let timeLine { assess(timeLine, rate: rate) }
        if held.areHeld {
            warn(
                .heldSamples, sample: nil,
                "samples are held: \(Self.text(effectiveRate.hertz)) distinct rows a second in "
                    + "\(Self.text(rate.hertz)); filter corners are checked against the lower rate")
        }
        intervals += Self.nonFinite(samples)
        let flat = FlatLine(samples, rate: rate, rowsPerUpdate: rowsPerUpdate)
        let saturated = Saturation.intervals(
            in: samples, dropOuts: flat.dropOuts, rowsPerUpdate: rowsPerUpdate)
        intervals += saturated
        intervals += flat.intervals
        summarize(saturated, .saturation, "at the end of the converter's range", channels)
        summarize(flat.intervals, .flatLine, "without any movement", channels)
        assessHum(
            HumLevels.present(
                HumLevels.measure(samples, rate: rate, effectiveRate: effectiveRate)),
            sampleCount: samples.sampleCount, channels)
        if let labels { assess(labels) }
    }

    // MARK: - Time

    private mutating func assess(_ timeLine: TimeLine, rate: SamplingRate) {
        if let first = timeLine.duplicates.first {
            warn(
                .duplicateTimeStamp, sample: first, count: timeLine.duplicates.count,
                timeLine.duplicates.count == 1
                    ? "1 time stamp repeats the one before"
                    : "\(timeLine.duplicates.count) time stamps repeat the ones before")
        }
        for place in timeLine.breaks {
            intervals.append(
                QualityInterval(
                    range: SampleRange(start: place.sample, end: place.sample + 1),
                    channel: nil, kind: .gap))
        }
        let jumps = timeLine.breaks.filter { $0.missingSamples == 0 }
        if let first = jumps.first {
            warn(
                .clockJumpsBack, sample: first.sample, count: jumps.count,
                "the clock jumps back \(counted(jumps.count, "time")), first by "
                    + "\(Self.text(-first.seconds)) s; the recording is cut there")
        }
        let gaps = timeLine.breaks.filter { $0.missingSamples > 0 }
        if let first = gaps.first {
            let missing = gaps.reduce(0.0) { $0 + Double($1.missingSamples) }
            let mean = timeLine.meanHertz.map {
                ": \(Self.text($0)) samples a second in place of \(Self.text(rate.hertz))"
            }
            warn(
                .gap, sample: first.sample, count: gaps.count,
                "\(counted(gaps.count, "gap")), about \(Self.text(missing)) samples missing"
                    + "\(mean ?? ""); the recording is cut there")
        }
        if timeLine.jitter > TimeLine.scatteringJitter {
            warn(
                .jitter, sample: nil,
                "time stamps scatter: nine in ten steps are within "
                    + "\(Self.text(timeLine.jitter * 100)) % of the median")
        }
        if let measured = timeLine.measuredHertz, abs(measured - rate.hertz) > 0.02 * rate.hertz {
            warn(
                .rateDisagreement, sample: nil,
                "the rate is declared as \(Self.text(rate.hertz)) Hz, but the time stamps give "
                    + "\(Self.text(measured)) Hz")
        } else if gaps.isEmpty, jumps.isEmpty, let mean = timeLine.meanHertz,
            abs(mean - rate.hertz) > 0.05 * rate.hertz
        {
            warn(
                .rateDisagreement, sample: nil,
                "the median step gives \(Self.text(rate.hertz)) Hz, but there are "
                    + "\(Self.text(mean)) samples a second")
        }
    }

    // MARK: - Samples and labels

    private static func nonFinite(_ samples: SampleMatrix) -> [QualityInterval] {
        let values = samples.values.span
        var isFinite = true
        for index in values.indices where !values[index].isFinite {
            isFinite = false
            break
        }
        guard !isFinite else { return [] }
        var result: [QualityInterval] = []
        for channel in 0..<samples.channelCount {
            var start: Int?
            for row in 0...samples.sampleCount {
                let isBroken = row < samples.sampleCount && !samples[row, channel].isFinite
                if isBroken, start == nil { start = row }
                if !isBroken, let begun = start {
                    result.append(
                        QualityInterval(
                            range: SampleRange(start: begun, end: row), channel: channel,
                            kind: .nonFinite))
                    start = nil
                }
            }
        }
        return result
    }

    /// One warning for each channel with intervals of a kind, and one for all channels at once.
    private mutating func summarize(
        _ intervals: [QualityInterval], _ kind: IngestWarning.Kind, _ what: String,
        _ channels: [Channel]
    ) {
        for channel in [nil] + channels.indices.map(Optional.init) {
            let own = intervals.filter { $0.channel == channel }
            guard let first = own.first else { continue }
            let total = own.reduce(0) { $0 + $1.range.count }
            let name = channel.map { channels[$0].name }
            warn(
                kind, sample: first.range.start, field: name, count: own.count,
                "\(name ?? "all channels"): \(counted(total, "sample")) in "
                    + "\(counted(own.count, "stretch", plural: "stretches")) \(what)")
        }
    }

    /// One warning for each network frequency at which a channel hums.
    private mutating func assessHum(
        _ found: [(channel: Int, hum: MainsHum)], sampleCount: Int, _ channels: [Channel]
    ) {
        for channel in channels.indices where found.contains(where: { $0.channel == channel }) {
            intervals.append(
                QualityInterval(
                    range: SampleRange(start: 0, end: sampleCount), channel: channel,
                    kind: .mainsHum))
        }
        for frequency in MainsHum.networkFrequencies {
            let own = found.filter { $0.hum.frequency == frequency }
            guard let worst = own.max(by: { $0.hum.level < $1.hum.level }) else { continue }
            let channel = channels[worst.channel]
            warn(
                .mainsHum, sample: nil, count: own.count,
                "\(Self.text(frequency)) Hz mains hum in \(counted(own.count, "channel")), most in "
                    + "\(channel.name): amplitude \(Self.text(worst.hum.amplitude)) "
                    + "\(channel.unit), \(Self.text(worst.hum.level)) dB above its surroundings")
        }
    }

    private mutating func assess(_ labels: LabelTrack) {
        let cycles = CueCycles(labels)
        for problem in cycles.problems {
            let sample: Int? =
                switch problem {
                case .incompleteTail: cycles.tailStart
                case .doesNotStartWithRelax: 0
                case .oneClassOnly, .noCompleteCycle: nil
                }
            warn(.labelProtocol, sample: sample, cycles.message(for: problem, in: labels))
        }
    }

    private mutating func warn(
        _ kind: IngestWarning.Kind, sample: Int?, field: String? = nil, count: Int = 1,
        _ message: String
    ) {
        warnings.append(
            IngestWarning(
                kind,
                at: SourceLocation(file: file, line: sample.flatMap(lineOfSample), field: field),
                count: count, message: message))
    }

    private func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
    }

    /// A number with three significant decimals at most.
    private static func text(_ value: Double) -> String { value.brief }

    /// Two assessments are equal when they found the same.
    package static func == (left: Self, right: Self) -> Bool {
        left.intervals == right.intervals && left.warnings == right.warnings
            && left.effectiveRate == right.effectiveRate
    }

    /// Hashes what was found.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(intervals)
        hasher.combine(warnings)
        hasher.combine(effectiveRate)
    }
}
