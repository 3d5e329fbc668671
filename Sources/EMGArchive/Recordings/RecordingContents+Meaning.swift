import Documents
import EMGSignal
import HDF5

extension RecordingContents {
    /// The contents of the file of a recording.
    init(_ recording: Recording, scaling: SourceScaling?) {
        let channelCount = recording.samples.channelCount
        let scaling = scaling ?? .identity(channelCount: channelCount)
        precondition(
            scaling.scale.count == channelCount,
            "\(scaling.scale.count) scales for \(channelCount) channels")
        let units = recording.channels.map(\.unit)
        self.init(
            patient: recording.identity.patient, session: recording.identity.session,
            condition: recording.identity.condition, run: recording.identity.run,
            samplingRate: recording.samplingRate.hertz,
            effectiveRate: recording.effectiveRate.hertz,
            unit: Set(units).count == 1 ? units[0] : RecordingNames.mixedUnits,
            software: SoftwareVersion.text, sourceName: recording.source.name,
            sourceSHA256: recording.source.sha256,
            history: recording.history.allSatisfy(\.isFinite)
                ? JSONText.array(recording.history.map(\.text)).compact : "",
            channelNames: recording.channels.map(\.name), channelUnits: units,
            scale: scaling.scale, offset: scaling.offset,
            shape: [recording.sampleCount, channelCount], samples: recording.samples.values,
            classNames: recording.labels?.classNames, labels: recording.labels?.values ?? [],
            hasTimeStamps: recording.timeStamps != nil, timeStamps: recording.timeStamps ?? [],
            quality: recording.quality.flatMap { interval in
                [
                    Int64(interval.range.start), Int64(interval.range.end),
                    Int64(interval.channel ?? -1), Int64(interval.kind.rawValue),
                ]
            })
    }

    /// Makes sure that reading the file back will give the recording that is written: nothing
    /// is stored that reading refuses.
    func checkWritable(file: String) throws(ArchiveError) {
        let texts =
            [patient, session, condition, run, unit, sourceName, history] + channelNames
            + channelUnits + (classNames ?? [])
        if let text = texts.first(where: { $0.utf8.contains(0) }) {
            throw invalid("texts without NUL", text, "/", in: file)
        }
        _ = try recording(file: file)
    }

    /// The header, with every value checked.
    func header(file: String) throws(ArchiveError) -> RecordingHeader {
        guard shape[1] >= 1 else {
            throw invalid("at least 1 channel", "none", RecordingNames.signal, in: file)
        }
        for (name, count) in [
            ("channel_names", channelNames.count), ("channel_units", channelUnits.count),
            ("scale", scale.count), ("offset", offset.count),
        ] where count != shape[1] {
            throw invalid(
                "one for each of \(shape[1]) channels", "\(count)",
                "\(RecordingNames.signal)@\(name)", in: file)
        }
        if let value = scale.first(where: { !$0.isFinite || $0 == 0 }) {
            throw invalid("finite scales other than 0", "\(value)", "/emg@scale", in: file)
        }
        if let value = offset.first(where: { !$0.isFinite }) {
            throw invalid("finite offsets", "\(value)", "/emg@offset", in: file)
        }
        return RecordingHeader(
            identity: try identity(file: file),
            channels: zip(channelNames, channelUnits).map { Channel(name: $0, unit: $1) },
            samplingRate: try rate(samplingRate, "/@sampling_rate_hz", in: file),
            effectiveRate: try rate(effectiveRate, "/@effective_rate_hz", in: file),
            sampleCount: shape[0], classNames: classNames, hasTimeStamps: hasTimeStamps,
            quality: try qualityIntervals(file: file),
            source: try source(file: file), history: try steps(file: file),
            scaling: SourceScaling(scale: scale, offset: offset), software: software)
    }

    /// The recording, with every value checked.
    func recording(file: String) throws(ArchiveError) -> Recording {
        let header = try header(file: file)
        try NonFiniteSamples.check(
            samples, channelCount: shape[1], quality: header.quality,
            at: Place(file: file, object: RecordingNames.signal))
        if let index = timeStamps.firstIndex(where: { !$0.isFinite }) {
            throw invalid(
                "finite times", "\(timeStamps[index]) at sample \(index)",
                RecordingNames.timeStamps, in: file)
        }
        do throws(SignalError) {
            return try Recording(
                identity: header.identity, channels: header.channels,
                samplingRate: header.samplingRate, effectiveRate: header.effectiveRate,
                samples: SampleMatrix(values: samples, channelCount: shape[1]),
                labels: try labelTrack(), timeStamps: hasTimeStamps ? timeStamps : nil,
                quality: header.quality, source: header.source, history: header.history)
        } catch {
            throw translated(error, RecordingNames.labels, in: file)
        }
    }

    /// The labels, each with a class name.
    func labels(file: String) throws(ArchiveError) -> LabelTrack? {
        do throws(SignalError) {
            return try labelTrack()
        } catch {
            throw translated(error, RecordingNames.labels, in: file)
        }
    }

    // MARK: Parts

    private func identity(file: String) throws(ArchiveError) -> RecordingIdentity {
        do throws(SignalError) {
            return try RecordingIdentity(
                patient: patient, session: session, condition: condition, run: run)
        } catch {
            throw translated(error, "/", in: file)
        }
    }

    private func rate(
        _ hertz: Double, _ object: String, in file: String
    ) throws(ArchiveError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw translated(error, object, in: file)
        }
    }

    private func labelTrack() throws(SignalError) -> LabelTrack? {
        guard let classNames else { return nil }
        return try LabelTrack(classNames: classNames, values: labels)
    }

    private func source(file: String) throws(ArchiveError) -> SourceFile {
        guard Hash.isWellFormed(sourceSHA256) else {
            throw invalid(
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
            throw invalid(
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
                throw invalid(
                    "a range within \(shape[0]) samples", "\(start) to \(stop) in row \(row)",
                    RecordingNames.quality, in: file)
            }
            guard -1 <= channel, channel < shape[1] else {
                throw invalid(
                    "a channel below \(shape[1]), or -1", "\(channel) in row \(row)",
                    RecordingNames.quality, in: file)
            }
            guard let kind = UInt8(exactly: cells[3]).flatMap(QualityInterval.Kind.init) else {
                throw invalid(
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

    private func invalid(
        _ expected: String, _ found: String, _ object: String, in file: String
    ) -> ArchiveError {
        ArchiveError(
            .invalid(expected: expected, found: found), at: Place(file: file, object: object),
            hint: "make the recording again from its source")
    }

    private func translated(
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
