import Documents
import EMGArchive
import EMGIngest
import EMGLabeling
import EMGSignal
import EMGTasks
import Foundation
import PageServer
import PrintableText

/// Labels that are proposed; what is accepted comes back as a decision.
extension ReviewService {
    /// `GET /api/onsets`: what the form for onset detection is made from.
    func onsetForm() -> PageResponse {
        .json(
            .object([
                "schema": ValueSchema.object(OnsetDetection.schema(with: Kinds())).jsonSchema,
                "settings": OnsetDetection().document,
            ]))
    }

    /// `POST /api/onsets`
    func onsets(_ request: PageRequest) throws -> PageResponse {
        let object = try request.document().object(
            allowing: ["recording", "settings", "class", "rest"])
        let entry = try entry(named: object)
        let detection =
            try object.optional("settings").map {
                (cursor) throws(DocumentError) in try OnsetDetection(cursor)
            } ?? OnsetDetection()
        let className = try object.optional("class")?.string() ?? ""
        let rest = try object.optional("rest")?.string() ?? ""
        let edited = try editedMetadata(of: entry)
        let recording = try catalog.archive.read(entry)
        let found = try detection.movements(
            in: recording, excluding: edited.excluded, silentChannels: edited.silentChannels,
            threads: settings.threads)
        let choice = MovementLabels(
            className.isEmpty ? .cues : .given(className), rest: rest.isEmpty ? nil : rest)
        let (intervals, unclassed) = choice.intervals(
            of: found.movements, over: edited.metadata.labels,
            sampleCount: recording.sampleCount, rate: recording.samplingRate)
        let warnings =
            unclassed == 0
            ? []
            : [
                "\(unclassed, of: "movement follows", plural: "movements follow") no cue: name a class"
            ]
        return Self.json(
            LabelProposal(intervals, origin: detection.origin), over: edited.metadata.header,
            movements: found.movements, warnings: warnings)
    }

    /// `POST /api/events`
    func events(_ request: PageRequest) throws -> PageResponse {
        let object = try request.document().object(
            allowing: [
                "recording", "name", "text", "onset", "duration", "end", "label", "unit", "replace",
            ])
        let entry = try entry(named: object)
        func text(_ key: String) throws -> String? {
            let text = try object.optional(key)?.string() ?? ""
            return text.isEmpty ? nil : text
        }
        let layout = LabelTableLayout(
            onset: try text("onset"), duration: try text("duration"), end: try text("end"),
            label: try text("label"),
            unit: try text("unit") == nil ? nil : try object.required("unit").choice())
        let table = try LabelTable(
            Array(try object.required("text").string().utf8),
            file: try text("name") ?? "events", layout: layout)
        let header = try content(of: entry.id).header
        let stamps = header.hasTimeStamps ? try catalog.archive.read(entry).timeStamps : nil
        let (proposal, warnings) = try LabelProposal.labels(
            of: table, for: header, timeStamps: stamps,
            replaces: try object.optional("replace")?.boolean() ?? false)
        return Self.json(
            proposal, over: try editedMetadata(of: entry).metadata.header, movements: nil,
            warnings: warnings.map(\.description))
    }

    /// A proposal as the page draws it.
    private static func json(
        _ proposal: LabelProposal, over header: RecordingHeader, movements: [SampleRange]?,
        warnings: [String]
    ) -> PageResponse {
        let known = header.classNames ?? []
        return .json(
            .object(known: [
                "intervals": .array(
                    proposal.intervals.map {
                        .object([
                            "start": .integer($0.range.start), "end": .integer($0.range.end),
                            "class": .string($0.className),
                        ])
                    }),
                "excluded": .array(
                    proposal.excluded.map { .integers([$0.start, $0.end]) }),
                "movements": movements.map { ranges in
                    .array(ranges.map { .integers([$0.start, $0.end]) })
                },
                "classes": .array(
                    proposal.counts.map { name, count in
                        .object([
                            "name": .string(name), "count": .integer(count),
                            "new": .boolean(!known.contains(name)),
                        ])
                    }),
                "origin": .string(proposal.origin), "warnings": .strings(warnings),
            ]))
    }

    private func entry(named object: DocumentObject) throws -> RecordingArchive.Entry {
        guard let entry = catalog.entry(try object.required("recording").string()) else {
            throw RequestProblem(status: 404, text: "the archive has no such recording")
        }
        return entry
    }

    /// A recording with the decisions about it applied.
    private func editedMetadata(of entry: RecordingArchive.Entry) throws -> EditedMetadata {
        let file = try store.current()
        return try EditedMetadata(
            file.journal.recordings[entry.id] ?? RecordingEdits(), file.journal.names,
            to: catalog.archive.readMetadata(entry), of: file)
    }

    /// `GET /report?id=`: a page about one recording, to be kept or printed.
    func report(_ request: PageRequest) throws -> PageResponse {
        let entry = try entry(of: request)
        guard let report = settings.report else {
            throw RequestProblem(status: 404, text: "this program draws no reports")
        }
        let page = try report(try catalog.archive.read(entry), entry.url.lastPathComponent)
        return PageResponse(
            type: "text/html; charset=utf-8", body: Data(page.utf8),
            headers: [
                // The page is one file with its own styles and drawings, and without scripts.
                "Content-Security-Policy":
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'"
            ])
    }
}
