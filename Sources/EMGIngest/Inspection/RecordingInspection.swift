private import EMGSignal
package import Foundation
private import Spectra

/// What a file holds, for a person or a program that wants to know before using it.
package struct RecordingInspection: Sendable, Hashable, Codable {
    /// The file as the caller named it.
    package let file: String
    /// The name of its format.
    package let format: String
    /// The SHA-256 of its bytes.
    package let sha256: String
    /// `patient/session/condition`; `nil` when the file's place does not say.
    package let identity: String?
    /// The name of the part of a source with several; `nil` where it has none.
    package let part: String?
    /// How many samples each channel has, at least 0.
    package let sampleCount: Int
    /// Samples by the rate, in seconds.
    package let durationSeconds: Double
    /// How fast it was sampled.
    package let rate: Rate
    /// What its time stamps are like; `nil` without time stamps.
    package let timeStamps: TimeStampSummary?
    /// Where samples are missing or the clock goes back.
    package let gaps: GapSummary
    /// The channels.
    package let channels: [ChannelSummary]
    /// The labels; `nil` when there are none.
    package let labels: Labels?
    /// The events of a table beside the file; `nil` when there is none.
    package let events: EventTable?
    /// The quality problems by segment.
    package let quality: [Interval]
    /// What its user should know.
    package let warnings: [IngestWarning]

    /// Inspects every part of a source that the options ask for, as a conversion with the same
    /// options and formats reads them.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    ///   - registry: The formats to try.
    /// - Returns: At least one inspection, the main part first.
    /// - Throws: ``IngestError`` when the source is not a recording or is damaged.
    package static func parts(
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
    package static func parts(
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
            let timeLine = header.hasTimeStamps ? try TimeLine.fit(taken.rows.times) : nil
            inspections.append(
                RecordingInspection(
                    header,
                    Measures(
                        statistics: statistics, hum: hum, timeLine: timeLine,
                        runs: taken.rows.labelRuns),
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
    /// - Returns: The inspection.
    /// - Throws: ``IngestError`` when the source is not a recording or is damaged.
    package static func inspect(
        _ url: URL, options: ReadOptions = ReadOptions(), registry: ReaderRegistry
    ) throws(IngestError) -> RecordingInspection {
        var single = options
        if single.parts == .all { single.parts = .main }
        guard let first = try parts(of: url, options: single, registry: registry).first else {
            throw IngestError(
                .noSamples(found: "no recording in it"),
                at: SourceLocation(file: url.relativePath))
        }
        return first
    }

    /// Describes a recording that was read.
    ///
    /// - Parameters:
    ///   - outcome: The recording and its warnings.
    ///   - file: The file as the caller named it.
    ///   - format: The name of its format.
    package init(_ outcome: IngestOutcome, file: String, format: String) {
        let recording = outcome.recording
        let header = RecordingHeader(recording, scaling: outcome.scaling)
        self.init(
            header,
            Measures(
                statistics: ChannelStatistics.all(of: recording.samples),
                hum: HumLevels.measure(
                    recording.samples, rate: header.samplingRate,
                    effectiveRate: header.effectiveRate),
                timeLine: recording.timeStamps.map { TimeLine.fit($0) },
                runs: recording.labels?.runs),
            file: file, format: format, identity: header.identity.id, warnings: outcome.warnings)
    }

    /// What is measured of a recording's rows.
    private struct Measures {
        let statistics: [ChannelStatistics]
        let hum: [[MainsHum]]
        let timeLine: TimeLine?
        let runs: [LabelTrack.Run]?
    }

    private init(
        _ header: RecordingHeader, _ measures: Measures, file: String, format: String,
        identity: String?, warnings: [IngestWarning]
    ) {
        self.file = file
        self.format = format
        self.identity = identity
        part = header.part
        sha256 = header.source.sha256
        sampleCount = header.sampleCount
        durationSeconds = header.duration
        rate = Rate(header)
        timeStamps = measures.timeLine.map { TimeStampSummary($0) }
        gaps = GapSummary(header, timeLine: measures.timeLine)
        channels = header.channels.indices.map {
            ChannelSummary(
                header, channel: $0, statistics: measures.statistics[$0], hum: measures.hum[$0])
        }
        labels = header.classNames.flatMap { names in
            measures.runs.map { Labels(classNames: names, runs: $0) }
        }
        events = EventTable(header.history)
        quality = header.quality.map { interval in
            Interval(
                kind: interval.kind.name,
                channel: interval.channel.map { header.channels[$0].name },
                start: interval.range.start, end: interval.range.end)
        }
        self.warnings = warnings
    }
}
