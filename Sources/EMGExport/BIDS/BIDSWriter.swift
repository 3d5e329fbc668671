internal import Documents
internal import EMGFormats
internal import EMGSignal
private import Files
internal import Foundation

/// Writes a recording into a BIDS data set: EDF+ or BDF+ and its side files. What is not known is
/// `n/a`.
struct BIDSWriter {
    /// The top of the data set.
    let folder: URL
    /// The writer of the samples.
    let writer: EDFWriter

    /// Writes a recording and its side files.
    ///
    /// - Returns: The files, the samples first, and what the format could not take over.
    func write<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, at place: BIDSPlace
    ) throws(ExportError) -> (files: [URL], notes: [String]) {
        let layout = try EDFLayout.plan(
            header, rows: rows, format: writer.format, start: writer.start)
        let data = url(place, .emg, writer.format.name)
        try writer.write(layout, rows: rows, of: header, to: data)
        let channels = url(place, .channels, "tsv")
        try Self.write(Self.channels(header, layout: layout), to: channels)
        let description = url(place, .emg, "json")
        try Self.write(
            Self.description(header, layout: layout).json(.indented), to: description)
        var files = [data, channels, description]
        if header.classNames != nil || !layout.qualityMarks.isEmpty
            || layout.plan.segments.count > 1
        {
            let events = url(place, .events, "tsv")
            try Self.write(Self.events(layout), to: events)
            files.append(events)
        }
        return (files, layout.notes)
    }

    private static func write(_ text: String, to url: URL) throws(ExportError) {
        try ExportError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
    }

    private func url(
        _ place: BIDSPlace, _ suffix: BIDS.Suffix, _ fileExtension: String
    ) -> URL {
        folder.appending(path: place.path(suffix, fileExtension), directoryHint: .notDirectory)
    }

    // MARK: - Channels

    private static func channels(_ header: RecordingHeader, layout: EDFLayout) -> String {
        let columns: [BIDS.ChannelColumn] = [.name, .type, .units, .samplingFrequency, .status]
        var text = columns.map(\.rawValue).joined(separator: "\t") + "\n"
        for (index, label) in layout.labels.enumerated() {
            let isBad = header.quality.contains { interval in
                interval.kind == .markedBad && interval.channel ?? index == index
                    && interval.range == SampleRange(start: 0, end: header.sampleCount)
            }
            let unit = layout.codings[index].dimension
            text +=
                [
                    cell(label),
                    UnitTable.isOtherQuantity(unit) ? BIDS.channelType.other : BIDS.channelType.emg,
                    unit == "count" || unit.isEmpty ? BIDS.unknown : cell(unit),
                    number(layout.plan.length.hertz),
                    isBad ? BIDS.channelStatus.bad : BIDS.unknown,
                ].joined(separator: "\t") + "\n"
        }
        return text
    }

    // MARK: - Events

    /// Labels, and quality problems of samples, by time and sample of the file: programs that
    /// read this table take it in place of the file's annotations.
    private static func events(_ layout: EDFLayout) -> String {
        let plan = layout.plan
        var rows: [(sample: Int, line: String)] = []
        func add(_ sample: Int, _ count: Int, _ name: String) {
            let cells = [
                HeaderNumber.seconds(plan.time(ofSample: sample)),
                HeaderNumber.seconds(Double(count) / plan.length.hertz), cell(name), String(sample),
            ]
            rows.append((sample, cells.joined(separator: "\t") + "\n"))
        }
        for run in layout.runs where !layout.classTexts[Int(run.label)].isEmpty {
            for piece in plan.pieces(of: run.range) {
                add(piece.firstSample, piece.count, layout.classTexts[Int(run.label)])
            }
        }
        for mark in layout.qualityMarks {
            for piece in plan.pieces(of: mark.rows) {
                add(piece.firstSample, piece.count, mark.text)
            }
        }
        for segment in plan.segments.dropFirst() {
            add(
                segment.firstSample - segment.lead, segment.lead,
                segment.lead > 0 ? QualityAnnotation.filledGap : QualityAnnotation.gap)
        }
        let order = rows.indices.sorted { (rows[$0].sample, $0) < (rows[$1].sample, $1) }
        let columns: [BIDS.EventColumn] = [.onset, .duration, .trialType, .sample]
        return columns.map(\.rawValue).joined(separator: "\t") + "\n"
            + order.map { rows[$0].line }.joined()
    }

    // MARK: - Description

    private static func description(
        _ header: RecordingHeader, layout: EDFLayout
    ) -> DocumentValue {
        let stated = header.history.first?.parameters ?? [:]
        func known(_ member: BIDS.Member) -> DocumentValue? {
            member.parameter.flatMap { stated[$0] }.map(BIDSValue.parameter)
        }
        let unknown = DocumentValue.string(BIDS.unknown)
        let placement = known(.placementScheme)
        var members: [(BIDS.Member, DocumentValue)] = [
            (.taskName, .string(header.identity.condition)),
            (.samplingFrequency, BIDSValue.number(layout.plan.length.hertz)),
            (.powerLineFrequency, known(.powerLineFrequency) ?? unknown),
            (.placementScheme, placement ?? .string("Other")),
        ]
        if placement == nil { members.append((.placementSchemeDescription, unknown)) }
        members += [
            (.reference, known(.reference) ?? unknown),
            (.recordingType, .string("continuous")),
            (.softwareFilters, filters(header)),
            (.channelCount, .integer(header.channels.count)),
            (.recordingDuration, BIDSValue.number(header.duration)),
            (.sourceRecording, .string(header.identity.id)),
        ]
        return .object(members.map { .init(key: $0.rawValue, value: $1) })
    }

    /// What was done to the samples after they were read.
    private static func filters(_ header: RecordingHeader) -> DocumentValue {
        let steps = header.history.filter { !$0.operation.hasPrefix("ingest.") }
        guard !steps.isEmpty else { return .string(BIDS.unknown) }
        return .object(
            steps.enumerated().map { index, step in
                let parameters = step.parameters.sorted { $0.key < $1.key }
                let first = header.history.filter { $0.operation == step.operation }.count == 1
                return DocumentValue.Member(
                    key: first ? step.operation : "\(step.operation) (\(index + 1))",
                    value: .object(
                        parameters.map { .init(key: $0.key, value: BIDSValue.parameter($0.value)) })
                )
            })
    }

    // MARK: - Cells

    /// A text without what ends cells and lines.
    static func cell(_ text: String) -> String {
        let plain = HeaderText.annotation(text)
        return plain.isEmpty ? BIDS.unknown : plain
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
