import ArgumentParser
import EMGIngest
import EMGSignal
import Files
import Foundation
import PrintableText
import TemplateProposals

/// `myotask template`: a template for files of unknown layout, proposed from the files themselves.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Propose a template for text files of unknown layout.",
        discussion: """
            Looks at delimiter, header, time, rate, channels, labels and units of the first file, and \
            writes a template with comments: what is not sure is marked with "?". It shows the first \
            rows as the template reads them, and tells which of the other files it does not read. \
            Nothing but the template is written, and the files stay as they are.

            Two commands from an unknown file to an archive:
              myotask template measurement.csv --output lab.yaml
              myotask convert measurements --template lab.yaml --output archive
            """)

    @Argument(help: "Text files, or folders of them.", completion: .file())
    var paths: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where the template goes; it is printed when left out.", valueName: "template.yaml"),
        completion: .file(extensions: ["yaml"]))
    var output: String?

    @Option(help: "The template's name; that of the output or of the first file when left out.")
    var name: String?

    @Flag(help: "Replace a template that is there.")
    var force = false

    func run() throws {
        let files = try Self.files(at: paths)
        let place = output.map { URL(filePath: $0) }
        if let place, !force,
            FileManager.default.fileExists(atPath: place.path(percentEncoded: false))
        {
            throw ValidationError("\(place.relativePath) is there already; --force replaces it")
        }
        let named = name ?? (place ?? files[0]).deletingPathExtension().lastPathComponent
        if let known = Self.knownFormat(of: files[0]) {
            Console.note(
                "\(files[0].relativePath.printable()) is read as \(known) as it is: convert needs no "
                    + "template for it")
        }
        let proposal = try TemplateProposal(of: files[0], name: named)
        let template = try Self.template(proposal, place: place)
        if let place {
            try AtomicFile.write(proposal.yaml, to: place)
        } else {
            Console.line(String(proposal.yaml.dropLast()))
        }
        // What is printed may be kept as a file: what is said of it goes elsewhere then.
        let say = { (text: String) in output == nil ? Console.note(text) : Console.line(text) }
        if let place {
            say("\(place.relativePath): proposed from \(files[0].relativePath.printable())")
        }
        for doubt in proposal.doubts { say("  ? \(doubt)") }
        try show(files, template, say)
        guard let place else { return }
        let missing = proposal.hasMissing ? " --missing mark" : ""
        let rate = proposal.lacksRate ? " --rate HERTZ" : ""
        say(
            "\nnext: myotask convert \(paths.joined(separator: " ")) --template "
                + "\(place.relativePath)\(missing)\(rate) --output archive")
    }

    /// The format by which a file is read already; `nil` when none knows its content.
    private static func knownFormat(of url: URL) -> String? {
        // Any text may be a ROAM table by its name; its columns decide.
        let reader = try? CommandContext.current.readers.reader(for: url)
        guard let reader, (try? reader.open(url, options: ReadOptions())) != nil else { return nil }
        return reader.formatName
    }

    /// Reads the proposal as `convert` will.
    private static func template(
        _ proposal: TemplateProposal, place: URL?
    ) throws -> SourceTemplate {
        try SourceTemplate(
            proposal.yaml, document: place?.relativePath ?? "the proposed template",
            name: "proposed")
    }

    /// Shows the first rows of the first file, and what the template does not read.
    private func show(
        _ files: [URL], _ template: SourceTemplate, _ say: (String) -> Void
    ) throws {
        var faults: [String] = []
        for (place, file) in files.enumerated() {
            do throws(IngestError) {
                let preview = try TemplatePreview(of: file, by: template)
                guard place == 0 else { continue }
                var table = TextTable(preview.head.map { ">\($0)" })
                for row in preview.rows { table.add(row) }
                say("\nThe first rows of \(file.relativePath.printable()):\n\(table.text)")
                if preview.hiddenChannels > 0 {
                    say("and \(preview.hiddenChannels, of: "more channel")")
                }
                for warning in preview.warnings { say("  \(warning)") }
            } catch {
                faults.append("\(error)")
            }
        }
        if files.count > 1 {
            say(
                "\(files.count - faults.count) of \(files.count, of: "file") begin as the template says"
            )
        }
        for fault in faults.prefix(10) { say("  not read: \(fault)") }
        if faults.count > 10 { say("  and \(faults.count - 10) more") }
        guard faults.isEmpty else { throw ExitStatus.refused }
    }

    /// The files, those of folders in the order of their names.
    private static func files(at paths: [String]) throws -> [URL] {
        var files: [URL] = []
        for path in paths {
            let url = URL(filePath: path)
            guard Folder.exists(at: url) else {
                files.append(url)
                continue
            }
            files += try Folder.subpaths(of: url).sorted(by: NaturalOrder.precedes)
                .map { url.appending(path: $0) }
                .filter { endings.contains($0.pathExtension.lowercased()) }
        }
        guard !files.isEmpty else {
            throw ValidationError(
                "there are no text files (\(endings.sorted().joined(separator: ", "))) in "
                    + paths.joined(separator: ", "))
        }
        return files
    }

    private static let endings: Set<String> = ["csv", "txt", "tsv", "dat", "asc", "log", "emt"]
}
