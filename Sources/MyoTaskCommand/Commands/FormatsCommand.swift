import ArgumentParser
import EMGIngest

/// `myotask formats`: what can be read.
struct FormatsCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats that can be read, and the templates for files without one.")

    @OptionGroup var format: JSONOption

    var printsJSON: Bool { format.json }

    private struct Result: Encodable {
        struct Kind: Encodable {
            let name: String
            let summary: String
        }

        let formats: [Kind]
        let templates: [Kind]
    }

    func run() throws {
        guard !printsJSON else {
            let result = Result(
                formats: CommandContext.current.readers.readers.map {
                    Result.Kind(name: $0.formatName, summary: $0.summary)
                },
                templates: SourceTemplate.shipped.map {
                    Result.Kind(name: $0.name, summary: $0.summary)
                })
            return Console.line(try JSONText.of(result))
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
