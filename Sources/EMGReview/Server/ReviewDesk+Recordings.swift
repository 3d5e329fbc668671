import Documents
import EMGArchive
import EMGFilters
import EMGSignal
import EMGTasks
import Foundation
import Spectra

/// The list, and one recording: what it is and what it looks like.
extension ReviewDesk {
    /// `GET /api/archive`
    func archiveList() -> ReviewResponse {
        let known = catalog.known
        let rows = zip(catalog.entries, known).map { entry, summary in
            row(entry, summary)
        }
        return .json([
            "name": .text(settings.archive.lastPathComponent),
            "reviewer": .text(settings.reviewer),
            "edits_file": .text(settings.edits.lastPathComponent),
            "collection_file": .text(settings.collection.lastPathComponent),
            "has_conditioned": .boolean(shelf.hasConditioned),
            "pending": .integer(known.count { $0 == nil }),
            "configuration": settings.configuration.map(Self.withoutEdits) ?? .null,
            "recordings": .list(rows),
        ])
    }

    /// A configuration as the page may send it back: the edit file is the review's own.
    private static func withoutEdits(_ configuration: DocumentValue) -> ReviewJSON {
        guard case .object(let members) = configuration.content else {
            return ReviewJSON(configuration)
        }
        return ReviewJSON(
            DocumentValue(
                .object(members.filter { $0.key != "edits" }), at: configuration.position))
    }

    private func row(
        _ entry: RecordingArchive.Entry, _ summary: RecordingSummary?
    ) -> ReviewJSON {
        let parts = entry.id.split(separator: "/").map { ReviewJSON.text(String($0)) }
        var members: [ReviewJSON.Member] = [
            .init(key: "id", value: .text(entry.id)), .init(key: "patient", value: parts[0]),
            .init(key: "session", value: parts[1]), .init(key: "condition", value: parts[2]),
        ]
        switch summary?.content {
        case nil: break
        case .failure(let fault): members.append(.init(key: "fault", value: .text(fault.text)))
        case .success(let content):
            let header = content.header
            var seconds: [QualityInterval.Kind: Double] = [:]
            for interval in header.quality {
                seconds[interval.kind, default: 0] += header.samplingRate.seconds(
                    ofSamples: interval.range.count)
            }
            members += [
                .init(key: "seconds", value: .number(header.duration)),
                .init(key: "rate", value: .number(header.samplingRate.hertz)),
                .init(key: "channels", value: .integer(header.channels.count)),
                .init(
                    key: "classes",
                    value: .list(
                        zip(header.classNames ?? [], content.classSamples).map {
                            ["name": .text($0), "samples": .integer($1)]
                        })),
                .init(
                    key: "quality",
                    value: .list(
                        QualityInterval.Kind.allCases.compactMap { kind in
                            seconds[kind].map {
                                [
                                    "kind": .text(kind.name), "seconds": .number($0),
                                    "count": .integer(
                                        header.quality.count { $0.kind == kind }),
                                ]
                            }
                        })),
            ]
        }
        return .object(members)
    }

    /// `GET /api/recording?id=`
    func recording(_ request: ReviewRequest) throws -> ReviewResponse {
        let entry = try entry(of: request)
        let content = try content(of: entry.id)
        let header = content.header
        let file = try store.current()
        let edits = file.journal.recordings[entry.id] ?? RecordingEdits()
        var runs = content.runs
        var misfit: ReviewJSON = .null
        if edits.changesData {
            do {
                let edited = try EditedOutline(
                    edits, to: catalog.archive.readOutline(entry), of: file)
                runs = edited.outline.labels?.runs ?? []
            } catch {
                misfit = .text("\(error)")
            }
        }
        let counting = file.journal.counting
        let decisions = file.journal.decisions.filter { $0.recording == entry.id }
        return .json(
            [
                "id": .text(entry.id), "samples": .integer(header.sampleCount),
                "rate": .number(header.samplingRate.hertz),
                "effective_rate": .number(header.effectiveRate.hertz),
                "channels": .list(
                    header.channels.map { ["name": .text($0.name), "unit": .text($0.unit)] }),
                "classes": header.classNames.map(ReviewJSON.texts) ?? .null,
                "source": .text(header.source.name),
                "history": .texts(header.history.map(\.operation)),
                "original_runs": Self.list(content.runs), "runs": Self.list(runs),
                "quality": .list(
                    header.quality.map {
                        [
                            "start": .integer($0.range.start), "end": .integer($0.range.end),
                            "channel": $0.channel.map { .integer($0) } ?? .null,
                            "kind": .text($0.kind.name),
                        ]
                    }),
                "excluded": .list(
                    edits.excluded.map { [.integer($0.start), .integer($0.end)] }),
                "excluded_channels": .texts(edits.excludedChannels),
                "note": .text(edits.note), "misfit": misfit,
                "revision": .integer(file.journal.revision),
                "decisions": .list(
                    decisions.map { decision in
                        EditText.json(decision, counts: counting[decision.number - 1])
                    }),
            ], headers: ["ETag": "\"\(file.journal.revision)\""])
    }

    private static func list(_ runs: [LabelTrack.Run]) -> ReviewJSON {
        .list(
            runs.map {
                [
                    .integer($0.range.start), .integer($0.range.end), .integer(Int($0.label)),
                ]
            })
    }

    /// `GET /api/signal?id=&kind=&start=&end=&columns=`
    func signal(_ request: ReviewRequest) throws -> ReviewResponse {
        let (signal, range) = try stretch(request)
        guard let columns = Int(request.parameters["columns"] ?? ""),
            (1...8_192).contains(columns)
        else { throw RequestProblem(status: 422, text: "columns: a number from 1 to 8192") }
        let picture = try signal.picture(of: range, columns: columns)
        return ReviewResponse(
            type: "application/octet-stream",
            body: picture.data(channelCount: signal.rows.channelCount))
    }

    /// `GET /api/spectrum?id=&kind=&start=&end=`
    func spectrum(_ request: ReviewRequest) throws -> ReviewResponse {
        let (signal, wanted) = try stretch(request)
        let header = signal.rows.file.header
        // The middle of a long stretch tells as much and is there at once.
        let limit = (1 << 21) / signal.rows.channelCount
        let excess = max(0, wanted.count - limit) / 2
        let range = SampleRange(
            start: wanted.start + excess, end: min(wanted.end, wanted.start + excess + limit))
        let samples = SampleMatrix(
            values: try signal.rows.samples(range.indices),
            channelCount: signal.rows.channelCount)
        let rate = header.samplingRate
        var length = 64
        while Double(length) < rate.hertz / 2, length < 4_096 { length *= 2 }
        let spectra = (0..<samples.channelCount).map {
            PowerSpectrum.welch(samples.channel($0), samplingRate: rate, segmentLength: length)
        }
        return .json([
            "start": .integer(range.start), "end": .integer(range.end),
            "segments": .integer(spectra.first?.segmentCount ?? 0),
            "resolution": .number(spectra.first?.resolution ?? 0),
            "density": .list(spectra.map { .list($0.density.map { .number($0) }) }),
        ])
    }

    private func stretch(
        _ request: ReviewRequest
    ) throws -> (signal: OpenSignal, range: SampleRange) {
        let entry = try entry(of: request)
        let parameters = request.parameters
        guard let kind = SignalRows.Kind(rawValue: parameters["kind"] ?? "raw"),
            kind == .raw || shelf.hasConditioned
        else {
            throw RequestProblem(status: 422, text: "kind: raw, or conditioned with --pipeline")
        }
        let signal = try shelf.signal(entry, kind)
        guard let start = Int(parameters["start"] ?? ""), let end = Int(parameters["end"] ?? ""),
            start >= 0, start < end, end <= signal.rows.sampleCount
        else {
            throw RequestProblem(
                status: 422,
                text: "start and end: a range of samples within 0..<\(signal.rows.sampleCount)")
        }
        return (signal, SampleRange(start: start, end: end))
    }
}
