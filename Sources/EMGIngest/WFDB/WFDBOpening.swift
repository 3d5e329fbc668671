internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of a record.
struct WFDBOpening {
    private let url: URL
    private let options: ReadOptions
    private let record: WFDBRecord
    private let annotators: WFDBAnnotators
    private let annotations: WFDBAnnotationFile?

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        self.url = url
        self.options = options
        record = try WFDBRecord.read(url)
        annotators = try WFDBAnnotators(of: url, files: record.files)
        if let file = annotators.url {
            annotations = try WFDBAnnotationFile.read(file)
        } else {
            annotations = nil
        }
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let parts = WFDBPart.parts(of: record)
        let selected = try options.parts.of(parts, in: record.header.file)
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            var warnings = record.warnings + annotators.warnings
            for other in parts where !selected.contains(where: { $0.part == other }) {
                warnings.append(
                    IngestWarning(
                        .partLeftOut, at: SourceLocation(file: record.header.file),
                        count: other.signals.count,
                        message:
                            "left out \(other.name), \(other.signals.count, of: "signal") with "
                            + "\(other.samplesPerFrame, of: "sample") a frame; "
                            + "ask for the part to read it"))
            }
            streams.append(try stream(part, isMain: isMain, warnings: warnings))
        }
        return streams
    }

    private func stream(
        _ part: WFDBPart, isMain: Bool, warnings: [IngestWarning]
    ) throws(IngestError) -> WFDBStream {
        let rows = WFDBRows(record.segments, part: part)
        let rate = try samplingRate(part.hertz)
        let (channels, assumed) = channels(of: part)
        let (labels, bad, source, odd) = labels(rows)
        var details: [String: ProcessingStep.Value] = [
            "part": .text(part.name),
            "storage_formats": .list(formats(of: part).map { .integer($0) }),
        ]
        if record.segments.count > 1 { details["segments"] = .integer(record.segments.count) }
        if part.samplesPerFrame > 1 {
            details["samples_per_frame"] = .integer(part.samplesPerFrame)
        }
        if !record.header.start.isEmpty { details["start"] = .text(record.header.start) }
        if let source { details["labels_from"] = .text(source) }
        let comments = record.header.comments.prefix(100)
        if !comments.isEmpty {
            details["comments"] = .list(comments.map { .text(String($0.prefix(500))) })
        }
        var all = warnings + assumed + odd
        if record.isRateAssumed {
            all.append(
                IngestWarning(
                    .assumption,
                    at: SourceLocation(
                        file: record.header.file, line: 1, field: "sampling frequency",
                        object: "record line"),
                    message: "the header has no sampling frequency: assumed "
                        + "\(part.hertz.brief) Hz, as the format has it"))
        }
        var metadata = StreamMetadata(
            channels: channels,
            rate: record.isRateAssumed
                ? .assumed(rate, because: "the format has 250 frames a second where none is stated")
                : .declared(rate, by: "header"),
            labels: labels.map { .classes($0.classNames) } ?? .none,
            hasTimeStamps: rows.hasGaps, sampleCount: rows.count, details: details)
        metadata.part = isMain ? nil : part.name
        metadata.scaling = scaling(of: part)
        metadata.warnings = all
        metadata.quality = bad
        return WFDBStream(
            record, part: part, rows: rows, metadata: metadata, labels: labels,
            missing: options.missing)
    }

    private func samplingRate(_ hertz: Double) throws(IngestError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(
                .inconsistent(expected: "a plausible sampling frequency", found: "\(hertz) Hz"),
                at: SourceLocation(
                    file: record.header.file, line: 1, field: "sampling frequency",
                    object: "record line"), hint: error.hint)
        }
    }

    private func formats(of part: WFDBPart) -> [Int] {
        var formats: Set<Int> = []
        for segment in record.segments {
            for case let number? in part.signals.map({ segment.numbers[$0] }) {
                formats.insert(segment.header.signals[number].format.rawValue)
            }
        }
        return formats.sorted()
    }

    /// The way back to the numbers; `nil` when segments have ways of their own, so that there is
    /// none for the whole.
    private func scaling(of part: WFDBPart) -> ADCScaling? {
        var scale: [Double] = []
        var offset: [Double] = []
        for master in part.signals {
            var ways: Set<[Double]> = []
            for segment in record.segments {
                guard let number = segment.numbers[master] else { continue }
                let signal = segment.header.signals[number]
                ways.insert([signal.gain, Double(signal.baseline)])
            }
            guard ways.count <= 1 else { return nil }
            let signal = record.signals[master]
            let way = ways.first ?? [signal.gain, Double(signal.baseline)]
            scale.append(1 / way[0])
            offset.append(way[1] == 0 ? 0 : -way[1] / way[0])
        }
        guard scale.allSatisfy({ $0.isFinite && $0 != 0 }), offset.allSatisfy(\.isFinite) else {
            return nil
        }
        return ADCScaling(scale: scale, offset: offset)
    }

    /// The channels: names that are unique, units of the header or of the format.
    private func channels(
        of part: WFDBPart
    ) -> (channels: [Channel], warnings: [IngestWarning]) {
        var warnings: [IngestWarning] = []
        var renamed: [String] = []
        let signals = part.signals.map { (number: $0, signal: record.signals[$0]) }
        let titles = UniqueNames.numbered(signals.map { $0.signal.title($0.number) })
        let channels = zip(titles, signals.map(\.signal)).map { name, signal in
            if name != signal.description { renamed.append(name) }
            return Channel(name: name, unit: signal.unit)
        }
        func warn(_ kind: IngestWarning.Kind, _ signals: [String], _ what: String) {
            guard let first = signals.first else { return }
            warnings.append(
                IngestWarning(
                    kind, at: SourceLocation(file: record.header.file), count: signals.count,
                    message:
                        "\(signals.count, of: "signal has", plural: "signals have") \(what), "
                        + "first \"\(first)\""
                ))
        }
        func names(_ isOne: (WFDBSignal) -> Bool) -> [String] {
            zip(channels, signals).compactMap { isOne($1.signal) ? $0.name : nil }
        }
        warn(.headerFault, renamed, "no name of its own: one was given")
        warn(
            .assumption, names(\.isGainAssumed),
            "no gain: assumed 200 numbers per unit, as the format has it")
        warn(
            .assumption, names(\.isUnitAssumed),
            "no unit: assumed mV, as the format has it")
        return (channels, warnings)
    }

    /// The labels, from the name of the record where that tells, from annotations otherwise.
    private func labels(
        _ rows: WFDBRows
    ) -> (
        labels: EventLabels?, bad: [QualityInterval], from: String?, warnings: [IngestWarning]
    ) {
        let place = SourceLocation(file: annotations?.file ?? record.header.file)
        if let label = WFDBIdentity(of: url).label {
            let (labels, bad, warnings) = EventLabels.make(
                [LabelEvent(start: 0, duration: nil, name: label)], sampleCount: rows.count,
                sampleAt: { $0 <= 0 ? 0 : rows.row(at: $0) }, at: place)
            return (labels, bad, "file name", warnings)
        }
        guard let annotations else { return (nil, [], nil, []) }
        let clock = annotations.timeResolution ?? record.frameRate
        let events = annotations.annotations.map { annotation in
            LabelEvent(
                start: Double(annotation.time) / clock, duration: nil,
                name: annotation.className(annotations.definitions))
        }
        guard !events.isEmpty else { return (nil, [], nil, annotations.warnings) }
        let (labels, bad, warnings) = EventLabels.make(
            events, sampleCount: rows.count, sampleAt: rows.row(at:), at: place)
        let source = annotators.url?.lastPathComponent
        return (labels, bad, labels == nil ? nil : source, annotations.warnings + warnings)
    }
}
