import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import PageServer

/// Collections: what they would be, and making one.
extension ReviewService {
    /// `POST /api/split`
    func split(_ request: PageRequest) throws -> PageResponse {
        let (object, configuration) = try collectionRequest(request, besides: ["recording"])
        let id = try object.required("recording").string()
        guard let entry = catalog.entry(id) else {
            throw RequestProblem(status: 404, text: "the archive has no such recording")
        }
        let preview: SplitPreview
        do {
            preview = try SplitPreview(
                catalog.archive.readMetadata(entry), at: entry, configuration: configuration,
                edits: store.current())
        } catch let error as TaskError {
            // Not every recording is as the rule needs it: that is an answer, too.
            return .json(.object(["fault": .string(error.description)]))
        }
        func list(_ ranges: [SampleRange]) -> DocumentValue {
            .array(ranges.map { .integers([$0.start, $0.end]) })
        }
        return .json(
            .object([
                "support": list(preview.support), "query": list(preview.query),
                "support_windows": .integer(preview.supportWindows),
                "query_windows": .integer(preview.queryWindows),
            ]))
    }

    /// `POST /api/preview`
    func preview(_ request: PageRequest) throws -> PageResponse {
        let (_, configuration) = try collectionRequest(request)
        try keepEditFile()
        let preview = try CollectionPreview.survey(
            configuration, of: catalog.archive, threads: settings.threads)
        return .json(
            .object([
                "classes": .strings(preview.classNames),
                "window": .object([
                    "length": .integer(preview.windowLength),
                    "stride": .integer(preview.windowStride),
                    "guard": .integer(preview.guardSamples),
                ]),
                "tasks": .array(
                    preview.rows.map { row in
                        .object([
                            "id": .string(row.identity.id),
                            "patient": .string(row.identity.patient),
                            "split": .string(row.split),
                            "support": .integers(row.support),
                            "query": .integers(row.query),
                            "unlabeled_windows": .integer(row.unlabeled.windows),
                        ])
                    }),
                "refused": .array(preview.refused.map(Self.json)),
                "left_out": .strings(preview.leftOut.map(\.id)),
                "windows_left_out": .string(preview.windowsLeftOut.text),
                "warnings": .strings(preview.warnings),
                "exists": .boolean(isCollectionThere),
            ]))
    }

    /// `POST /api/configuration`
    func configuration(_ request: PageRequest) throws -> PageResponse {
        let (object, configuration) = try collectionRequest(request)
        guard case .object(let members) = try object.required("configuration").value.content
        else { throw RequestProblem(status: 422, text: "configuration: an object") }
        let take = configuration.edits?.take ?? .approved
        let edits = DocumentValue.object([
            "file": .string(settings.edits.lastPathComponent), "take": .string(take.rawValue),
        ])
        let comment = """
            # Put this beside the edit file, then:
            # myotask build \(settings.archive.lastPathComponent) --config THIS-FILE --output \
            \(settings.collection.lastPathComponent)

            """
        let whole = DocumentValue.object(members + [.init(key: "edits", value: edits)])
        let yaml = comment + whole.yaml()
        return PageResponse(type: "application/yaml", body: Data(yaml.utf8))
    }

    /// `POST /api/collection`
    func makeCollection(_ request: PageRequest) throws -> PageResponse {
        let (object, configuration) = try collectionRequest(request, besides: ["overwrite"])
        let overwrites = try object.optional("overwrite")?.boolean() ?? false
        guard overwrites || !isCollectionThere else {
            return .problem(409, "\(settings.collection.lastPathComponent) is there already")
        }
        try keepEditFile()
        let report = try CollectionBuilder(configuration: configuration).build(
            from: catalog.archive, to: settings.collection, threads: settings.threads)
        let manifest = report.manifest
        return .json(
            .object([
                "manifest": .string(settings.collection.path(percentEncoded: false)),
                "tasks": .integer(manifest.tasks.count),
                "train": .integer(manifest.splits.train.count),
                "validation": .integer(manifest.splits.validation.count),
                "test": .integer(manifest.splits.test.count),
                "refused": .array(report.refused.map(Self.json)),
                "warnings": .strings(report.warnings),
            ]))
    }

    /// `GET /api/list`
    func sessionConditionList() throws -> PageResponse {
        let journal = try store.current().journal
        let (recordings, names) = (journal.recordings, journal.names)
        let approved = catalog.entries.filter { recordings[$0.id]?.state == .approved }.map {
            catalog.summary($0.id)?.identity.map { names.identity(of: $0).id } ?? $0.id
        }
        guard !approved.isEmpty else {
            throw RequestProblem(status: 422, text: "no recording is approved yet")
        }
        let list = try SessionConditionList(
            approved.compactMap { TaskPattern($0) }, subject: settings.edits.lastPathComponent)
        return PageResponse(type: "application/json", body: Data(list.json.utf8))
    }

    // MARK: - Requests

    /// Reads `configuration` and `take`. The page says how to build, never which files to read.
    private func collectionRequest(
        _ request: PageRequest, besides others: [String] = []
    ) throws -> (object: DocumentObject, configuration: CollectionConfiguration) {
        let object = try request.document(kinds: settings.kinds).object(
            allowing: ["configuration", "take"] + others)
        let cursor = try object.required("configuration")
        for name in ["design", "edits"] {
            guard let member = try cursor.object().optional(name) else { continue }
            throw member.error(expected: "a configuration without \"\(name)\"")
        }
        var configuration = try CollectionConfiguration(cursor)
        configuration.edits = EditSelection(
            file: settings.edits,
            take: try object.optional("take")?.choice() ?? .approved)
        return (object, configuration)
    }

    /// A collection refers to its edit file, so there must be one, if without decisions.
    private func keepEditFile() throws {
        guard !FileManager.default.fileExists(atPath: settings.edits.path(percentEncoded: false))
        else { return }
        do throws(EditStore.Refusal) {
            _ = try store.change(from: 0) { _ in }
        } catch {
            guard case .changedMeanwhile = error else { throw error }
        }
    }

    private var isCollectionThere: Bool {
        FileManager.default.fileExists(
            atPath: settings.collection.path(percentEncoded: false))
    }

    private static func json(_ refusal: BuildReport.Refusal) -> DocumentValue {
        .object(["id": .string(refusal.subject), "reason": .string(refusal.reason)])
    }
}
