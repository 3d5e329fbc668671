internal import Documents
private import Files
internal import Foundation

/// What the steps of an experiment were done with, as `state.json` in its work folder tells.
struct PipelineState {
    /// A step that was done.
    struct Record: Hashable {
        /// Its settings.
        var options: DocumentValue
        /// The digest of what it was made from.
        var input: String
        /// The digest of what it made.
        var output: String
        /// What it had to refuse, with reasons.
        var refused: [String]
    }

    private(set) var records: [String: Record]
    private let url: URL

    private init(records: [String: Record] = [:], url: URL) {
        self.records = records
        self.url = url
    }

    private static let format = "myotask.experiment-state"

    /// Reads the state of a work folder; no step was done when there is no file.
    ///
    /// - Throws: `DocumentError` when the file is not of this format.
    static func read(in folder: URL) throws -> PipelineState {
        let url = folder.appending(path: "state.json", directoryHint: .notDirectory)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return PipelineState(url: url)
        }
        let object = try Document(contentsOf: url).cursor.object(allowing: [
            "format", "format_version", "steps",
        ])
        let format = try object.required("format")
        guard try format.string() == Self.format else {
            throw format.error(expected: "\"\(Self.format)\"", hint: "name another output folder")
        }
        _ = try object.required("format_version").integer(in: 1...1)
        var records: [String: Record] = [:]
        for (name, cursor) in try object.required("steps").object().entries {
            let step = try cursor.object(allowing: ["options", "input", "output", "refused"])
            records[name] = Record(
                options: try step.required("options").value,
                input: try step.required("input").string(),
                output: try step.required("output").string(),
                refused: try step.required("refused").array().map { try $0.string() })
        }
        return PipelineState(records: records, url: url)
    }

    /// Keeps that a step was done.
    mutating func set(_ record: Record, for step: String) throws {
        records[step] = record
        try write()
    }

    /// Forgets a step that is about to be done again.
    mutating func forget(_ step: String) throws {
        guard records.removeValue(forKey: step) != nil else { return }
        try write()
    }

    private func write() throws {
        let state = DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "steps": .object(
                sorted: records.mapValues { record in
                    .object([
                        "options": record.options, "input": .string(record.input),
                        "output": .string(record.output), "refused": .strings(record.refused),
                    ])
                }),
        ])
        let text = state.json(
            .indented(
                onOneLine: ["steps.*.options", "steps.*.refused"],
                continuing: ["format_version", "steps.*.output"]))
        try AtomicFile.write(text, to: url)
    }
}
