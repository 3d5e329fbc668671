import ArgumentParser
import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import PrintableText

/// `myotask label rename`: other names for people, sessions and recordings.
struct LabelRenameCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a person, a session or a recording another name; merge sessions.",
        discussion: """
            One person under two names would be trained on and tested on: give both one name, and \
            collections keep all recordings of it in one split. Names are those of the archive, \
            whatever was renamed before. Two recordings of one name are refused; --to-run tells \
            them apart. Examples:
              myotask label rename archive --patient p7_left --to-patient p7
              myotask label rename archive --session p7/day2 --to-session day1 --to-run 2
            """)

    @OptionGroup var options: LabelOptions

    @Option(help: "All recordings of this person.")
    var patient: String?

    @Option(help: "All recordings of this session, such as p1/day2.")
    var session: String?

    @Option(help: "This recording, such as p1/day1/111.")
    var recording: String?

    @Option(name: .customLong("to-patient"), help: "The person's name.")
    var toPatient: String?

    @Option(name: .customLong("to-session"), help: "The session's name.")
    var toSession: String?

    @Option(name: .customLong("to-condition"), help: "The condition's name.")
    var toCondition: String?

    @Option(name: .customLong("to-run"), help: "The run's name.")
    var toRun: String?

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        guard [patient, session, recording].compactMap(\.self).count == 1 else {
            throw ValidationError("say what is renamed: --patient, --session or --recording")
        }
        let names = [toPatient, toSession, toCondition, toRun].compactMap(\.self)
        guard !names.isEmpty else {
            throw ValidationError(
                "say the new name: --to-patient, --to-session, --to-condition or --to-run")
        }
        for name in names
        where
            (try? RecordingIdentity(
                patient: name, session: name, condition: name)) == nil
        {
            throw ValidationError(
                "\(name.printable()): a name has 1 to 100 bytes without / \\ : or control "
                    + "characters, and no leading dot")
        }
    }

    func run() throws {
        let archive = try options.open()
        let entries = try archive.entries(
            fitting: [patient ?? session ?? recording ?? ""])
        let depth = patient != nil ? 1 : session != nil ? 2 : 3
        guard Set(entries.map { $0.id.split(separator: "/").prefix(depth) }).count == 1 else {
            throw ValidationError("one person, session or recording is renamed at a time")
        }
        let scope: Renaming.Scope =
            patient != nil ? .patient : session != nil ? .session : .recording
        let renaming = Renaming(
            scope: scope, patient: toPatient, session: toSession, condition: toCondition,
            run: toRun)
        let revision = try archive.decide([
            LabeledArchive.Decision(entry: entries[0], actions: [.rename(renaming)])
        ])
        let names = try archive.store.current().journal.names
        let renamed = try entries.map { entry in
            (
                from: entry.id,
                to: names.identity(of: try archive.archive.readHeader(entry).identity).id
            )
        }
        let edits = archive.store.url
        guard printsJSON else {
            for (from, to) in renamed { Console.line("\(from) is \(to)") }
            return Console.line(LabelResult.written(revision, to: edits))
        }
        Console.line(
            JSONText.of(
                .object([
                    "edits": .string(edits.path(percentEncoded: false)),
                    "decisions": .integer(revision),
                    "renamed": .array(
                        renamed.map {
                            .object(["from": .string($0.from), "to": .string($0.to)])
                        }),
                ])))
    }
}
