import ArgumentParser
import ArrayCollections
import Documents
import EMGArchive
import EMGBatch
import EMGTasks
import Experiments
import Foundation
import PrintableText

/// `myotask verify`: whether a collection comes out again.
struct VerifyCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Build a collection anew from its sources and compare the bytes.",
        discussion: """
            Every task is built again from the archive as the manifest says, and both files are \
            compared with the ones that are there. Of labeled arrays, --archive is the source or the \
            folder that the sources lie in. The exit status is 1 when anything differs.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Option(
        name: .shortAndLong,
        help:
            "The archive it was built from; of labeled arrays the source, or the sources' folder.",
        completion: .directory)
    var archive: String

    @Option(help: "The edit file it was built with, if there was one.", completion: .file())
    var edits: String?

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json }

    func run() throws {
        guard !LearningCollection.isOfArrays(URL(filePath: collection)) else {
            return try verifyArrays()
        }
        let verification = try CollectionVerification.verify(
            URL(filePath: collection),
            from: RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory)),
            edits: edits.map { URL(filePath: $0) }, kinds: CommandContext.current.kinds,
            threads: parallelism.threads)
        let differences = verification.differences
        if json {
            Console.line(
                JSONText.of(
                    .object([
                        "collection": .string(verification.manifest.name),
                        "same": .boolean(differences.isEmpty),
                        "tasks": .integer(verification.manifest.tasks.count),
                        "differences": .array(
                            differences.map {
                                .object(["task": .string($0.task), "text": .string($0.text)])
                            }),
                    ])))
        } else {
            FaultOutput.refuse(
                differences.map { difference in
                    let subject = difference.task.isEmpty ? collection : difference.task
                    return FaultGroup.Note(
                        subject: subject, text: "\(subject): \(difference.text)")
                }, as: "differs")
            Console.line(
                differences.isEmpty
                    ? "\(collection): \(verification.manifest.tasks.count, of: "task") built "
                        + "again, the same bytes"
                    : "\(collection): not what comes out of \(archive)")
        }
        if !differences.isEmpty { throw ExitStatus.refused }
    }

    private func verifyArrays() throws {
        guard edits == nil else {
            throw ValidationError("--edits is of recordings: labeled arrays have none")
        }
        let (manifest, differences) = try ArrayCollectionBuilder.verify(
            URL(filePath: collection), from: URL(filePath: archive), threads: parallelism.threads)
        if json {
            Console.line(
                JSONText.of(
                    .object([
                        "collection": .string(manifest.name),
                        "same": .boolean(differences.isEmpty),
                        "differences": .strings(differences),
                    ])))
        } else {
            for difference in differences {
                Console.problem("differs: \(collection): \(difference)")
            }
            Console.line(
                differences.isEmpty
                    ? "\(collection): built again, the same bytes"
                    : "\(collection): not what comes out of \(archive)")
        }
        if !differences.isEmpty { throw ExitStatus.refused }
    }
}
