internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the parts of a file.
struct XDFOpening {
    private let source: PositionedFile
    private let file: String
    private let options: ReadOptions
    private let contents: XDFContents
    private let parts: [XDFPart]
    private let markers: XDFMarkers

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        source = try PositionedFile(url)
        file = source.name
        self.options = options
        contents = try XDFContents(source)
        parts = XDFPart.parts(of: contents.streams)
        guard !parts.isEmpty else {
            let found = contents.streams.map { "\($0.info.name) (\($0.info.type))" }
            throw IngestError(
                .noSamples(
                    found: "no stream of numbers with samples among "
                        + found.prefix(8).joined(separator: ", ")),
                at: SourceLocation(file: source.name))
        }
        markers = try XDFMarkers(source, contents)
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let selected = try options.parts.of(parts, in: file)
        var warnings = contents.warnings + markers.warnings + emptyWarnings
        for part in parts where !selected.contains(where: { $0.part == part }) {
            let names = channelNames(of: part).names
            warnings.append(
                ChannelKind.leftOut(
                    names.map { "\"\($0)\"" }, part: part.name,
                    at: SourceLocation(
                        file: file, object: contents.streams[part.stream].info.title)))
        }
        var streams: [any RecordingStream] = []
        for (part, isMain) in selected {
            streams.append(try stream(part, isMain: isMain, warnings: warnings))
        }
        return streams
    }

    private func stream(
        _ part: XDFPart, isMain: Bool, warnings: [IngestWarning]
    ) throws(IngestError) -> XDFStream {
        let stream = contents.streams[part.stream]
        let info = stream.info
        let place = SourceLocation(file: file, object: info.title)
        let clock = XDFClock(times: stream.clockTimes, values: stream.clockValues)
        let times = try XDFTimes(
            source, contents, stream, clock: clock, sought: markers.marks.map(\.time))
        var warnings = warnings + clockWarnings(clock, stream, at: place)
        let (labels, bad, odd) = labels(times, count: stream.sampleCount)
        warnings += odd
        let (names, renamed) = channelNames(of: part)
        warnings += renamed
        let units = part.channels.map { channel -> String in
            info.channels.count == info.channelCount ? info.channels[channel].unit : ""
        }
        warnings += [
            IngestWarning.unitless(
                zip(names, units).filter { $1.isEmpty }.map(\.0), assuming: options.unit, at: place)
        ].compactMap(\.self)
        let (rate, odd2) = rate(info, times, at: place)
        warnings += odd2
        var metadata = StreamMetadata(
            channels: zip(names, units).map {
                Channel(name: $0, unit: $1.isEmpty ? options.unit : $1)
            },
            rate: rate, labels: labels.map { .classes($0.classNames) } ?? .none,
            hasTimeStamps: true, sampleCount: stream.sampleCount,
            details: details(part, stream, times, clock))
        if labels != nil {
            metadata.details["labels_from"] = .text(markers.streams.joined(separator: ", "))
        }
        metadata.part = isMain ? nil : part.name
        metadata.warnings = warnings
        metadata.quality = bad
        return XDFStream(
            source, contents, stream, channels: part.channels, clock: clock, times: times,
            metadata: metadata, labels: labels, missing: options.missing)
    }

    private func labels(
        _ times: XDFTimes, count: Int
    ) -> (labels: EventLabels?, bad: [QualityInterval], warnings: [IngestWarning]) {
        guard !markers.marks.isEmpty else { return (nil, [], []) }
        // The times themselves are what rows were sought for; messages count from the first row.
        let origin = times.origin
        var rows: [Double: Int] = [:]
        let events = markers.marks.map { mark in
            let start = mark.time - origin
            rows[start] = times.row(at: mark.time, of: count)
            return LabelEvent(start: start, duration: nil, name: mark.name)
        }
        let found = rows
        return EventLabels.make(
            events, sampleCount: count,
            sampleAt: { found[$0] ?? times.row(at: $0 + origin, of: count) },
            at: SourceLocation(file: file, object: markers.streams.joined(separator: ", ")))
    }

    /// The rate that the device declares, unless its samples come at another.
    private func rate(
        _ info: XDFStreamInfo, _ times: XDFTimes, at place: SourceLocation
    ) -> (rate: StreamMetadata.Rate, warnings: [IngestWarning]) {
        guard info.nominalHertz > 0, let nominal = try? SamplingRate(hertz: info.nominalHertz)
        else { return (.unknown(reason: "\(info.title) declares none"), []) }
        guard let found = times.effectiveHertz, abs(found - nominal.hertz) > 0.01 * nominal.hertz
        else { return (.declared(nominal, by: "stream header"), []) }
        return (
            .unknown(reason: "\(info.title) declares another than its samples have"),
            [
                IngestWarning(
                    .rateDisagreement, at: place,
                    message: "the header declares \(nominal.hertz.brief) Hz, the samples came at "
                        + "\(found.brief) Hz: their times count")
            ]
        )
    }

    private func channelNames(
        of part: XDFPart
    ) -> (names: [String], warnings: [IngestWarning]) {
        let info = contents.streams[part.stream].info
        guard info.channels.count == info.channelCount else {
            return (part.channels.map { "\(info.name) \($0 + 1)" }, [])
        }
        return UniqueNames.of(
            part.channels.map { info.channels[$0].label },
            at: SourceLocation(file: file, object: info.title))
    }

    private func details(
        _ part: XDFPart, _ stream: XDFContents.Stream, _ times: XDFTimes, _ clock: XDFClock
    ) -> [String: ProcessingStep.Value] {
        var details: [String: ProcessingStep.Value] = [
            "part": .text(part.name), "stream": .text(stream.info.name),
            "stream_type": .text(stream.info.type), "stream_id": .integer(Int(stream.info.id)),
            "storage": .text(stream.info.format.rawValue),
            "nominal_rate_hz": .number(stream.info.nominalHertz),
            "clock_offsets": .integer(stream.clockTimes.count),
            "clock_resets": .integer(clock.resetCount),
            "segments": .integer(max(1, times.segments.count)),
            "times_evened": .flag(times.isEven),
        ]
        if let found = times.effectiveHertz { details["effective_rate_hz"] = .number(found) }
        if let start = contents.start { details["start"] = .text(start) }
        if !stream.info.manufacturer.isEmpty {
            details["equipment"] = .text(stream.info.manufacturer)
        }
        return details
    }

    private func clockWarnings(
        _ clock: XDFClock, _ stream: XDFContents.Stream, at place: SourceLocation
    ) -> [IngestWarning] {
        var warnings: [IngestWarning] = []
        if clock.resetCount > 0 {
            warnings.append(
                IngestWarning(
                    .timeStamps, at: place, count: clock.resetCount,
                    message: "the clock of the device was reset "
                        + "\(clock.resetCount, of: "time") during the recording"))
        }
        if clock.unusableCount > 0 {
            warnings.append(
                IngestWarning(
                    .timeStamps, at: place, count: clock.unusableCount,
                    message: "clock offsets that cannot be used: the times of the device are kept"))
        }
        let others = contents.streams.contains {
            $0.info.id != stream.info.id && !$0.clockTimes.isEmpty
        }
        if stream.clockTimes.isEmpty, others {
            warnings.append(
                IngestWarning(
                    .timeStamps, at: place,
                    message: "there are no clock offsets: the times of the device are kept, and "
                        + "markers may be off"))
        }
        return warnings
    }

    /// Streams that should have samples and have none.
    private var emptyWarnings: [IngestWarning] {
        contents.streams.filter { $0.sampleCount == 0 && $0.info.format != .string }.map {
            IngestWarning(
                .partLeftOut, at: SourceLocation(file: file, object: $0.info.title),
                message: "the stream has no samples")
        }
    }
}
