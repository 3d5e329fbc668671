internal import EMGSignal
public import Foundation

/// Reads the comma-separated tables of the ROAM laboratory's intent-decoding work and their
/// relatives; `FORMAT.md` beside this file describes them.
public struct ROAMReader: RecordingReader {
    /// `roam-csv`.
    public let formatName = "roam-csv"

    /// What the values of the column `gt` mean.
    public static let classNames = ["relax", "open", "close"]

    /// Creates a reader.
    public init() {}

    /// Whether the first line has a column `gt` and a column `emg0` or `emg_0`.
    public func recognizes(content prefix: [UInt8]) -> Bool {
        var start = 0
        switch ContentKind(prefix: prefix) {
        case .empty, .other: return false
        case .textWithMark: start = 3
        case .text: break
        }
        while start < prefix.count, prefix[start] == 0x0A || prefix[start] == 0x0D { start += 1 }
        guard start < prefix.count else { return false }
        var fields: [CSVTokenizer.Field] = []
        do throws(CSVTokenizer.Fault) {
            let step = try CSVTokenizer.split(
                prefix.span, from: start, to: prefix.count, isFinal: true, fields: &fields)
            guard case .record = step else { return false }
        } catch {
            return false
        }
        return ROAMColumns.isHeader(
            fields.map { field in
                String(
                    decoding: CSVTokenizer.content(of: field, in: prefix.span), as: UTF8.self)
            })
    }

    /// Whether the name ends in `.csv`.
    public func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".csv")
    }

    /// What the header line says.
    public func header(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceHeader {
        let columns = try ROAMParser.columns(of: url)
        var declared: SamplingRate?
        if let hertz = options.samplingRateHertz {
            declared = try Self.rate(hertz, at: SourceLocation(file: url.relativePath))
        }
        return SourceHeader(
            format: formatName,
            channels: columns.channelNames.map { Channel(name: $0, unit: options.unit) },
            hasLabels: true, hasTimeStamps: columns.hasTime, declaredRate: declared)
    }

    /// Reads a whole table.
    public func read(_ url: URL, options: ReadOptions) throws(IngestError) -> IngestOutcome {
        let told = try SourceIdentity(of: url, override: options.identity)
        return try read(url, identity: told, options: options)
    }

    /// Reads a whole table whose identity is told.
    func read(
        _ url: URL, identity told: SourceIdentity, options: ReadOptions
    ) throws(IngestError) -> IngestOutcome {
        let table = try ROAMParser.table(of: url, options: options)
        let file = url.relativePath
        let timeLine = table.columns.hasTime ? TimeLine(table.times) : nil
        let rate = try EstimatedRate(
            declaredHertz: options.samplingRateHertz, timeLine: timeLine,
            at: SourceLocation(file: file))
        let channels = table.columns.channelNames.map { Channel(name: $0, unit: options.unit) }
        let samples = SampleMatrix(values: table.samples, channelCount: channels.count)
        let lines = table.lines
        do throws(SignalError) {
            let labels = try LabelTrack(classNames: Self.classNames, values: table.labels)
            let quality = try QualityAssessment(
                samples: samples, channels: channels, rate: rate.rate, timeLine: timeLine,
                labels: labels, file: file, lineOfSample: { lines.line(ofRow: $0) })
            let recording = try Recording(
                identity: told.identity, channels: channels, samplingRate: rate.rate,
                effectiveRate: quality.effectiveRate, samples: samples, labels: labels,
                timeStamps: table.columns.hasTime ? table.times : nil,
                quality: quality.intervals,
                source: SourceFile(name: url.lastPathComponent, sha256: table.sha256),
                history: [Self.step(table, rate: rate, options: options)])
            return IngestOutcome(
                recording: recording,
                warnings: told.warnings + table.warnings + quality.warnings)
        } catch {
            throw IngestError(
                .unknownRate(reason: error.description), at: SourceLocation(file: file))
        }
    }

    private static func step(
        _ table: ROAMTable, rate: EstimatedRate, options: ReadOptions
    ) -> ProcessingStep {
        var parameters: [String: ProcessingStep.Value] = [
            "rows": .integer(table.rowCount),
            "sampling_rate_hz": .number(rate.rate.hertz),
            "sampling_rate_from": .text(rate.origin.rawValue),
            "unit": .text(options.unit),
            "missing_samples": .text(options.missing.rawValue),
        ]
        if let measured = rate.measuredHertz { parameters["measured_rate_hz"] = .number(measured) }
        if table.columns.hasTime {
            let isElapsed = table.columns.roles.contains(.time)
            parameters["time_stamps_from"] = .text(isElapsed ? "time_elapsed" : "current_time")
        }
        if !table.firstClock.isEmpty {
            parameters["first_current_time"] = .text(table.firstClock)
        }
        return ProcessingStep(
            operation: "ingest.roam-csv", parameters: parameters, software: SoftwareVersion.text)
    }

    private static func rate(
        _ hertz: Double, at location: SourceLocation
    ) throws(IngestError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(.unknownRate(reason: error.description), at: location)
        }
    }
}
