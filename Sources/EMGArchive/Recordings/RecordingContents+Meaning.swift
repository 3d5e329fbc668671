import Documents
import EMGSignal
import HDF5
import PrintableText

extension RecordingContents {
    /// The contents of the file of a recording, written by this software.
    init(_ header: RecordingHeader) {
        let units = header.channels.map(\.unit)
        precondition(
            header.scaling.scale.count == units.count,
            "\(header.scaling.scale.count) scales for \(units.count) channels")
        self.init(
            patient: header.identity.patient, session: header.identity.session,
            condition: header.identity.condition, run: header.identity.run,
            samplingRate: header.samplingRate.hertz,
            effectiveRate: header.effectiveRate.hertz,
            unit: Set(units).count == 1 ? units[0] : RecordingNames.mixedUnits,
            software: SoftwareVersion.text, sourceName: header.source.name,
            sourceSHA256: header.source.sha256,
            history: header.history.allSatisfy(\.isFinite)
                ? DocumentValue.array(header.history.map(\.document)).json(.canonical) : "",
            channelNames: header.channels.map(\.name), channelUnits: units,
            scale: header.scaling.scale, offset: header.scaling.offset,
            shape: [header.sampleCount, units.count], classNames: header.classNames,
            hasTimeStamps: header.hasTimeStamps,
            quality: header.quality.flatMap { interval in
                [
                    Int64(interval.range.start), Int64(interval.range.end),
                    Int64(interval.channel ?? -1), Int64(interval.kind.rawValue),
                ]
            },
            targets: header.targets.map {
                Target(name: $0.name, unit: $0.unit, dimensions: $0.dimensions)
            })
    }

    /// Makes sure that reading the file back will give the header that is written: nothing is
    /// stored that reading refuses.
    func checkWritable(file: String) throws(ArchiveError) {
        let texts =
            [patient, session, condition, run, unit, sourceName, history] + channelNames
            + channelUnits + (classNames ?? []) + targets.map(\.unit)
        if let text = texts.first(where: { $0.utf8.contains(0) }) {
            throw Self.invalid("texts without NUL", text, "/", in: file)
        }
        _ = try header(file: file)
    }

    /// The header, with every value checked.
    func header(file: String) throws(ArchiveError) -> RecordingHeader {
        guard shape[1] >= 1 else {
            throw Self.invalid("at least 1 channel", "none", RecordingNames.signal, in: file)
        }
        for (name, count) in [
            ("channel_names", channelNames.count), ("channel_units", channelUnits.count),
            ("scale", scale.count), ("offset", offset.count),
        ] where count != shape[1] {
            throw Self.invalid(
                "one for each of \(shape[1], of: "channel")", "\(count)",
                "\(RecordingNames.signal)@\(name)", in: file)
        }
        if let value = scale.first(where: { !$0.isFinite || $0 == 0 }) {
            throw Self.invalid("finite scales other than 0", "\(value)", "/emg@scale", in: file)
        }
        if let value = offset.first(where: { !$0.isFinite }) {
            throw Self.invalid("finite offsets", "\(value)", "/emg@offset", in: file)
        }
        let identity = try identity(file: file)
        let samplingRate = try rate(samplingRate, "/@sampling_rate_hz", in: file)
        let effectiveRate = try rate(effectiveRate, "/@effective_rate_hz", in: file)
        let quality = try qualityIntervals(file: file)
        var description = RecordingDescription(
            identity: identity,
            channels: zip(channelNames, channelUnits).map { Channel(name: $0, unit: $1) },
            samplingRate: samplingRate, source: try source(file: file))
        description.effectiveRate = effectiveRate
        description.quality = quality
        description.history = try steps(file: file)
        var header = RecordingHeader(
            description, sampleCount: shape[0], classNames: classNames,
            hasTimeStamps: hasTimeStamps, targets: try targetDescriptions(file: file))
        header.scaling = ADCScaling(scale: scale, offset: offset)
        header.software = software
        return header
    }

    /// The recording, with every value checked.
    func recording(
        samples: [Float], labels: [UInt8], timeStamps: [Double], targets: [[Float]], file: String
    ) throws(ArchiveError) -> Recording {
        let header = try header(file: file)
        var checks = RowChecks(header, file: file)
        try checks.check(samples: samples, labels: [], timeStamps: timeStamps, from: 0)
        try checks.finish()
        do throws(SignalError) {
            return try Recording(
                header.description,
                samples: SampleMatrix(values: samples, channelCount: shape[1]),
                labels: try labelTrack(labels), timeStamps: hasTimeStamps ? timeStamps : nil,
                targets: zip(header.targets, targets).map { description, values in
                    TargetTrack(
                        description,
                        values: SampleMatrix(
                            values: values, channelCount: description.dimensions.count))
                })
        } catch {
            throw Self.translated(error, RecordingNames.labels, in: file)
        }
    }

    /// The labels, each with a class name.
    func labelTrack(_ labels: [UInt8], file: String) throws(ArchiveError) -> LabelTrack? {
        do throws(SignalError) {
            return try labelTrack(labels)
        } catch {
            throw Self.translated(error, RecordingNames.labels, in: file)
        }
    }

    // MARK: Parts

    private func identity(file: String) throws(ArchiveError) -> RecordingIdentity {
        do throws(SignalError) {
            return try RecordingIdentity(
                patient: patient, session: session, condition: condition, run: run)
        } catch {
            throw Self.translated(error, "/", in: file)
        }
    }

    private func targetDescriptions(file: String) throws(ArchiveError) -> [TargetDescription] {
        var result: [TargetDescription] = []
        for target in targets {
            do throws(SignalError) {
                result.append(
                    try TargetDescription(
                        name: target.name, unit: target.unit, dimensions: target.dimensions))
            } catch {
                throw Self.translated(error, target.path, in: file)
            }
        }
        guard Set(result.map(\.name)).count == result.count else {
            throw Self.invalid(
                "targets of different names", result.map(\.name).joined(separator: ", "),
                RecordingNames.targets, in: file)
        }
        guard result.width <= TargetDescription.mostDimensions else {
            throw Self.invalid(
                "at most \(TargetDescription.mostDimensions) dimensions of targets",
                "\(result.width)", RecordingNames.targets, in: file)
        }
        return result
    }

    private func rate(
        _ hertz: Double, _ object: String, in file: String
    ) throws(ArchiveError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw Self.translated(error, object, in: file)
        }
    }

    private func labelTrack(_ labels: [UInt8]) throws(SignalError) -> LabelTrack? {
        guard let classNames else { return nil }
        return try LabelTrack(classNames: classNames, values: labels)
    }

    private func source(file: String) throws(ArchiveError) -> SourceFile {
        guard Hash.isWellFormed(sourceSHA256) else {
            throw Self.invalid(
                "64 lower-case hexadecimal digits", sourceSHA256, "/@source_sha256", in: file)
        }
        return SourceFile(name: sourceName, sha256: sourceSHA256)
    }

    private func steps(file: String) throws(ArchiveError) -> [ProcessingStep] {
        do throws(DocumentError) {
            let document = try Document(json: history.utf8, name: "history")
            var steps: [ProcessingStep] = []
            for cursor in try document.cursor.array() {
                steps.append(try ProcessingStep(cursor))
            }
            return steps
        } catch {
            throw Self.invalid(
                "a JSON list of steps with finite numbers", error.withoutHint, "/@history",
                in: file)
        }
    }

    private func qualityIntervals(file: String) throws(ArchiveError) -> [QualityInterval] {
        let columns = RecordingNames.qualityColumns.count
        var intervals: [QualityInterval] = []
        for row in 0..<quality.count / columns {
            let cells = quality[row * columns..<(row + 1) * columns].map { Int($0) }
            let (start, stop, channel) = (cells[0], cells[1], cells[2])
            guard 0 <= start, start <= stop, stop <= shape[0] else {
                throw Self.invalid(
                    "a range within \(shape[0], of: "sample")", "\(start) to \(stop) in row \(row)",
                    RecordingNames.quality, in: file)
            }
            guard -1 <= channel, channel < shape[1] else {
                throw Self.invalid(
                    "a channel below \(shape[1]), or -1", "\(channel) in row \(row)",
                    RecordingNames.quality, in: file)
            }
            guard let kind = UInt8(exactly: cells[3]).flatMap(QualityInterval.Kind.init) else {
                throw Self.invalid(
                    "a kind from 1 to \(QualityInterval.Kind.allCases.count)",
                    "\(cells[3]) in row \(row)", RecordingNames.quality, in: file)
            }
            intervals.append(
                QualityInterval(
                    range: SampleRange(start: start, end: stop),
                    channel: channel < 0 ? nil : channel, kind: kind))
        }
        return intervals
    }

    // MARK: Errors

    static func invalid(
        _ expected: String, _ found: String, _ object: String, in file: String
    ) -> ArchiveError {
        ArchiveError(
            .invalid(expected: expected, found: found), at: Place(file: file, object: object),
            hint: "make the recording again from its source")
    }

    static func translated(
        _ error: SignalError, _ object: String, in file: String
    ) -> ArchiveError {
        let (expected, found) =
            switch error.kind {
            case .implausibleSamplingRate(let found):
                ("a rate above 0 and at most 1000000 Hz", "\(found)")
            case .unusableName(let part, let found):
                ("a \(part) that can be a file's name", found)
            case .lengthMismatch(let what, let expected, let found):
                ("\(expected) \(what)", "\(found)")
            case .labelOutOfRange(let found, let classes, let sample):
                ("labels below \(classes)", "\(found) at sample \(sample)")
            }
        return ArchiveError(
            .invalid(expected: expected, found: found), at: Place(file: file, object: object),
            hint: error.hint)
    }
}

extension DocumentError {
    /// What and where, on one line.
    fileprivate var withoutHint: String {
        String(description.prefix { $0 != "\n" })
    }
}
