import Documents
import EMGArchive
import EMGFilters
import EMGSignal
import EMGTasks
import Foundation
import PageServer
import Spectra

/// The list, and one recording: what it is and what it looks like.
extension ReviewService {
    /// `GET /api/archive`
    func archiveList() -> PageResponse {
        let known = catalog.known
        // Without an edit file that can be read, everything has the name that the archive gives it.
        let names = (try? store.current().journal.names) ?? RenamedRecordings()
        let rows = zip(catalog.entries, known).map { entry, summary in
            row(entry, summary, names)
        }
        return .json(
            .object([
                "name": .string(settings.archive.lastPathComponent),
                "reviewer": .string(settings.reviewer),
                "edits_file": .string(settings.edits.lastPathComponent),
                "collection_file": .string(settings.collection.lastPathComponent),
                "has_conditioned": .boolean(cache.hasConditioned),
                "has_report": .boolean(settings.report != nil),
                "pending": .integer(known.count { $0 == nil }),
                "recordings": .array(rows),
            ]))
    }

    /// `GET /api/form`
    func collectionForm() -> PageResponse {
        .json(
            CollectionForm(
                configuration: settings.configuration.map(Self.withoutEdits),
                take: settings.take,
                classNames: Set(catalog.known.flatMap { $0?.classNames ?? [] })
            ).document)
    }

    /// A configuration as the page may send it back: the edit file is the review's own, and numbers that
    /// JavaScript would round are texts.
    private static func withoutEdits(_ configuration: DocumentValue) -> DocumentValue {
        guard case .object(let members) = configuration.content else { return configuration }
        return .object(
            members.filter { $0.key != "edits" }.map { member in
                guard member.key == "seed", case .integer(let seed) = member.value.content,
                    seed > 1 << 53
                else { return member }
                return DocumentValue.Member(key: member.key, value: .string(String(seed)))
            })
    }

    private func row(
        _ entry: RecordingArchive.Entry, _ summary: RecordingSummary?, _ names: RenamedRecordings
    ) -> DocumentValue {
        let name =
            (summary?.identity ?? entry.placedIdentity).map { names.identity(of: $0).id }
            ?? entry.id
        let parts = name.split(separator: "/").map { DocumentValue.string(String($0)) }
        var members: [DocumentValue.Member] = [
            .init(key: "id", value: .string(entry.id)), .init(key: "name", value: .string(name)),
            .init(key: "patient", value: parts[0]), .init(key: "session", value: parts[1]),
            .init(key: "condition", value: parts[2]),
        ]
        switch summary?.content {
        case nil: break
        case .failure(let fault): members.append(.init(key: "fault", value: .string(fault.text)))
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
                    value: .array(
                        zip(header.classNames ?? [], content.classSamples).map {
                            .object(["name": .string($0), "samples": .integer($1)])
                        })),
                .init(
                    key: "quality",
                    value: .array(
                        QualityInterval.Kind.allCases.compactMap { kind in
                            seconds[kind].map {
                                .object([
                                    "kind": .string(kind.name), "seconds": .number($0),
                                    "count": .integer(
                                        header.quality.count { $0.kind == kind }),
                                ])
                            }
                        })),
            ]
        }
        return .object(members)
    }

    /// `GET /api/recording?id=`
    func recording(_ request: PageRequest) throws -> PageResponse {
        let entry = try entry(of: request)
        let content = try content(of: entry.id)
        let header = content.header
        let file = try store.current()
        let edits = file.journal.recordings[entry.id] ?? RecordingEdits()
        let names = file.journal.names
        var runs = content.runs
        var classes = header.classNames
        var mismatch: DocumentValue = .null
        if edits.changesData {
            do {
                let edited = try EditedMetadata(
                    edits, names, to: catalog.archive.readMetadata(entry), of: file)
                runs = edited.metadata.labels?.runs ?? []
                classes = edited.metadata.header.classNames
            } catch {
                mismatch = .string("\(error)")
            }
        }
        let name = names.identity(of: header.identity)
        let counting = file.journal.counting
        let decisions = file.journal.decisions.filter { $0.recording == entry.id }
        return .json(
            .object([
                "id": .string(entry.id),
                "name": .string(name.id),
                "names": .object([
                    "patient": .string(name.patient), "session": .string(name.session),
                    "condition": .string(name.condition), "run": .string(name.run),
                ]),
                "samples": .integer(header.sampleCount),
                "rate": .number(header.samplingRate.hertz),
                "effective_rate": .number(header.effectiveRate.hertz),
                "channels": .array(
                    header.channels.map {
                        .object(["name": .string($0.name), "unit": .string($0.unit)])
                    }),
                "classes": classes.map { .strings($0) } ?? .null,
                "original_classes": header.classNames.map { .strings($0) } ?? .null,
                "other_classes": .strings(otherClasses(besides: classes ?? [], in: file.journal)),
                "source": .string(header.source.name),
                "history": .strings(header.history.map(\.operation)),
                "original_runs": Self.list(content.runs), "runs": Self.list(runs),
                "quality": .array(
                    header.quality.map {
                        .object([
                            "start": .integer($0.range.start), "end": .integer($0.range.end),
                            "channel": $0.channel.map { .integer($0) } ?? .null,
                            "kind": .string($0.kind.name),
                        ])
                    }),
                "excluded": .array(
                    edits.excluded.map { .integers([$0.start, $0.end]) }),
                "excluded_channels": .strings(edits.excludedChannels),
                "note": .string(edits.note), "mismatch": mismatch,
                "revision": .integer(file.journal.revision),
                "decisions": .array(
                    decisions.map { decision in
                        EditText.json(decision, counts: counting[decision.number - 1])
                    }),
            ]), headers: ["ETag": "\"\(file.journal.revision)\""])
    }

    /// The classes of other recordings, in the natural order of their names.
    private func otherClasses(besides own: [String], in journal: EditJournal) -> [String] {
        let painted = journal.recordings.values.flatMap(\.relabelings).map(\.className)
        let archived = catalog.known.flatMap { $0?.classNames ?? [] }
        return Set(painted + archived).subtracting(own + [LabelTrack.unlabeledName])
            .sorted(by: NaturalOrder.precedes)
    }

    private static func list(_ runs: [LabelTrack.Run]) -> DocumentValue {
        .array(runs.map { .integers([$0.range.start, $0.range.end, Int($0.label)]) })
    }

    /// `GET /api/signal?id=&kind=&start=&end=&columns=`
    func signal(_ request: PageRequest) throws -> PageResponse {
        let (signal, range) = try segment(request)
        guard let columns = Int(request.parameters["columns"] ?? ""),
            (1...8_192).contains(columns)
        else { throw RequestProblem(status: 422, text: "columns: a number from 1 to 8192") }
        let picture = try signal.picture(of: range, columns: columns)
        return PageResponse(
            type: "application/octet-stream",
            body: picture.data(channelCount: signal.rows.channelCount))
    }

    /// `GET /api/spectrum?id=&kind=&start=&end=`
    func spectrum(_ request: PageRequest) throws -> PageResponse {
        let (signal, wanted) = try segment(request)
        let header = signal.rows.file.header
        // The middle of a long segment tells as much and is there at once.
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
        return .json(
            .object([
                "start": .integer(range.start), "end": .integer(range.end),
                "segments": .integer(spectra.first?.segmentCount ?? 0),
                "resolution": .number(spectra.first?.resolution ?? 0),
                "density": .array(spectra.map { .numbers($0.density) }),
            ]))
    }

    private func segment(
        _ request: PageRequest
    ) throws -> (signal: OpenSignal, range: SampleRange) {
        let entry = try entry(of: request)
        let parameters = request.parameters
        guard let kind = SignalRows.Kind(rawValue: parameters["kind"] ?? "raw"),
            kind == .raw || cache.hasConditioned
        else {
            throw RequestProblem(status: 422, text: "kind: raw, or conditioned with --pipeline")
        }
        let signal = try cache.signal(entry, kind)
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
