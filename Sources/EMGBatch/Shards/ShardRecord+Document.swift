internal import Documents
internal import ErrorReports
internal import Sharding

extension ShardRecord {
    private static let format = "myotask.shard"

    private static let style = JSONStyle.indented(
        onOneLine: ["inputs", "items.*", "skipped.*"], continuing: ["format_version", "shards"])

    /// The record as a JSON text.
    var json: String {
        DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "step": .string(step), "shard": .integer(shard.index),
            "shards": .integer(shard.count), "list_sha256": .string(listSHA256),
            "list_inputs": .integer(inputCount), "inputs": .strings(inputs),
            "settings": .string(settings), "host": .string(host),
            "software": .string(software), "threads": .integer(threads),
            "began": .string(began), "ended": .string(ended), "duration_s": .number(seconds),
            "bytes": .integer(bytes), "refused": .integer(refusedCount),
            "warnings": .strings(warnings), "items": .array(entries.map(\.document)),
            "skipped": .array(
                skipped.map { item in
                    guard case .skipped(let reason) = item.outcome else {
                        return .object(["input": .string(item.input)])
                    }
                    return .object(["input": .string(item.input), "reason": .string(reason)])
                }),
        ]).json(Self.style)
    }

    /// Reads a record.
    ///
    /// - Parameter document: The whole file.
    /// - Throws: `DocumentError` that says what is wrong where.
    init(_ document: Document) throws(DocumentError) {
        let object = try document.cursor.object(allowing: [
            "format", "format_version", "step", "shard", "shards", "list_sha256", "list_inputs",
            "inputs", "settings", "host", "software", "threads", "began", "ended", "duration_s",
            "bytes", "refused", "warnings", "items", "skipped",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"")
        }
        _ = try object.required("format_version").integer(in: 1...1)
        let count = try object.required("shards").integer(in: 1...Shard.mostShards)
        let index = try object.required("shard")
        guard let shard = Shard(try index.integer(), of: count) else {
            throw index.error(expected: "a number from 1 to \(count)")
        }
        self.shard = shard
        step = try object.required("step").string()
        listSHA256 = try object.required("list_sha256").string()
        inputCount = try object.required("list_inputs").integer(in: 0 ... .max)
        inputs = try object.required("inputs").strings()
        settings = try object.required("settings").string()
        host = try object.required("host").string()
        software = try object.required("software").string()
        threads = try object.required("threads").integer(in: 1 ... .max)
        began = try object.required("began").string()
        ended = try object.required("ended").string()
        seconds = try object.required("duration_s").number(in: 0 ... .infinity)
        warnings = try object.required("warnings").strings()
        var entries: [Entry] = []
        for cursor in try object.required("items").array() {
            entries.append(try Entry(cursor, listCount: inputCount))
        }
        self.entries = entries
        var skipped: [BatchItem] = []
        for cursor in try object.required("skipped").array() {
            let item = try cursor.object(allowing: ["input", "reason"])
            skipped.append(
                BatchItem(
                    input: try item.required("input").string(),
                    outcome: .skipped(reason: try item.optional("reason")?.string() ?? "")))
        }
        self.skipped = skipped
    }
}

extension ShardRecord.Entry {
    private enum Result: String, CaseIterable {
        case written
        case upToDate = "up_to_date"
        case refused
    }

    fileprivate var document: DocumentValue {
        let (result, error): (Result, ErrorReport?) =
            switch item.outcome {
            case .written: (.written, nil)
            case .refused(let error): (.refused, error)
            case .upToDate, .skipped: (.upToDate, nil)
            }
        return .object(known: [
            "number": .integer(number), "input": .string(item.input), "bytes": .integer(bytes),
            "result": .string(result.rawValue),
            "recordings": item.recordings.isEmpty ? nil : .strings(item.recordings),
            "warnings": item.warnings.isEmpty ? nil : .strings(item.warnings),
            "error": error?.document,
        ])
    }

    fileprivate init(_ cursor: DocumentCursor, listCount: Int) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "number", "input", "bytes", "result", "recordings", "warnings", "error",
        ])
        number = try object.required("number").integer(in: 0...max(0, listCount - 1))
        bytes = try object.required("bytes").integer(in: 0 ... .max)
        let outcome: BatchItem.Outcome =
            switch try object.required("result").choice(of: Result.self) {
            case .written: .written
            case .upToDate: .upToDate
            case .refused: .refused(try ErrorReport(object.required("error")))
            }
        item = BatchItem(
            input: try object.required("input").string(),
            recordings: try object.optional("recordings")?.strings() ?? [], outcome: outcome,
            warnings: try object.optional("warnings")?.strings() ?? [])
    }
}

extension DocumentCursor {
    /// The value as a list of texts.
    fileprivate func strings() throws(DocumentError) -> [String] {
        var texts: [String] = []
        for cursor in try array() { texts.append(try cursor.string()) }
        return texts
    }
}
