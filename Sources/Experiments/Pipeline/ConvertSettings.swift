internal import Documents
package import EMGIngest
package import Foundation

/// The part `convert` of an experiment: which recordings, and what is known about them.
package struct ConvertSettings: Sendable, Hashable {
    /// Files and folders of recordings.
    package let inputs: [URL]
    /// How they are read.
    package let options: ReadOptions
    /// The template's file, when the template is not one that comes along.
    package let templateFile: URL?
    /// The settings as the options of `myotask convert`.
    package let arguments: [String]

    /// Reads the part.
    ///
    /// - Parameter cursor: The object; files in it are looked for beside the document.
    /// - Returns: The settings, with the template read.
    /// - Throws: `DocumentError` with the place of the fault, `IngestError` for a wrong template.
    static func read(_ cursor: DocumentCursor) throws -> ConvertSettings {
        let document = try ConvertDocument(cursor)
        let folder = URL(filePath: cursor.document).deletingLastPathComponent()
        func place(_ path: String) -> URL {
            URL(filePath: path, relativeTo: folder).absoluteURL.standardizedFileURL
        }
        let inputs = document.inputs.map(place)
        let list = try cursor.object().required("inputs")
        for (input, cursor) in zip(inputs, (try? list.array()) ?? [list])
        where !FileManager.default.fileExists(atPath: input.path(percentEncoded: false)) {
            throw cursor.error(
                expected: "a file or folder",
                found: "nothing at "
                    + input.path(percentEncoded: false),
                hint: "paths are taken from the experiment's own folder")
        }
        var options = ReadOptions()
        options.format = document.format
        options.identity = document.identity
        options.unit = document.unit ?? options.unit
        options.samplingRateHertz = document.rate
        options.missing = document.missing
        options.repairSeconds = document.repair
        options.layout = document.layout
        switch document.parts {
        case nil, "main": options.parts = .main
        case "all": options.parts = .all
        case let name?: options.parts = .named(name)
        }
        let shipped = SourceTemplate.shipped.first { $0.name == document.template }
        var templateFile: URL?
        if let name = document.template, shipped == nil {
            let file = place(name)
            options.template = try SourceTemplate(contentsOf: file)
            templateFile = file
        } else {
            options.template = shipped
        }
        return ConvertSettings(
            inputs: inputs, options: options, templateFile: templateFile,
            arguments: arguments(
                document, template: templateFile?.path(percentEncoded: false) ?? document.template))
    }

    /// The settings as options, those that are given.
    private static func arguments(_ document: ConvertDocument, template: String?) -> [String] {
        let identity = document.identity
        let options: [(name: String, value: String?)] = [
            ("format", document.format), ("patient", identity.patient),
            ("session", identity.session), ("condition", identity.condition),
            ("run", identity.run), ("unit", document.unit),
            ("rate", document.rate.map { "\($0)" }),
            ("missing", document.missing == .reject ? nil : document.missing.rawValue),
            ("repair", document.repair.map { "\($0)" }), ("parts", document.parts),
            ("layout", document.layout?.description), ("template", template),
        ]
        return options.flatMap { option in option.value.map { ["--\(option.name)", $0] } ?? [] }
    }
}
