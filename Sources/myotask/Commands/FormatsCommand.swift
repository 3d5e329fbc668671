import ArgumentParser
import EMGIngest

/// `myotask formats`: what can be read.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the formats that can be read, and the templates for files without one.")

    func run() throws {
        var formats = TextTable("format", "reads")
        for reader in ReaderRegistry.standard.readers {
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
