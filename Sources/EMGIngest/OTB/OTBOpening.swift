internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of an archive.
struct OTBOpening {
    /// Channels of one kind in one signal file.
    private struct Part: Hashable {
        let name: String
        let signal: OTBContents.Signal
        let kind: OTBDevice.Kind

        var channels: [OTBDevice.Channel] { signal.device.channels.filter { $0.kind == kind } }
    }

    private let url: URL
    private let file: String
    private let contents: OTBContents
    private let parts: [Part]

    init(_ url: URL) throws(IngestError) {
        self.url = url
        file = url.relativePath
        contents = try OTBContents(url)
        var parts: [Part] = []
        for kind in OTBDevice.Kind.allCases {
            for (number, signal) in contents.signals.enumerated()
            where signal.device.channels.contains(where: { $0.kind == kind }) {
                let name = number == 0 ? kind.rawValue : "\(kind.rawValue)-\(signal.stem)"
                parts.append(Part(name: name, signal: signal, kind: kind))
            }
        }
        self.parts = parts
    }

    /// Units a number of a channel: numbers of 24 bits are finer by 2⁸.
    static func scale(of channel: OTBDevice.Channel, sampleBytes: Int) -> Double {
        channel.unit == "mV" && sampleBytes == 3 ? channel.scale / 256 : channel.scale
    }

    /// One stream for each part that is asked for.
    func streams(_ selection: ReadOptions.PartSelection) throws(IngestError)
        -> [any RecordingStream]
    {
        let selected: [Part]
        switch selection {
        case .main: selected = Array(parts.prefix(1))
        case .all: selected = parts
        case .named(let name): selected = parts.filter { $0.name == name }
        }
        guard !selected.isEmpty else {
            throw IngestError(
                .inconsistent(
                    expected: "a part of the name asked for",
                    found: parts.map(\.name).joined(separator: ", ")),
                at: SourceLocation(file: file), hint: "name one of these (--parts NAME)")
        }
        let left = parts.filter { !selected.contains($0) }
        var streams: [any RecordingStream] = []
        for part in selected {
            streams.append(try stream(part, leftOut: left))
        }
        return streams
    }

    private func stream(_ part: Part, leftOut: [Part]) throws(IngestError) -> OTBStream {
        let device = part.signal.device
        let rate = try SamplingRate.stated(device.hertz, at: SourceLocation(file: file))
        var warnings = part.signal.warnings
        for other in leftOut {
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: SourceLocation(file: file), count: other.channels.count,
                    message: "left out \(other.name), \(other.channels.count, of: "channel"); "
                        + "--parts \(other.name) reads it"))
        }
        var labels: EventLabels?
        var bad: [QualityInterval] = []
        if !contents.events.isEmpty {
            let (made, marked, odd) = EventLabels.make(
                contents.events, sampleCount: part.signal.rowCount,
                sampleAt: rate.sample(at:), at: SourceLocation(file: file))
            labels = made
            bad = marked
            warnings += odd
        }
        var details: [String: ProcessingStep.Value] = [
            "device": .text(device.name), "part": .text(part.name),
            "signal_file": .text(part.signal.member.name),
            "bits": .integer(8 * part.signal.sampleBytes),
            "filters": .list(device.filters.prefix(64).map { .text($0) }),
        ]
        if labels != nil { details["labels_from"] = .text("markers") }
        if let start = contents.start { details["start"] = .text(start) }
        let channels = part.channels
        var metadata = StreamMetadata(
            channels: Self.named(channels), rate: .declared(rate, by: "device"),
            labels: labels.map { .classes($0.classNames) } ?? .none,
            sampleCount: part.signal.rowCount, details: details)
        metadata.part = part == parts[0] ? nil : part.name
        metadata.scaling = ADCScaling(
            scale: channels.map { Self.scale(of: $0, sampleBytes: part.signal.sampleBytes) },
            offset: channels.map { _ in 0 })
        metadata.warnings = warnings
        metadata.quality = bad
        return try OTBStream(
            url, signal: part.signal, channels: channels, metadata: metadata, labels: labels)
    }

    /// Names that are unique: copies are numbered.
    private static func named(_ channels: [OTBDevice.Channel]) -> [Channel] {
        var taken: Set<String> = []
        return channels.map { channel in
            var name = channel.name
            if taken.contains(name) { name = "\(channel.name) [\(channel.position + 1)]" }
            taken.insert(name)
            return Channel(name: name, unit: channel.unit)
        }
    }
}
