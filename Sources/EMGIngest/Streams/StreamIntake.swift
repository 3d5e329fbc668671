internal import EMGSignal
internal import Foundation

/// Takes one part of a source in.
struct StreamIntake {
    /// How many values are read at a time.
    private static let blockValues = 1 << 15

    let intake: Intake
    let stream: any RecordingStream
    let url: URL
    let told: SourceIdentity

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
    ) throws(IngestError) -> TakenRecording {
        let names = NormalizedNames(stream.outline, at: location)
        let outline = names.outline
        let rows = makeRows(outline)
        try fill(rows, progress: progress)
        let remarks = try stream.finish()
        rows.setLabelMap(remarks.labelMap)
        let timeLine = outline.hasTimeStamps ? try TimeLine.fit(rows.times) : nil
        let rate = try EstimatedRate(
            outline.rate, options: intake.options, timeLine: timeLine, at: location)
        let classNames: [String]? =
            switch outline.labels {
            case .none: nil
            case .classes(let names): names
            case .toldAtEnd: remarks.classNames?.map(\.normalizedName)
            }
        let identity = try identity(ofPart: outline.part)
        let repairs = try repair(
            rows, rate: rate.rate, cuts: cuts(timeLine, remarks), channels: outline.channels)
        let lines = remarks.lines
        var subject = QualityAssessment.Subject(
            channels: outline.channels, steps: outline.scaling.map { $0.scale.map(abs) },
            rate: rate.rate, file: url.relativePath)
        subject.timeLine = timeLine
        subject.classNames = classNames
        subject.labelRuns = rows.labelRuns
        subject.told = outline.quality + remarks.quality + (repairs?.intervals ?? [])
        let quality = try QualityAssessment.assess(
            rows, of: subject, lineOfSample: { lines?.line(ofRow: $0) })
        var history = outline.history
        history.append(
            step(outline, remarks, rate: rate, timeLine: timeLine, quality: quality, rows: rows))
        if let repairs, let seconds = intake.options.repairSeconds,
            let step = repairs.step(longestSeconds: seconds)
        {
            history.append(step)
        }
        if sha256 == nil {
            sha256 = try SourceDigest.of(
                intake.reader.files(of: url, options: intake.options), first: remarks.sha256)
        }
        let source = SourceFile(name: url.lastPathComponent, sha256: sha256 ?? "")
        var description = RecordingDescription(
            identity: identity, channels: outline.channels, samplingRate: rate.rate,
            source: source)
        description.effectiveRate = quality.effectiveRate
        description.quality = quality.intervals
        description.history = history
        var header = RecordingHeader(
            description, sampleCount: rows.sampleCount, classNames: classNames,
            hasTimeStamps: outline.hasTimeStamps, targets: outline.targets)
        if let scaling = outline.scaling { header.scaling = scaling }
        return TakenRecording(
            header: header,
            warnings: told.warnings + outline.warnings + names.warnings + remarks.warnings
                + (repairs?.warnings(at: location) ?? []) + quality.warnings, rows: rows)
    }

    private func makeRows(_ outline: StreamOutline) -> RowStore {
        var parts: RowStore.Parts = []
        if outline.labels != .none { parts.insert(.labels) }
        if outline.hasTimeStamps { parts.insert(.timeStamps) }
        return RowStore(
            channelCount: outline.channels.count, with: parts, targetWidth: outline.targets.width,
            budget: intake.memoryBudget, folder: intake.spoolFolder)
    }

    /// Interpolates missing samples, where the caller asks for it.
    private func repair(
        _ rows: RowStore, rate: SamplingRate, cuts: Set<Int>, channels: [Channel]
    ) throws(IngestError) -> RepairOutcome? {
        guard let seconds = intake.options.repairSeconds else { return nil }
        let repair = Repair(longest: rate.samples(inSeconds: seconds))
        let outcome = try repair.repair(rows, cuts: cuts, channels: channels)
        rows.setPatches(outcome.patches)
        return outcome
    }

    private func fill(
        _ rows: RowStore, progress: (Double) -> Void
    ) throws(IngestError) {
        let total = stream.outline.sampleCount ?? stream.outline.expectedCount
        if let total { rows.reserve(total) }
        let blockRows = max(1, Self.blockValues / rows.channelCount)
        var block = RowBlock()
        while try stream.read(into: &block, atMost: blockRows) {
            try rows.append(block)
            block.removeAll()
            // Looking the rows over and writing them is about as much work as reading them.
            let part = total.map { Double(rows.sampleCount) / Double(max(1, $0)) } ?? 0
            progress(Intake.readingShare * min(1, part))
        }
        try rows.seal()
        progress(Intake.readingShare)
        guard rows.sampleCount > 0 else {
            throw IngestError(.noSamples(found: "a header and no samples"), at: location)
        }
    }

    /// Samples before which the recording is cut.
    private func cuts(_ timeLine: TimeLine?, _ remarks: StreamRemarks) -> Set<Int> {
        Set(timeLine?.breaks.map(\.sample) ?? []).union(
            remarks.quality.filter { $0.kind == .gap }.map(\.range.start))
    }

    /// The identity, with the name of a part that is not the main one as its run.
    private func identity(ofPart part: String?) throws(IngestError) -> RecordingIdentity {
        let base = told.identity
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
        _ outline: StreamOutline, _ remarks: StreamRemarks, rate: EstimatedRate,
        timeLine: TimeLine?, quality: QualityAssessment, rows: RowStore
    ) -> ProcessingStep {
        let options = intake.options
        var parameters = outline.details.merging(remarks.details) { $1 }
        parameters["rows"] = .integer(rows.sampleCount)
        parameters["sampling_rate_hz"] = .number(rate.rate.hertz)
        parameters["sampling_rate_from"] = .text(rate.origin)
        if let timeLine { parameters.merge(timeLine.facts) { $1 } }
        if !outline.targets.isEmpty {
            parameters["targets"] = .list(
                outline.targets.flatMap { $0.columnNames.map { .text($0) } })
        }
        if quality.humLevels.contains(where: { $0 > 0 }) {
            // Two decimals, which no processor and no order of sums changes.
            parameters["mains_hum_db"] = .list(
                quality.humLevels.map { .number(($0 * 100).rounded() / 100) })
        }
        if let part = outline.part { parameters["part"] = .text(part) }
        parameters["missing_samples"] = .text(options.missing.rawValue)
        parameters[ReadOptions.fingerprintName] = .text(options.fingerprint)
        return ProcessingStep(
            operation: "ingest.\(intake.reader.formatName)", parameters: parameters,
            software: SoftwareVersion.text)
    }
}
