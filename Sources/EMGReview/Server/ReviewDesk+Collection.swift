import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation

/// Collections: what they would be, and making one.
extension ReviewDesk {
    /// `POST /api/split`
    func split(_ request: ReviewRequest) throws -> ReviewResponse {
        let (object, configuration) = try collectionRequest(request, besides: ["recording"])
        let id = try object.required("recording").string()
        guard let entry = catalog.entry(id) else {
            throw RequestProblem(status: 404, text: "the archive has no such recording")
        }
        let preview: SplitPreview
        do {
            preview = try SplitPreview(
                catalog.archive.readOutline(entry), at: entry, configuration: configuration,
                edits: store.current())
        } catch let error as TaskError {
            // Not every recording is as the rule needs it: that is an answer, too.
            return .json(["fault": .text(error.description)])
        }
        func list(_ ranges: [SampleRange]) -> ReviewJSON {
            .list(ranges.map { [.integer($0.start), .integer($0.end)] })
        }
        return .json([
            "support": list(preview.support), "query": list(preview.query),
            "support_windows": .integer(preview.supportWindows),
            "query_windows": .integer(preview.queryWindows),
        ])
    }

    /// `POST /api/preview`
    func preview(_ request: ReviewRequest) throws -> ReviewResponse {
        let (_, configuration) = try collectionRequest(request)
        try keepEditFile()
        let preview = try CollectionPreview(
            configuration, of: catalog.archive, threads: settings.threads)
        return .json([
            "classes": .texts(preview.classNames),
            "window": [
                "length": .integer(preview.windowLength), "stride": .integer(preview.windowStride),
                "guard": .integer(preview.guardSamples),
            ],
            "tasks": .list(
                preview.rows.map { row in
                    [
                        "id": .text(row.identity.id), "patient": .text(row.identity.patient),
                        "split": .text(row.split),
                        "support": .list(row.support.map { .integer($0) }),
                        "query": .list(row.query.map { .integer($0) }),
                        "unlabeled_windows": .integer(row.unlabeled.windows),
                    ]
                }),
            "refused": .list(preview.refused.map(Self.json)),
            "left_out": .texts(preview.leftOut.map(\.id)),
            "windows_left_out": .text(preview.windowsLeftOut.text),
            "warnings": .texts(preview.warnings),
            "exists": .boolean(isCollectionThere),
        ])
    }

    /// `POST /api/configuration`
    func configuration(_ request: ReviewRequest) throws -> ReviewResponse {
        let (object, configuration) = try collectionRequest(request)
        guard case .object(let members) = try object.required("configuration").value.content
        else { throw RequestProblem(status: 422, text: "configuration: an object") }
        let nowhere = DocumentPosition(line: 1, column: 1)
        func text(_ value: String) -> DocumentValue { DocumentValue(.string(value), at: nowhere) }
        func member(_ key: String, _ value: DocumentValue) -> DocumentValue.Member {
            DocumentValue.Member(key: key, position: nowhere, value: value)
        }
        let take = configuration.edits?.take ?? .approved
        let edits = DocumentValue(
            .object([
                member("file", text(settings.edits.lastPathComponent)),
                member("take", text(take.rawValue)),
            ]), at: nowhere)
        let yaml = ConfigurationText.yaml(
            DocumentValue(.object(members + [member("edits", edits)]), at: nowhere),
            comment: [
                "Put this beside the edit file, then:",
                "myotask build \(settings.archive.lastPathComponent) --config THIS-FILE --output "
                    + settings.collection.lastPathComponent,
            ])
        return ReviewResponse(type: "application/yaml", body: Data(yaml.utf8))
    }

    /// `POST /api/collection`
    func makeCollection(_ request: ReviewRequest) throws -> ReviewResponse {
        let (object, configuration) = try collectionRequest(request, besides: ["overwrite"])
        let overwrites = try object.optional("overwrite")?.boolean() ?? false
        guard overwrites || !isCollectionThere else {
            return .problem(409, "\(settings.collection.lastPathComponent) is there already")
        }
        try keepEditFile()
        let report = try CollectionBuilder(configuration: configuration).build(
            from: catalog.archive, to: settings.collection, threads: settings.threads)
        let manifest = report.manifest
        return .json([
            "manifest": .text(settings.collection.path(percentEncoded: false)),
            "tasks": .integer(manifest.tasks.count),
            "train": .integer(manifest.splits.train.count),
            "validation": .integer(manifest.splits.validation.count),
            "test": .integer(manifest.splits.test.count),
            "refused": .list(report.refused.map(Self.json)), "warnings": .texts(report.warnings),
        ])
    }

    /// `GET /api/list`
    func sessionConditionList() throws -> ReviewResponse {
        let recordings = try store.current().journal.recordings
        let approved = catalog.entries.map(\.id).filter { recordings[$0]?.state == .approved }
        guard !approved.isEmpty else {
            throw RequestProblem(status: 422, text: "no recording is approved yet")
        }
        let list = try SessionConditionList(
            approved.compactMap { TaskPattern($0) }, subject: settings.edits.lastPathComponent)
        return ReviewResponse(type: "application/json", body: Data(list.json.utf8))
    }

    // MARK: - Requests

    /// Reads `configuration` and `take`. The page says how to build, never which files to read.
    private func collectionRequest(
        _ request: ReviewRequest, besides others: [String] = []
    ) throws -> (object: DocumentObject, configuration: CollectionConfiguration) {
        let object = try request.document().object(
            allowing: ["configuration", "take"] + others)
        let cursor = try object.required("configuration")
        for name in ["design", "edits"] {
            guard let member = try cursor.object().optional(name) else { continue }
            throw member.error(expected: "a configuration without \"\(name)\"")
        }
        var configuration = try CollectionConfiguration(cursor)
        configuration.edits = EditSelection(
            file: settings.edits,
            take: try object.optional("take")?.choice([
                "approved": .approved, "not_rejected": .unrejected,
            ]) ?? .approved)
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

    private static func json(_ refusal: BuildReport.Refusal) -> ReviewJSON {
        ["id": .text(refusal.subject), "reason": .text(refusal.reason)]
    }
}

extension ReviewJSON {
    /// A document's value.
    init(_ value: DocumentValue) {
        switch value.content {
        case .null: self = .null
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let values): self = .list(values.map(ReviewJSON.init))
        case .object(let members):
            self = .object(members.map { Member(key: $0.key, value: ReviewJSON($0.value)) })
        }
    }
}
