internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of a file.
struct ACQOpening {
    private let source: PositionedFile
    private let file: String
    private let options: ReadOptions
    private let contents: ACQContents
    private let names: [String]
    private let renamed: [IngestWarning]

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        source = try PositionedFile(url)
        file = source.name
        self.options = options
        contents = try ACQContents(source)
        (names, renamed) = UniqueNames.of(
            contents.channels.map(\.name), at: SourceLocation(file: source.name))
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let filled = contents.channels.indices.filter { contents.channels[$0].count > 0 }
        let parts = RatedPart.parts(
            of: filled.map { index in
                let channel = contents.channels[index]
                return RatedPart.Member(
                    name: names[index], kind: channel.kind,
                    hertz: contents.hertz / Double(channel.divider))
            }
        ).map { part in
            RatedPart(name: part.name, members: part.members.map { filled[$0] }, hertz: part.hertz)
        }
        let selected = try options.parts.of(parts, in: file)
        let place = SourceLocation(file: file)
        var warnings = contents.warnings + renamed
        warnings += RatedPart.leftOut(
            parts, except: selected.map(\.part), names: names, at: place)
        if contents.header.axisType > 1 {
            warnings.append(
                IngestWarning(
                    .assumption, at: SourceLocation(file: file, field: "axis", byte: 12),
                    message: "the horizontal axis is not said to be time: it was taken for time in "
                        + "milliseconds"))
        }
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            streams.append(try stream(part, isMain: isMain, warnings: warnings))
        }
        return streams
    }

    private func stream(
        _ part: RatedPart, isMain: Bool, warnings: [IngestWarning]
    ) throws(IngestError) -> RowSourceStream {
        var warnings = warnings
        let place = SourceLocation(file: file)
        let channels = part.members.map { contents.channels[$0] }
        let (count, cut) = try CommonLength.of(
            part.members.map { (names[$0], contents.count(of: contents.channels[$0])) }, at: place)
        if let cut { warnings.append(cut) }
        let rate = try SamplingRate.stated(
            part.hertz, at: SourceLocation(file: file, field: "sample time", byte: 16))
        warnings += [
            IngestWarning.unitless(
                part.members.filter { contents.channels[$0].unit.isEmpty }.map { names[$0] },
                assuming: options.unit, at: place)
        ].compactMap(\.self)
        let (labels, bad, odd) = labels(part, count: count)
        warnings += odd
        var details: [String: ProcessingStep.Value] = [
            "part": .text(part.name), "revision": .integer(contents.header.revision.number),
            "storage": .list(
                channels.map { .text($0.storage == .integer ? "integer" : "real") }),
            "compressed": .flag(contents.header.isCompressed),
        ]
        if labels != nil { details["labels_from"] = .text("markers") }
        var metadata = StreamMetadata(
            channels: zip(part.members, channels).map {
                Channel(name: names[$0], unit: $1.unit.isEmpty ? options.unit : $1.unit)
            },
            rate: .declared(rate, by: "header"),
            labels: labels.map { .classes($0.classNames) } ?? .none, sampleCount: count,
            details: details)
        metadata.part = isMain ? nil : part.name
        if channels.allSatisfy({ $0.storage == .integer }) {
            metadata.scaling = ADCScaling(
                scale: channels.map(\.scale), offset: channels.map(\.offset))
        }
        metadata.quality = bad
        metadata.warnings = warnings
        let rows: any RowSource =
            if let compression = contents.compression {
                try ACQCompressedRows(source, contents, compression, members: part.members)
            } else {
                ACQInterleavedRows(source, contents, members: part.members)
            }
        return RowSourceStream(
            rows, metadata: metadata, labels: labels,
            gaps: gaps(part, count: count),
            missing: MissingSamples(options.missing, at: place))
    }

    /// The row nearest to a tick.
    private func row(_ tick: Int, _ part: RatedPart) -> Int {
        let divider = contents.channels[part.members[0]].divider
        return (tick + divider / 2) / divider
    }

    /// Where the recording was stopped and went on.
    private func gaps(_ part: RatedPart, count: Int) -> [QualityInterval] {
        contents.markers.filter(\.isAppended).map { row($0.tick, part) }
            .filter { $0 > 0 && $0 < count }.map {
                QualityInterval(
                    range: SampleRange(start: $0, end: $0 + 1), channel: nil, kind: .gap)
            }
    }

    /// Markers for all channels; those of single ones when there are no others.
    private func labels(
        _ part: RatedPart, count: Int
    ) -> (labels: EventLabels?, bad: [QualityInterval], warnings: [IngestWarning]) {
        let named = contents.markers.filter { !$0.isAppended && !$0.text.isEmpty }
        let general = named.filter { $0.channel == nil }
        let used = general.isEmpty ? named : general
        guard !used.isEmpty else { return (nil, [], []) }
        let place = SourceLocation(file: file, object: "markers")
        var warnings: [IngestWarning] = []
        if used.count < named.count {
            warnings.append(
                IngestWarning(
                    .events, at: place, count: named.count - used.count,
                    message: "\(named.count - used.count, of: "marker") of single channels "
                        + "are no labels, as there are some for all channels"))
        }
        let hertz = contents.hertz
        let (labels, bad, odd) = EventLabels.make(
            used.map {
                LabelEvent(start: Double($0.tick) / hertz, duration: nil, name: $0.text)
            }, sampleCount: count,
            sampleAt: {
                row(Int(max(-1e15, min(1e15, ($0 * hertz).rounded()))), part)
            }, at: place)
        return (labels, bad, warnings + odd)
    }
}
