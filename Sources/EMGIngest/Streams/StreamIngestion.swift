internal import EMGSignal
internal import Foundation

/// Takes one part of a source in.
struct StreamIngestion {
    /// How many values are read at a time.
    private static let blockValues = 1 << 15

    let ingestion: Ingestion
    let stream: any RecordingStream
    let url: URL
    let stated: SourceIdentity

    private var location: SourceLocation { SourceLocation(file: url.relativePath) }

    /// Reads everything and looks at it.
    ///
    /// - Parameters:
    ///   - sha256: The digest of the source, found once for all parts.
    ///   - progress: Called with the part that is done, from 0 to 1.
    /// - Returns: The recording, its rows in memory or spooled.
    /// - Throws: ``IngestError`` when the source cannot be read.
    func take(
        sha256: inout String?, progress: (Double) -> Void
    ) throws(IngestError) -> IngestedRecording {
        let names = NormalizedNames(stream.metadata, at: location)
        let metadata = names.metadata
        let rows = makeRows(metadata)
        try fill(rows, progress: progress)
        let notes = try stream.finish()
        rows.setLabelMap(notes.labelMap)
        let timeLine = metadata.hasTimeStamps ? try TimeLine.fit(rows.times) : nil
        let rate = try EstimatedRate(
            metadata.rate, options: ingestion.options, timeLine: timeLine, at: location)
        let classNames: [String]? =
            switch metadata.labels {
            case .none: nil
            case .classes(let names): names
            case .knownAtEnd: notes.classNames?.map(\.normalizedName)
            }
        let identity = try identity(ofPart: metadata.part)
        let repairs = try repair(
            rows, rate: rate.rate, cuts: cuts(timeLine, notes), channels: metadata.channels)
        let lines = notes.lines
        var subject = QualityAssessment.Subject(
            channels: metadata.channels, steps: metadata.scaling.map { $0.scale.map(abs) },
            rate: rate.rate, file: url.relativePath)
        subject.timeLine = timeLine
        subject.classNames = classNames
        subject.labelRuns = rows.labelRuns
        subject.stated = metadata.quality + notes.quality + (repairs?.intervals ?? [])
        let quality = try QualityAssessment.assess(
            rows, of: subject, lineOfSample: { lines?.line(ofRow: $0) })
        var history = metadata.history
        history.append(
            step(metadata, notes, rate: rate, timeLine: timeLine, quality: quality, rows: rows))
        if let repairs, let seconds = ingestion.options.repairSeconds,
            let step = repairs.step(longestSeconds: seconds)
        {
            history.append(step)
        }
        if sha256 == nil {
            sha256 = try SourceDigest.of(
                ingestion.reader.files(of: url, options: ingestion.options), first: notes.sha256)
        }
        let source = SourceFile(name: url.lastPathComponent, sha256: sha256 ?? "")
        var description = RecordingDescription(
            identity: identity, channels: metadata.channels, samplingRate: rate.rate,
            source: source)
        description.effectiveRate = quality.effectiveRate
        description.quality = quality.intervals
        description.history = history
        var header = RecordingHeader(
            description, sampleCount: rows.sampleCount, classNames: classNames,
            hasTimeStamps: metadata.hasTimeStamps, targets: metadata.targets)
        if let scaling = metadata.scaling { header.scaling = scaling }
        return IngestedRecording(
            header: header,
            warnings: stated.warnings + metadata.warnings + names.warnings + notes.warnings
                + (repairs?.warnings(at: location) ?? []) + quality.warnings, rows: rows)
    }

    private func makeRows(_ metadata: StreamMetadata) -> RowStore {
        var parts: RowStore.Parts = []
        if metadata.labels != .none { parts.insert(.labels) }
        if metadata.hasTimeStamps { parts.insert(.timeStamps) }
        return RowStore(
            channelCount: metadata.channels.count, with: parts, targetWidth: metadata.targets.width,
            budget: ingestion.memoryBudget, folder: ingestion.spoolFolder)
    }

    /// Interpolates missing samples, where the caller asks for it.
    private func repair(
        _ rows: RowStore, rate: SamplingRate, cuts: Set<Int>, channels: [Channel]
    ) throws(IngestError) -> RepairOutcome? {
        guard let seconds = ingestion.options.repairSeconds else { return nil }
        let repair = Repair(longest: rate.samples(inSeconds: seconds))
        let outcome = try repair.repair(rows, cuts: cuts, channels: channels)
        rows.setPatches(outcome.patches)
        return outcome
    }

    private func fill(
        _ rows: RowStore, progress: (Double) -> Void
    ) throws(IngestError) {
        let total = stream.metadata.sampleCount ?? stream.metadata.expectedCount
        if let total { rows.reserve(total) }
        let blockRows = max(1, Self.blockValues / rows.channelCount)
        var block = RowBlock()
        while try stream.read(into: &block, atMost: blockRows) {
            try rows.append(block)
            block.removeAll()
            // Looking the rows over and writing them is about as much work as reading them.
            let part = total.map { Double(rows.sampleCount) / Double(max(1, $0)) } ?? 0
            progress(Ingestion.readingShare * min(1, part))
        }
        try rows.seal()
        progress(Ingestion.readingShare)
        guard rows.sampleCount > 0 else {
            throw IngestError(.noSamples(found: "a header and no samples"), at: location)
        }
    }

    /// Samples before which the recording is cut.
    private func cuts(_ timeLine: TimeLine?, _ notes: StreamNotes) -> Set<Int> {
        Set(timeLine?.breaks.map(\.sample) ?? []).union(
            notes.quality.filter { $0.kind == .gap }.map(\.range.start))
    }

    /// The identity, with the name of a part that is not the main one as its run.
    private func identity(ofPart part: String?) throws(IngestError) -> RecordingIdentity {
        let base = stated.identity
        guard let part else { return base }
        do throws(SignalError) {
            return try RecordingIdentity(
                patient: base.patient, session: base.session, condition: base.condition,
                run: base.run.isEmpty ? part : "\(base.run).\(part)")
        } catch {
            throw IngestError(.unknownIdentity(reason: error.description), at: location)
        }
    }

    private func step(
        _ metadata: StreamMetadata, _ notes: StreamNotes, rate: EstimatedRate,
        timeLine: TimeLine?, quality: QualityAssessment, rows: RowStore
    ) -> ProcessingStep {
        let options = ingestion.options
        var parameters = metadata.details.merging(notes.details) { $1 }
        parameters["rows"] = .integer(rows.sampleCount)
        parameters["sampling_rate_hz"] = .number(rate.rate.hertz)
        parameters["sampling_rate_from"] = .text(rate.origin)
        if let timeLine { parameters.merge(timeLine.facts) { $1 } }
        if !metadata.targets.isEmpty {
            parameters["targets"] = .list(
                metadata.targets.flatMap { $0.columnNames.map { .text($0) } })
        }
        if quality.humLevels.contains(where: { $0 > 0 }) {
            // Two decimals, which no processor and no order of sums changes.
            parameters["mains_hum_db"] = .list(
                quality.humLevels.map { .number(($0 * 100).rounded() / 100) })
        }
        if let part = metadata.part { parameters["part"] = .text(part) }
        parameters["missing_samples"] = .text(options.missing.rawValue)
        parameters[ReadOptions.fingerprintName] = .text(options.fingerprint)
        return ProcessingStep(
            operation: "ingest.\(ingestion.reader.formatName)", parameters: parameters,
            software: SoftwareVersion.text)
    }
}
