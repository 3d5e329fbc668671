private import EMGSignal
public import Foundation
private import Spectra

/// What a file holds, for a person or a program that wants to know before using it.
public struct RecordingInspection: Sendable, Hashable, Codable {
    /// The file as the caller named it.
    public let file: String
    /// The name of its format.
    public let format: String
    /// The SHA-256 of its bytes.
    public let sha256: String
    /// `patient/session/condition`; `nil` when the file's place does not say.
    public let identity: String?
    /// The name of the part of a source with several; `nil` where it has none.
    public let part: String?
    /// The number of samples.
    public let sampleCount: Int
    /// Samples by the rate, in seconds.
    public let durationSeconds: Double
    /// How fast it was sampled.
    public let rate: Rate
    /// What its time stamps are like; `nil` without time stamps.
    public let timeStamps: TimeStampSummary?
    /// Where samples are missing or the clock goes back.
    public let gaps: GapSummary
    /// The channels.
    public let channels: [ChannelSummary]
    /// The labels; `nil` when there are none.
    public let labels: Labels?
    /// The quality problems by segment.
    public let quality: [Interval]
    /// What its user should know.
    public let warnings: [IngestWarning]

    /// How fast a recording was sampled.
    public struct Rate: Sendable, Hashable, Codable {
        /// The rate that is used, in hertz.
        public let hertz: Double
        /// How it is known: `declared`, or from time stamps.
        public let origin: String
        /// What the time stamps give, in hertz; `nil` without time stamps that say something.
        public let measuredHertz: Double?
        /// The standard error of that, in hertz.
        public let standardErrorHertz: Double?
        /// Distinct rows a second, in hertz: below ``hertz`` when samples are held.
        public let effectiveHertz: Double
    }

    /// One channel in numbers, over its finite samples.
    public struct ChannelSummary: Sendable, Hashable, Codable {
        /// The name.
        public let name: String
        /// The unit of the numbers below.
        public let unit: String
        /// The smallest sample; `nil` when none is finite.
        public let minimum: Double?
        /// The largest sample.
        public let maximum: Double?
        /// The mean.
        public let mean: Double?
        /// The standard deviation (with n in the denominator).
        public let standardDeviation: Double?
        /// Samples that are not finite.
        public let nonFiniteSamples: Int
        /// Samples at the end of the converter's range.
        public let saturatedSamples: Int
        /// Samples in segments without movement.
        public let flatSamples: Int
        /// Mains hum at each mains frequency below Nyquist; empty when it cannot be measured.
        public let mainsHum: [Hum]
    }

    /// Mains hum in a channel.
    public struct Hum: Sendable, Hashable, Codable {
        /// The frequency of the network in hertz.
        public let frequencyHertz: Double
        /// The amplitude of a sine of that power, in the channel's unit.
        public let amplitude: Double
        /// How far it stands out of the spectrum beside it, in decibels.
        public let levelDecibels: Double
        /// Whether that is more than chance.
        public let isPresent: Bool
    }

    /// The labels of a recording.
    public struct Labels: Sendable, Hashable, Codable {
        /// The classes in order of their numbers.
        public let classes: [Class]
        /// The segments of one class.
        public let runs: [Run]
        /// How far they follow the protocol.
        public let cycles: CueCycles?

        /// A class and its samples.
        public struct Class: Sendable, Hashable, Codable {
            /// The name.
            public let name: String
            /// How many samples have it.
            public let sampleCount: Int
        }

        /// A segment of one class, `start..<end` in samples.
        public struct Run: Sendable, Hashable, Codable {
            /// The name of the class.
            public let label: String
            /// The first sample.
            public let start: Int
            /// One past the last sample.
            public let end: Int
        }
    }

    /// A segment that is not as it should be, `start..<end` in samples.
    public struct Interval: Sendable, Hashable, Codable {
        /// The kind of problem.
        public let kind: String
        /// The channel's name; `nil` for all channels.
        public let channel: String?
        /// The first sample.
        public let start: Int
        /// One past the last sample.
        public let end: Int
    }

    /// Inspects every part of a source that the options ask for, as a conversion with the same
    /// options and formats reads them.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    ///   - registry: The formats to try.
    /// - Returns: At least one inspection, the main part first.
    /// - Throws: ``IngestError`` when the source is not a recording or is damaged.
    public static func parts(
        of url: URL, options: ReadOptions, registry: ReaderRegistry
    ) throws(IngestError) -> [RecordingInspection] {
        try parts(of: url, with: registry.reader(for: url, options: options), options: options)
    }

    /// Inspects every part of a source that a search found, as a conversion reads them.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - options: What the search was given.
    ///   - registry: The formats that were looked for.
    ///   - progress: Called now and then with the part that is done, from 0 to 1.
    /// - Returns: At least one inspection, the main part first.
    /// - Throws: ``IngestError`` when the source is damaged.
    public static func parts(
        of source: RecordingSource, options: ReadOptions, registry: ReaderRegistry,
        progress: (Double) -> Void = { _ in }
    ) throws(IngestError) -> [RecordingInspection] {
        guard let reader = registry.reader(named: source.format, options: options) else {
            throw IngestError(
                .unsupported(feature: source.format),
                at: SourceLocation(file: source.url.relativePath))
        }
        return try parts(
            of: source.url, with: reader, options: options, progress: progress)
    }

    private static func parts(
        of url: URL, with reader: any RecordingReader, options: ReadOptions,
        progress: (Double) -> Void = { _ in }
    ) throws(IngestError) -> [RecordingInspection] {
        var options = options
        var isPlaced = true
        var identityWarning: [IngestWarning] = []
        do throws(IngestError) {
            _ = try reader.settledIdentity(of: url, options: options)
        } catch {
            // Anything may be looked at; only taking it in needs an identity.
            guard case .unknownIdentity = error.kind else { throw error }
            isPlaced = false
            options.identity = IdentityOverride(
                patient: "unknown", session: "unknown", condition: "unknown")
            identityWarning = [
                IngestWarning(
                    .identity, at: SourceLocation(file: url.relativePath), message: error.fault)
            ]
        }
        var inspections: [RecordingInspection] = []
        for taken in try Ingestion(reader: reader, options: options)
            .take(url, progress: progress)
        {
            let header = taken.header
            let hum = try HumLevels.measure(
                taken.rows, rate: header.samplingRate, effectiveRate: header.effectiveRate)
            let statistics = try ChannelStatistics.all(of: taken.rows)
            let timeLine = header.hasTimeStamps ? try TimeLine(taken.rows.times) : nil
            inspections.append(
                RecordingInspection(
                    header, statistics: statistics, hum: hum, timeLine: timeLine,
                    runs: taken.rows.labelRuns,
                    file: url.relativePath, format: reader.formatName,
                    identity: isPlaced ? header.identity.id : nil,
                    warnings: identityWarning + taken.warnings))
        }
        return inspections
    }

    /// Inspects the main part of a source, or the part that the options name.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    ///   - registry: The formats to try.
    /// - Throws: ``IngestError`` when the source is not a recording or is damaged.
    public init(
        of url: URL, options: ReadOptions = ReadOptions(), registry: ReaderRegistry
    ) throws(IngestError) {
        var single = options
        if single.parts == .all { single.parts = .main }
        guard let first = try Self.parts(of: url, options: single, registry: registry).first else {
            throw IngestError(
                .noSamples(found: "no recording in it"),
                at: SourceLocation(file: url.relativePath))
        }
        self = first
    }

    /// Describes a recording that was read.
    ///
    /// - Parameters:
    ///   - outcome: The recording and its warnings.
    ///   - file: The file as the caller named it.
    ///   - format: The name of its format.
    public init(_ outcome: IngestOutcome, file: String, format: String) {
        let recording = outcome.recording
        let header = RecordingHeader(recording, scaling: outcome.scaling)
        self.init(
            header, statistics: ChannelStatistics.all(of: recording.samples),
            hum: HumLevels.measure(
                recording.samples, rate: header.samplingRate,
                effectiveRate: header.effectiveRate),
            timeLine: recording.timeStamps.map { TimeLine($0) }, runs: recording.labels?.runs,
            file: file, format: format, identity: header.identity.id, warnings: outcome.warnings)
    }

    private init(
        _ header: RecordingHeader, statistics: [ChannelStatistics], hum: [[MainsHum]],
        timeLine: TimeLine?, runs: [LabelTrack.Run]?, file: String, format: String,
        identity: String?,
        warnings: [IngestWarning]
    ) {
        self.file = file
        self.format = format
        self.identity = identity
        part = header.part
        sha256 = header.source.sha256
        sampleCount = header.sampleCount
        durationSeconds = header.duration
        rate = Rate(header)
        timeStamps = timeLine.map { TimeStampSummary($0) }
        gaps = GapSummary(header, timeLine: timeLine)
        channels = header.channels.indices.map {
            ChannelSummary(header, channel: $0, statistics: statistics[$0], hum: hum[$0])
        }
        labels = header.classNames.flatMap { names in
            runs.map { Labels(classNames: names, runs: $0) }
        }
        quality = header.quality.map { interval in
            Interval(
                kind: interval.kind.name,
                channel: interval.channel.map { header.channels[$0].name },
                start: interval.range.start, end: interval.range.end)
        }
        self.warnings = warnings
    }
}

extension RecordingHeader {
    /// What the step says that took it in; a recording of ours that is read again has steps of
    /// before.
    fileprivate var lastIngest: [String: ProcessingStep.Value]? {
        history.last { $0.operation.hasPrefix("ingest.") }?.parameters
    }

    /// The name of its part of the source; `nil` where it has none.
    fileprivate var part: String? {
        if case .text(let name) = lastIngest?["part"] { name } else { nil }
    }
}

extension RecordingInspection.Rate {
    fileprivate init(_ header: RecordingHeader) {
        hertz = header.samplingRate.hertz
        effectiveHertz = header.effectiveRate.hertz
        let parameters = header.lastIngest
        if case .text(let text) = parameters?["sampling_rate_from"] {
            origin = text
        } else {
            origin = "declared"
        }
        func number(_ name: String) -> Double? {
            guard case .number(let value) = parameters?[name] else { return nil }
            return value
        }
        measuredHertz = number("measured_rate_hz")
        standardErrorHertz = number("measured_rate_standard_error_hz")
    }
}

extension RecordingInspection.ChannelSummary {
    fileprivate init(
        _ header: RecordingHeader, channel: Int, statistics: ChannelStatistics, hum: [MainsHum]
    ) {
        name = header.channels[channel].name
        unit = header.channels[channel].unit
        nonFiniteSamples = header.sampleCount - statistics.finiteCount
        minimum = statistics.minimum
        maximum = statistics.maximum
        mean = statistics.mean
        standardDeviation = statistics.standardDeviation
        func samples(_ kind: QualityInterval.Kind) -> Int {
            header.quality.filter {
                $0.kind == kind && ($0.channel == channel || $0.channel == nil)
            }.reduce(0) { $0 + $1.range.count }
        }
        saturatedSamples = samples(.saturation)
        flatSamples = samples(.flatLine)
        mainsHum = hum.map {
            RecordingInspection.Hum(
                frequencyHertz: $0.frequency, amplitude: $0.amplitude,
                levelDecibels: $0.level, isPresent: $0.isPresent)
        }
    }
}

extension RecordingInspection.Labels {
    fileprivate init(classNames: [String], runs found: [LabelTrack.Run]) {
        var counts = [Int](repeating: 0, count: classNames.count)
        for run in found { counts[Int(run.label)] += run.range.count }
        classes = zip(classNames, counts).map { Class(name: $0, sampleCount: $1) }
        runs = found.map { run in
            Run(
                label: classNames[Int(run.label)], start: run.range.start, end: run.range.end)
        }
        cycles = classNames == CueCycles.classNames ? CueCycles(runs: found) : nil
    }
}
