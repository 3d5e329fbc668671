internal import EMGFormats
internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of a file.
struct EDFOpening {
    private let contents: EDFContents
    private let url: URL
    private let options: ReadOptions
    private let sidecars: BIDSSidecars?
    private let parts: [EDFPart]

    init(_ contents: EDFContents, url: URL, options: ReadOptions) throws(IngestError) {
        self.contents = contents
        self.url = url
        self.options = options
        let sidecars = try BIDSSidecars(of: url)
        self.sidecars = sidecars
        parts = EDFPart.parts(of: contents.header) { sidecars?.kind(of: $0) ?? $0.kind }
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let selected = try options.parts.of(parts, in: contents.file)
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            var warnings = contents.header.warnings + contents.extent.warnings
            warnings += contents.scan.warnings
            if url.pathExtension.lowercased() == contents.header.format.other.name {
                warnings.append(
                    IngestWarning(
                        .headerFault, at: SourceLocation(file: contents.file),
                        message: "the name is that of \(contents.header.format.other.title), "
                            + "the file is \(contents.header.format.title)"))
            }
            for other in parts where !selected.contains(where: { $0.part == other }) {
                warnings.append(
                    IngestWarning(
                        .partLeftOut, at: SourceLocation(file: contents.file),
                        count: other.signals.count,
                        message: "left out \(other.name): \(other.labels); "
                            + "--parts \(other.name) reads it"))
            }
            streams.append(try stream(part, isMain: isMain, warnings: warnings))
        }
        return streams
    }

    private func stream(
        _ part: EDFPart, isMain: Bool, warnings: [IngestWarning]
    ) throws(IngestError) -> EDFStream {
        var warnings = warnings
        var calibrations: [EDFCalibration] = []
        for signal in part.signals { calibrations.append(try signal.calibration.get()) }
        let timeLine = contents.scan.timeLine
        let rows = EDFRows(timeLine, rowsPerRecord: part.rowsPerRecord)
        let rate = try samplingRate(rows.hertz)
        let (channels, named) = contents.channels(of: part, unit: options.unit) { signal in
            sidecars?.channels?[signal.label]?.units?.text
        }
        warnings += named
        var details = contents.details(of: part)
        details["part"] = .text(part.name)
        var notes = StreamNotes(quality: gaps(rows))
        if let sidecars {
            details.merge(sidecars.description.details) { $1 }
            let (quality, odd) = sidecars.notes(
                on: part, channels: channels, of: contents.header, hertz: rows.hertz,
                sampleCount: rows.count)
            notes.quality += quality
            warnings += odd
        }
        let table = try sidecars?.folder.events.map { (url) throws(IngestError) in
            try BIDSEvents(url, hertz: rows.hertz)
        }
        let (bad, marked) = markedBad(part, rows: rows, table: table)
        // A channel may be marked in the table of channels, too.
        let present = Set(notes.quality)
        notes.quality += bad.filter { !present.contains($0) }
        warnings += marked
        let (labels, source, unending, events) = try labels(rows, table: table)
        notes.quality += unending
        warnings += events
        if labels != nil { details["labels_from"] = .text(source) }
        var metadata = StreamMetadata(
            channels: channels, rate: .declared(rate, by: "header"),
            labels: labels.map { .classes($0.classNames) } ?? .none,
            hasTimeStamps: timeLine.hasBreaks || timeLine.gaps.contains { $0.end > $0.start },
            sampleCount: rows.count, details: details)
        metadata.part = isMain ? nil : part.name
        metadata.scaling = ADCScaling(
            scale: calibrations.map(\.scale), offset: calibrations.map(\.offset))
        metadata.warnings = warnings
        return EDFStream(
            contents, part: part, rows: rows, calibrations: calibrations, metadata: metadata,
            labels: labels, notes: notes, source: try PositionedFile(url))
    }

    private func samplingRate(_ hertz: Double) throws(IngestError) -> SamplingRate {
        try .stated(
            hertz, at: SourceLocation(file: contents.file, field: "record duration", byte: 244),
            hint: "the header is damaged")
    }

    private func gaps(_ rows: EDFRows) -> [QualityInterval] {
        rows.segments.dropFirst().map { segment in
            QualityInterval(
                range: SampleRange(start: segment.firstRow, end: segment.firstRow + 1),
                channel: nil, kind: .gap)
        }
    }

    /// What annotations, and a table of events, say is the matter; programs write both alike.
    private func markedBad(
        _ part: EDFPart, rows: EDFRows, table: BIDSEvents?
    ) -> (quality: [QualityInterval], warnings: [IngestWarning]) {
        let labels = part.signals.map(\.label)
        let marks =
            contents.scan.events.intervals(
                over: rows, origin: contents.scan.timeLine.onset, labels: labels)
            + (table?.stated.intervals(over: rows, origin: 0, labels: labels) ?? [])
        var quality: [QualityInterval] = []
        var seen: Set<QualityInterval> = []
        for mark in marks {
            // What was not finite has become a number in the file.
            let kind = QualityAnnotation.kind(of: mark.text)
            let interval = QualityInterval(
                range: mark.range, channel: mark.channel,
                kind: kind.flatMap { $0 == .nonFinite || $0 == .gap ? nil : $0 } ?? .markedBad)
            if seen.insert(interval).inserted { quality.append(interval) }
        }
        let location = SourceLocation(file: contents.file)
        var warnings: [IngestWarning] = []
        if let first = marks.first(where: { QualityAnnotation.isBad($0.text) }) {
            warnings.append(
                IngestWarning(
                    .markedBad, at: location, count: quality.count,
                    message:
                        "\(quality.count, of: "annotation marks", plural: "annotations mark") "
                        + "samples as bad, first "
                        + "\"\(first.text)\" from sample \(first.range.start)"))
        }
        let pointless = contents.scan.events.marks
            .filter { $0.duration == 0 && QualityAnnotation.isBad($0.text) }
        if let first = pointless.first {
            warnings.append(
                IngestWarning(
                    .events, at: location, count: pointless.count,
                    message:
                        "\(pointless.count, of: "annotation") marking "
                        + "samples as bad \(pointless.count == 1 ? "has" : "have") no "
                        + "duration and \(pointless.count == 1 ? "marks" : "mark") nothing, "
                        + "first \"\(first.text)\" at \(first.start.brief) s"))
        }
        return (quality, warnings)
    }

    /// The labels: from the channel of triggers that a template names, from the table of events, from
    /// annotations, or from a channel of triggers where there is nothing else.
    private func labels(
        _ rows: EDFRows, table: BIDSEvents?
    ) throws(IngestError) -> (
        labels: EventLabels?, from: String, bad: [QualityInterval], warnings: [IngestWarning]
    ) {
        if let asked = options.template?.edf?.triggers {
            return try triggerLabels(rows, asked, isAsked: true)
        }
        if let table {
            // A mark without a duration may last until the next event.
            let unending = table.stated.marks.filter { $0.duration == 0 && $0.channel == nil }
                .map { LabelEvent(start: $0.start, duration: nil, name: $0.text) }
            let (labels, bad, warnings) = EventLabels.make(
                table.stated.events + unending, sampleCount: rows.count, sampleAt: rows.row(at:),
                at: SourceLocation(file: table.file))
            let name = URL(filePath: table.file).lastPathComponent
            return (labels, name, bad, table.warnings + warnings)
        }
        let origin = contents.scan.timeLine.onset
        let events = contents.scan.events.events.map { event in
            LabelEvent(
                start: event.start - origin, duration: event.duration, name: event.name)
        }
        guard !events.isEmpty else {
            return try triggerLabels(rows, EDFLayout.Triggers(), isAsked: false)
        }
        // The marks of what is bad were distinguished before.
        let (labels, bad, warnings) = EventLabels.make(
            events, sampleCount: rows.count, sampleAt: rows.row(at:),
            at: SourceLocation(file: contents.file))
        return (labels, "annotations", bad, warnings)
    }

    /// The labels of a channel of triggers.
    private func triggerLabels(
        _ rows: EDFRows, _ layout: EDFLayout.Triggers, isAsked: Bool
    ) throws(IngestError) -> (
        labels: EventLabels?, from: String, bad: [QualityInterval], warnings: [IngestWarning]
    ) {
        guard let signal = try EDFTriggers.signal(of: contents, named: layout.channel) else {
            guard isAsked else { return (nil, "", [], []) }
            throw IngestError(
                .missingColumn(
                    name: "Status", found: contents.header.ordinary.map(\.label)),
                at: SourceLocation(file: contents.file),
                hint: "name the channel of triggers (edf: triggers: channel) in the template")
        }
        let triggers = try EDFTriggers(
            signal, in: try PositionedFile(url), of: contents, layout: layout, isAsked: isAsked,
            name: { options.template?.className(of: String($0)) ?? String($0) })
        var warnings = triggers.warnings
        if !isAsked { warnings += triggers.notice(in: contents.file).map { [$0] } ?? [] }
        guard !triggers.events.isEmpty else { return (nil, "", [], warnings) }
        let (labels, bad, odd) = EventLabels.make(
            triggers.events, sampleCount: rows.count, sampleAt: rows.row(at:),
            at: SourceLocation(file: contents.file, object: signal.title))
        return (labels, "channel \(signal.label)", bad, warnings + odd)
    }
}
