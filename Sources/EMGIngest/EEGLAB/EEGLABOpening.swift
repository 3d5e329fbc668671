internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of a data set.
struct EEGLABOpening {
    /// EEGLAB's data are in microvolts, as its manual has it; files do not say so.
    private static let unit = "uV"

    private let contents: EEGLABFile
    private let options: ReadOptions
    private let names: [String]
    private let renamed: [IngestWarning]

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        contents = try EEGLABFile(url)
        self.options = options
        let given = contents.channels.map(\.name)
        if given.allSatisfy(\.isEmpty) {
            names = given.indices.map { "channel \($0 + 1)" }
            renamed = []
        } else {
            (names, renamed) = UniqueNames.of(
                given, at: SourceLocation(file: contents.file, object: "chanlocs"))
        }
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let parts = RatedPart.parts(
            of: zip(names, contents.channels).map { name, channel in
                let byType = ChannelKind(named: channel.type)
                return RatedPart.Member(
                    name: name, kind: byType == .unknown ? ChannelKind(named: name) : byType,
                    hertz: contents.hertz)
            })
        let selected = try options.parts.of(parts, in: contents.file)
        let left = RatedPart.leftOut(
            parts, except: selected.map(\.part), names: names,
            at: SourceLocation(file: contents.file))
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            streams.append(
                try stream(
                    part, isMain: isMain, warnings: contents.warnings + renamed + left))
        }
        return streams
    }

    private func stream(
        _ part: RatedPart, isMain: Bool, warnings: [IngestWarning]
    ) throws(IngestError) -> RowSourceStream {
        let rate = try SamplingRate.stated(
            contents.hertz, at: SourceLocation(file: contents.file, object: "srate"))
        let (labels, bad, odd) = labels(rate)
        var details: [String: ProcessingStep.Value] = [
            "part": .text(part.name), "events": .integer(contents.events.count),
        ]
        if case .beside(let data) = contents.samples {
            details["samples_from"] = .text(data.lastPathComponent)
        }
        if labels != nil { details["labels_from"] = .text("event") }
        var metadata = StreamMetadata(
            channels: part.members.map { Channel(name: names[$0], unit: Self.unit) },
            rate: .declared(rate, by: "srate"),
            labels: labels.map { .classes($0.classNames) } ?? .none,
            sampleCount: contents.sampleCount, details: details)
        metadata.part = isMain ? nil : part.name
        metadata.quality = bad
        metadata.warnings = warnings + odd
        let rows: any RowSource
        switch contents.samples {
        case .inside(let object):
            rows = EEGLABMatrixRows(
                try contents.variables.matrix(object, samplesAreColumns: true),
                channels: part.members)
        case .beside(let data):
            rows = EEGLABFileRows(
                try PositionedFile(data), width: contents.channelCount, channels: part.members)
        }
        return RowSourceStream(
            rows, metadata: metadata, labels: labels, gaps: gaps,
            missing: MissingSamples(
                options.missing, at: SourceLocation(file: contents.file, object: "data")))
    }

    /// The first sample behind each boundary.
    private var gaps: [QualityInterval] {
        contents.events.filter(\.isBoundary).map { Int($0.latency.rounded(.up)) - 1 }
            .filter { $0 > 0 && $0 < contents.sampleCount }.map {
                QualityInterval(
                    range: SampleRange(start: $0, end: $0 + 1), channel: nil, kind: .gap)
            }
    }

    private func labels(
        _ rate: SamplingRate
    ) -> (labels: EventLabels?, bad: [QualityInterval], warnings: [IngestWarning]) {
        let named = contents.events.filter { !$0.isBoundary }
        guard !named.isEmpty else { return (nil, [], []) }
        let lasting = named.contains { $0.duration != nil }
        var events: [LabelEvent] = []
        for event in contents.events {
            if event.isBoundary {
                // What was cut out may have held the next event.
                guard !lasting else { continue }
                events.append(
                    LabelEvent(
                        start: (event.latency.rounded(.up) - 1) / rate.hertz, duration: nil,
                        name: LabelTrack.unlabeledName))
            } else {
                events.append(
                    LabelEvent(
                        start: (event.latency - 1) / rate.hertz,
                        duration: event.duration.map { $0 / rate.hertz }, name: event.type))
            }
        }
        return EventLabels.make(
            events, sampleCount: contents.sampleCount,
            sampleAt: rate.sample(at:), at: SourceLocation(file: contents.file, object: "event"))
    }
}
