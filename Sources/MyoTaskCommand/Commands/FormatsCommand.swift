import ArgumentParser
import Documents
import EMGIngest

/// `myotask formats`: what can be read.
struct FormatsCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats that can be read, and the templates for files without one.")

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    func run() throws {
        guard !printsJSON else {
            let kinds = { (kinds: [(name: String, summary: String)]) in
                DocumentValue.array(
                    kinds.map {
                        .object(["name": .string($0.name), "summary": .string($0.summary)])
                    })
            }
            let readers = CommandContext.current.readers.readers
            return Console.line(
                JSONText.of(
                    .object([
                        "formats": kinds(readers.map { ($0.formatName, $0.summary) }),
                        "templates": kinds(SourceTemplate.shipped.map { ($0.name, $0.summary) }),
                    ])))
        }
        var formats = TextTable("format", "reads")
        for reader in CommandContext.current.readers.readers {
            formats.add(reader.formatName, reader.summary)
        }
        Console.line(formats.text)
        var templates = TextTable("template", "describes")
        for template in SourceTemplate.shipped {
            templates.add(template.name, template.summary)
        }
        if !templates.isEmpty { Console.line("\n\(templates.text)") }
    }
}
