internal import Documents
public import EMGIngest
public import Foundation

/// The part `convert` of an experiment: which recordings, and what is known about them.
public struct ConvertSettings: Sendable, Hashable {
    /// Files and folders of recordings.
    public let inputs: [URL]
    /// How they are read.
    public let options: ReadOptions
    /// The template's file, when the template is not one that comes along.
    public let templateFile: URL?
    /// The settings as the options of `myotask convert`.
    public let arguments: [String]

    /// Reads the part.
    ///
    /// - Parameter cursor: The object; files in it are looked for beside the document.
    /// - Returns: The settings, with the template read.
    /// - Throws: `DocumentError` with the place of the fault, `IngestError` for a wrong template.
    static func read(_ cursor: DocumentCursor) throws -> ConvertSettings {
        let object = try cursor.object(allowing: [
            "inputs", "format", "patient", "session", "condition", "run", "rate_hz", "unit",
            "missing", "repair_s", "parts", "template", "layout",
        ])
        let folder = URL(filePath: cursor.document).deletingLastPathComponent()
        let inputs = try Self.inputs(object.required("inputs"), in: folder)
        var (options, arguments) = try Self.options(object)
        var templateFile: URL?
        if let cursor = object.optional("template") {
            let name = try cursor.string()
            if let shipped = SourceTemplate.shipped.first(where: { $0.name == name }) {
                options.template = shipped
                arguments += ["--template", name]
            } else {
                let file = try place(cursor, in: folder)
                options.template = try SourceTemplate(contentsOf: file)
                templateFile = file
                arguments += ["--template", file.path(percentEncoded: false)]
            }
        }
        return ConvertSettings(
            inputs: inputs, options: options, templateFile: templateFile, arguments: arguments)
    }

    private static func place(
        _ cursor: DocumentCursor, in folder: URL
    ) throws(DocumentError) -> URL {
        URL(filePath: try cursor.string(), relativeTo: folder).absoluteURL.standardizedFileURL
    }

    /// One path or several, of files and folders that are there.
    private static func inputs(
        _ list: DocumentCursor, in folder: URL
    ) throws(DocumentError) -> [URL] {
        var cursors = [list]
        if case .array = list.value.content { cursors = try list.array() }
        guard !cursors.isEmpty else { throw list.error(expected: "at least one file or folder") }
        let inputs = try cursors.map { cursor throws(DocumentError) in
            try place(cursor, in: folder)
        }
        for (input, cursor) in zip(inputs, cursors)
        where !FileManager.default.fileExists(atPath: input.path(percentEncoded: false)) {
            throw cursor.error(
                expected: "a file or folder",
                found: "nothing at "
                    + input.path(percentEncoded: false),
                hint: "paths are taken from the experiment's own folder")
        }
        return inputs
    }

    /// Everything but the template.
    private static func options(
        _ object: DocumentObject
    ) throws -> (options: ReadOptions, arguments: [String]) {
        var arguments: [String] = []
        func text(_ key: String, _ option: String) throws(DocumentError) -> String? {
            guard let value = try object.optional(key)?.name() else { return nil }
            arguments += ["--\(option)", value]
            return value
        }
        var options = ReadOptions()
        options.format = try text("format", "format")
        options.identity = IdentityOverride(
            patient: try text("patient", "patient"), session: try text("session", "session"),
            condition: try text("condition", "condition"), run: try text("run", "run"))
        options.unit = try text("unit", "unit") ?? options.unit
        if let rate = try object.optional("rate_hz")?.number(in: 1e-6...1_000_000) {
            options.samplingRateHertz = rate
            arguments += ["--rate", "\(rate)"]
        }
        if let cursor = object.optional("missing") {
            options.missing = try cursor.choice()
            arguments += ["--missing", options.missing.rawValue]
        }
        if let seconds = try object.optional("repair_s")?.number(in: 1e-6...60) {
            options.repairSeconds = seconds
            arguments += ["--repair", "\(seconds)"]
        }
        if let parts = try text("parts", "parts") {
            options.parts =
                switch parts {
                case "main": .main
                case "all": .all
                default: .named(parts)
                }
        }
        if let cursor = object.optional("layout") {
            let text = try cursor.string()
            guard let layout = SourceLayout(text) else {
                throw cursor.error(
                    expected: "patient, session, condition, run and *, such as "
                        + "patient/session/condition")
            }
            options.layout = layout
            arguments += ["--layout", text]
        }
        return (options, arguments)
    }
}
