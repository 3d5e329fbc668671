internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of an archive of OTBioLab 4.
struct OTB4Opening {
    /// Tracks of one kind and rate.
    private struct Part: NamedPart {
        let name: String
        let tracks: [OTB4Track]
    }

    private let url: URL
    private let contents: OTB4Contents
    private let parts: [Part]

    init(_ url: URL) throws(IngestError) {
        self.url = url
        contents = try OTB4Contents(url)
        var parts: [Part] = []
        for kind in OTBDevice.Kind.allCases {
            let own = contents.tracks.filter { $0.kind == kind }
            let rates = Set(own.map(\.hertz)).sorted(by: >)
            for rate in rates {
                let name = rates.count == 1 ? kind.rawValue : "\(kind.rawValue)-\(rate.brief)Hz"
                parts.append(Part(name: name, tracks: own.filter { $0.hertz == rate }))
            }
        }
        self.parts = parts
    }

    /// One stream for each part that is asked for.
    func streams(_ selection: ReadOptions.PartSelection) throws(IngestError)
        -> [any RecordingStream]
    {
        let selected = try selection.of(parts, in: contents.file)
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            let left = parts.filter { part in !selected.contains { $0.part == part } }
            streams.append(try stream(part, isMain: isMain, leftOut: left))
        }
        return streams
    }

    private func stream(
        _ part: Part, isMain: Bool, leftOut: [Part]
    ) throws(IngestError) -> OTB4Stream {
        let place = SourceLocation(file: contents.file)
        let rate = try SamplingRate.stated(part.tracks[0].hertz, at: place)
        var warnings = contents.warnings
        for other in leftOut {
            let names = other.tracks.flatMap { track in track.columns.map { _ in track.name } }
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: place, count: names.count,
                    message: "left out \(other.name), \(names.count, of: "channel"); "
                        + "--parts \(other.name) reads it"))
        }
        var lengths: [(name: String, count: Int)] = []
        for name in Set(part.tracks.map(\.stream)).sorted() {
            lengths.append((name, contents.signals[name]?.rowCount ?? 0))
        }
        let (count, cut) = try CommonLength.of(lengths, at: place)
        if let cut { warnings.append(cut) }
        let (names, renamed) = UniqueNames.of(
            part.tracks.flatMap { track in
                track.columns.count == 1
                    ? [track.name] : (1...track.columns.count).map { "\(track.name) \($0)" }
            }, at: place)
        warnings += renamed
        var labels: EventLabels?
        var bad: [QualityInterval] = []
        if !contents.events.isEmpty {
            let (made, marked, odd) = EventLabels.make(
                contents.events, sampleCount: count,
                sampleAt: rate.sample(at:), at: place)
            labels = made
            bad = marked
            warnings += odd
        }
        var details: [String: ProcessingStep.Value] = [
            "device": .text(part.tracks[0].device), "part": .text(part.name),
            "signal_files": .list(lengths.map { .text($0.name) }),
            "bits": .integer(8 * part.tracks[0].sampleBytes),
            "filters": .list(part.tracks.compactMap(\.filters).prefix(64).map { .text($0) }),
        ]
        if labels != nil { details["labels_from"] = .text("markers") }
        if let start = part.tracks.lazy.compactMap(\.start).first {
            details["start"] = .text(start)
        }
        let units = part.tracks.flatMap { track in track.columns.map { _ in track.unit } }
        let scales = part.tracks.flatMap { track in track.columns.map { _ in track.scale } }
        var metadata = StreamMetadata(
            channels: zip(names, units).map { Channel(name: $0, unit: $1) },
            rate: .declared(rate, by: "track"),
            labels: labels.map { .classes($0.classNames) } ?? .none, sampleCount: count,
            details: details)
        metadata.part = isMain ? nil : part.name
        metadata.scaling = ADCScaling(scale: scales, offset: scales.map { _ in 0 })
        metadata.warnings = warnings
        metadata.quality = bad
        return try OTB4Stream(
            url, contents, tracks: part.tracks, metadata: metadata, labels: labels)
    }
}
