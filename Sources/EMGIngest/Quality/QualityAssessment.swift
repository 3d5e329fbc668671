package import EMGSignal
import PrintableText
private import Spectra

/// The quality problems of a recording, found once when it is read: the same for every format.
package struct QualityAssessment: Sendable, Hashable {
    /// The intervals, by kind and then by place.
    package private(set) var intervals: [QualityInterval] = []
    /// What its user should know.
    package private(set) var warnings: [IngestWarning] = []
    /// The rate at which samples really change.
    package let effectiveRate: SamplingRate
    /// How far mains hum stands out in each channel, in decibels; 0 where it does not.
    package private(set) var humLevels: [Double] = []

    private let file: String
    private let lineOfSample: @Sendable (Int) -> Int?

    /// What of a recording is looked at besides its samples.
    package struct Subject: Sendable {
        /// The channels.
        package var channels: [Channel]
        /// One step of the converter in each channel's unit; 0 when it is not known.
        package var steps: [Double]
        /// The rate of the samples.
        package var rate: SamplingRate
        /// What the time stamps say; `nil` when there are none.
        package var timeLine: TimeLine?
        /// What the labels mean; `nil` when there are none.
        package var classNames: [String]?
        /// The segments of equal label; `nil` when there are none, or far too many.
        package var labelRuns: [LabelTrack.Run]?
        /// What the source itself tells.
        package var stated: [QualityInterval] = []
        /// The file as the caller named it.
        package var file: String

        /// Creates a subject without time stamps and labels.
        ///
        /// - Parameters:
        ///   - channels: The channels.
        ///   - steps: One step of the converter in each channel's unit; 1 for numbers of a
        ///     converter and 0 for others when `nil`.
        ///   - rate: The rate of the samples.
        ///   - file: The file as the caller named it.
        package init(
            channels: [Channel], steps: [Double]? = nil, rate: SamplingRate, file: String
        ) {
            self.channels = channels
            self.steps = steps ?? channels.map { $0.unit == "count" ? 1 : 0 }
            self.rate = rate
            self.file = file
        }
    }

    /// Assesses a recording.
    ///
    /// - Parameters:
    ///   - samples: The samples; they are read several times.
    ///   - subject: What else there is.
    ///   - lineOfSample: The line of a sample, for warnings.
    /// - Returns: The kind of problem with it.
    /// - Throws: What makes the samples unreadable.
    package static func assess<Samples: SampleBlocks>(
        _ samples: Samples, of subject: Subject,
        lineOfSample: @escaping @Sendable (Int) -> Int? = { _ in nil }
    ) throws(Samples.Failure) -> QualityAssessment {
        let rate = subject.rate
        let held = try HeldSamples.detect(in: samples, rate: rate)
        var assessment = QualityAssessment(
            effectiveRate: rate.scaled(to: held.effectiveHertz(of: rate)), file: subject.file,
            lineOfSample: lineOfSample)
        try assessment.assess(samples, of: subject, areHeld: held.areHeld)
        return assessment
    }

    private init(
        effectiveRate: SamplingRate, file: String,
        lineOfSample: @escaping @Sendable (Int) -> Int?
    ) {
        self.effectiveRate = effectiveRate
        self.file = file
        self.lineOfSample = lineOfSample
    }

    private mutating func assess<Samples: SampleBlocks>(
        _ samples: Samples, of subject: Subject, areHeld: Bool
    ) throws(Samples.Failure) {
        let rate = subject.rate
        let channels = subject.channels
        let rowsPerUpdate = rate.hertz / effectiveRate.hertz

        intervals += subject.stated
        if let timeLine = subject.timeLine { assess(timeLine, rate: rate) }
        if areHeld {
            warn(
                .heldSamples, sample: nil,
                "samples are held: \(Self.text(effectiveRate.hertz)) distinct rows a second in "
                    + "\(Self.text(rate.hertz)); filter cut-offs are checked against the lower rate"
            )
        }
        let bounds = try SampleBounds.measure(samples)
        for (channel, ranges) in bounds.nonFinite.enumerated() {
            intervals += ranges.map {
                QualityInterval(range: $0, channel: channel, kind: .nonFinite)
            }.filter { !subject.stated.contains($0) }
        }
        let flat = try FlatLine.detect(
            in: samples, rate: rate, rowsPerUpdate: rowsPerUpdate)
        let saturated = try Saturation.intervals(
            in: samples, bounds: bounds, steps: subject.steps, dropOuts: flat.dropOuts,
            rowsPerUpdate: rowsPerUpdate)
        // A recording of ours tells what was found in it when it was made.
        let known = Set(subject.stated)
        intervals += saturated.filter { !known.contains($0) }
        intervals += flat.intervals.filter { !known.contains($0) }
        summarize(saturated, .saturation, "at the end of the converter's range", channels)
        summarize(flat.intervals, .flatLine, "without any movement", channels)
        assessHum(
            HumLevels.present(
                try HumLevels.measure(samples, rate: rate, effectiveRate: effectiveRate)),
            sampleCount: samples.sampleCount, channels)
        assessLabels(of: subject)
    }

    // MARK: - Time

    private mutating func assess(_ timeLine: TimeLine, rate: SamplingRate) {
        let known = Set(
            intervals.filter { $0.kind == .gap && $0.channel == nil }.map(\.range.start))
        for place in timeLine.breaks where !known.contains(place.sample) {
            intervals.append(
                QualityInterval(
                    range: SampleRange(start: place.sample, end: place.sample + 1),
                    channel: nil, kind: .gap))
        }
        for note in timeLine.notes(rate: rate) {
            warn(note.kind, sample: note.sample, count: note.count, note.message)
        }
    }

    // MARK: - Samples and labels

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
                "\(name ?? "all channels"): \(total, of: "sample") in "
                    + "\(own.count, of: "segment", plural: "segments") \(what)")
        }
    }

    /// One warning for each mains frequency at which a channel hums.
    private mutating func assessHum(
        _ found: [(channel: Int, hum: MainsHum)], sampleCount: Int, _ channels: [Channel]
    ) {
        humLevels = channels.indices.map { channel in
            found.filter { $0.channel == channel }.map(\.hum.level).max() ?? 0
        }
        for channel in channels.indices where humLevels[channel] > 0 {
            let whole = QualityInterval(
                range: SampleRange(start: 0, end: sampleCount), channel: channel, kind: .mainsHum)
            if !intervals.contains(whole) { intervals.append(whole) }
        }
        for frequency in MainsHum.mainsFrequencies {
            let own = found.filter { $0.hum.frequency == frequency }
            guard let worst = own.max(by: { $0.hum.level < $1.hum.level }) else { continue }
            let channel = channels[worst.channel]
            warn(
                .mainsHum, sample: nil, count: own.count,
                "\(Self.text(frequency)) Hz mains hum in \(own.count, of: "channel"), most in "
                    + "\(channel.name): amplitude \(Self.text(worst.hum.amplitude)) "
                    + "\(channel.unit), \(Self.text(worst.hum.level)) dB above its surroundings")
        }
    }

    /// The protocol of relax, open and close is asked of recordings with these classes only.
    private mutating func assessLabels(of subject: Subject) {
        guard let runs = subject.labelRuns, subject.classNames == CueCycles.classNames else {
            return
        }
        let cycles = CueCycles(runs: runs)
        for problem in cycles.problems {
            let sample: Int? =
                switch problem {
                case .incompleteTail: cycles.tailStart
                case .doesNotStartWithRelax: 0
                case .oneClassOnly, .noCompleteCycle: nil
                }
            warn(.labelProtocol, sample: sample, cycles.message(for: problem, in: runs))
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

extension SamplingRate {
    /// Another rate, which is this one when it would not be plausible.
    fileprivate func scaled(to hertz: Double) -> SamplingRate {
        (try? SamplingRate(hertz: hertz)) ?? self
    }
}
