private import EMGSignal
public import Foundation

/// Takes a source in: what is the same for every format. Reads the streams of its reader, settles
/// the sampling rate, looks at the quality, and writes the history.
public struct Intake: Sendable {
    /// How many rows are read at a time.
    private static let blockRows = 4_096

    /// The format.
    public let reader: any RecordingReader
    /// What the caller knows.
    public let options: ReadOptions

    /// Creates an intake.
    public init(reader: any RecordingReader, options: ReadOptions) {
        self.reader = reader
        self.options = options
    }

    /// Reads a source's first part into memory.
    ///
    /// - Parameter url: The file or folder.
    /// - Returns: The recording and its warnings.
    /// - Throws: ``IngestError`` with the place of the first fault.
    public func read(_ url: URL) throws(IngestError) -> IngestOutcome {
        let told = try reader.identity(of: url, options: options)
        let streams = try reader.open(url, options: options)
        guard let stream = streams.first else {
            throw IngestError(
                .noSamples(found: "no recording in it"), at: SourceLocation(file: url.relativePath))
        }
        return try read(stream, of: url, identity: told)
    }

    private func read(
        _ stream: any RecordingStream, of url: URL, identity told: SourceIdentity
    ) throws(IngestError) -> IngestOutcome {
        let file = url.relativePath
        let outline = stream.outline
        var rows = RowBlock()
        while try stream.read(into: &rows, atMost: Self.blockRows) {}
        let remarks = try stream.finish()
        let timeLine = outline.hasTimeStamps ? TimeLine(rows.timeStamps) : nil
        let rate = try EstimatedRate(
            outline.rate, options: options, timeLine: timeLine, at: SourceLocation(file: file))
        let samples = SampleMatrix(values: rows.samples, channelCount: outline.channels.count)
        let classNames: [String]? =
            switch outline.labels {
            case .none: nil
            case .classes(let names): names
            case .toldAtEnd: remarks.classNames
            }
        if let map = remarks.labelMap {
            for index in rows.labels.indices {
                rows.labels[index] = map[Int(rows.labels[index])]
            }
        }
        let sha256 = try SourceDigest.of(
            reader.files(of: url, options: options), first: remarks.sha256)
        do throws(SignalError) {
            var labels: LabelTrack?
            if let classNames {
                labels = try LabelTrack(classNames: classNames, values: rows.labels)
            }
            let lines = remarks.lines
            // A recording of ours tells what was found in it when it was made.
            let known = Set(remarks.quality)
            let quality = try QualityAssessment(
                samples: samples, channels: outline.channels, rate: rate.rate,
                timeLine: timeLine, labels: labels, file: file,
                lineOfSample: { lines?.line(ofRow: $0) })
            let recording = try Recording(
                identity: told.identity, channels: outline.channels, samplingRate: rate.rate,
                effectiveRate: quality.effectiveRate, samples: samples, labels: labels,
                timeStamps: outline.hasTimeStamps ? rows.timeStamps : nil,
                quality: remarks.quality + quality.intervals.filter { !known.contains($0) },
                source: SourceFile(name: url.lastPathComponent, sha256: sha256),
                history: outline.history
                    + [step(outline, remarks, rate: rate, rowCount: samples.sampleCount)])
            return IngestOutcome(
                recording: recording,
                scaling: outline.scaling ?? .identity(channelCount: outline.channels.count),
                warnings: told.warnings + outline.warnings + remarks.warnings
                    + quality.warnings)
        } catch {
            throw IngestError(
                .unknownRate(reason: error.description), at: SourceLocation(file: file))
        }
    }

    private func step(
        _ outline: StreamOutline, _ remarks: StreamRemarks, rate: EstimatedRate, rowCount: Int
    ) -> ProcessingStep {
        var parameters = outline.details.merging(remarks.details) { $1 }
        parameters["rows"] = .integer(rowCount)
        parameters["sampling_rate_hz"] = .number(rate.rate.hertz)
        parameters["sampling_rate_from"] = .text(rate.origin)
        if let measured = rate.measuredHertz { parameters["measured_rate_hz"] = .number(measured) }
        parameters["missing_samples"] = .text(options.missing.rawValue)
        parameters[ReadOptions.fingerprintName] = .text(options.fingerprint)
        return ProcessingStep(
            operation: "ingest.\(reader.formatName)", parameters: parameters,
            software: SoftwareVersion.text)
    }
}
