import ArgumentParser
import Documents
import EMGArchive
import EMGTasks
import Files
import Foundation
import PrintableText

/// `myotask collections`: lists of tasks that other tools keep.
struct CollectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collections",
        abstract: "Take over the field's session–condition lists, and write them.",
        discussion: """
            A session–condition list is JSON, [{"session": "2023_03_28_p7", "condition": "131"}, \
            ...]. A configuration takes such a list as it is, in design.collections, as \
            {file: p1_train.json}; these commands check one against an archive and turn it into \
            ids, or ids and collections into a list.
            """,
        subcommands: [CollectionsImportCommand.self, CollectionsExportCommand.self])
}

/// `myotask collections import`: a list into ids.
struct CollectionsImportCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn a session–condition list into ids of tasks, one a line.",
        discussion: """
            Says which entries the tool that wrote the list would have taken for one task. With \
            an archive, entries it does not have are refused; the exit status is 1 then.
            """)

    @Argument(help: "The list, a JSON file.", completion: .file())
    var list: String

    @Option(help: "The archive to look the recordings up in.", completion: .directory)
    var archive: String?

    @Option(
        name: .shortAndLong, help: "The file of ids; standard output when left out.",
        completion: .file())
    var output: String?

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func run() throws {
        let list = try SessionConditionList.read(contentsOf: URL(filePath: self.list))
        for entry in list.repeated {
            Console.warning("\(entry.session) \(entry.condition) stands more than once")
        }
        let colliding = list.collidingElsewhere
        if let first = colliding.first {
            Console.warning(
                "\(colliding.count) of \(list.entries.count, of: "entry", plural: "entries") "
                    + "have the patient and "
                    + "condition of another session, the first \(first.session) "
                    + "\(first.condition): tools that leave out the session keep one of each; "
                    + "here all are tasks")
        }
        let missing = try missingEntries(of: list)
        for entry in missing {
            Console.problem(
                "refused: \(entry.session) \(entry.condition): the archive has no such recording\n"
                    + "  hint: convert it, or take it from the list")
        }
        let text = TaskList(patterns: list.patterns).text
        if let output { try AtomicFile.write(text, to: URL(filePath: output)) }
        if printsJSON {
            Console.line(
                JSONText.of(
                    .object(known: [
                        "output": output.map { .string($0) },
                        "tasks": .strings(text.split(separator: "\n").map(String.init)),
                        "missing": .array(
                            missing.map {
                                .object([
                                    "session": .string($0.session),
                                    "condition": .string($0.condition),
                                ])
                            }),
                    ])))
        } else if let output {
            Console.line("\(output): \(list.entries.count, of: "task")")
        } else {
            Console.line(String(text.dropLast()))
        }
        if !missing.isEmpty { throw ExitStatus.refused }
    }

    private func missingEntries(
        of list: SessionConditionList
    ) throws -> [SessionConditionList.Entry] {
        guard let archive else { return [] }
        let folder = URL(filePath: archive, directoryHint: .isDirectory)
        let ids = try RecordingArchive(folder: folder).recordings().map(\.id)
        return list.entries.filter { entry in
            let pattern = entry.pattern
            return !ids.contains { pattern.fits($0) }
        }
    }
}

/// `myotask collections export`: ids or a collection into a list.
struct CollectionsExportCommand: ParsableCommand, PrintsJSON {
    /// Which tasks of a collection.
    enum Split: String, CaseIterable, ExpressibleByArgument {
        case all, train, validation, test
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the tasks of a collection, or a file of ids, as a session–condition list.",
        discussion: """
            The list is laid out as Python's json.dump does it. What such a list cannot say (runs, \
            patterns, two patients of one session and condition) is refused.
            """)

    @Argument(
        help: "A collection's manifest, or a file of ids, one a line.", completion: .file())
    var source: String

    @Option(help: "Which tasks of a collection: all, train, validation or test.")
    var split = Split.all

    @Option(name: .shortAndLong, help: "The list, a JSON file.", completion: .file())
    var output: String

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func run() throws {
        let url = URL(filePath: source)
        let list: SessionConditionList
        if url.pathExtension.lowercased() == "json" {
            let manifest = try CollectionManifest(
                contentsOf: url, kinds: CommandContext.current.kinds)
            let ids =
                switch split {
                case .all: manifest.tasks.map(\.id)
                case .train: manifest.splits.train
                case .validation: manifest.splits.validation
                case .test: manifest.splits.test
                }
            list = try SessionConditionList(ids, of: manifest)
        } else {
            list = try SessionConditionList(
                TaskList.read(contentsOf: url).patterns, subject: source)
        }
        try AtomicFile.write(list.json, to: URL(filePath: output))
        Console.line(
            printsJSON
                ? JSONText.of(
                    .object([
                        "output": .string(output), "tasks": .integer(list.entries.count),
                    ]))
                : "\(output): \(list.entries.count, of: "task")")
    }
}
