import ArgumentParser
import EMGArchive
import EMGTasks
import Foundation
import PrintableText

/// `myotask verify`: whether a collection comes out again.
struct VerifyCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Build a collection anew from its recordings and compare the bytes.",
        discussion: """
            Every task is built again from the archive as the manifest says, and both files are \
            compared with the ones that are there. The exit status is 1 when anything differs.
            """)

    @Argument(help: "The collection's manifest, NAME.json.", completion: .file())
    var collection: String

    @Option(
        name: .shortAndLong, help: "The archive it was built from.", completion: .directory)
    var archive: String

    @Option(help: "The edit file it was built with, if there was one.", completion: .file())
    var edits: String?

    @Flag(help: "Print one JSON object for programs instead of text.")
    var json = false

    @OptionGroup var parallelism: ThreadOptions

    var printsJSON: Bool { json }

    func run() throws {
        let verification = try CollectionVerification.verify(
            URL(filePath: collection),
            from: RecordingArchive(folder: URL(filePath: archive, directoryHint: .isDirectory)),
            edits: edits.map { URL(filePath: $0) }, threads: parallelism.threads)
        let differences = verification.differences
        if json {
            Console.line(
                try JSONText.of(
                    JSONVerification(
                        collection: verification.manifest.name, same: differences.isEmpty,
                        tasks: verification.manifest.tasks.count, differences: differences)))
        } else {
            for difference in differences {
                Console.problem(
                    "differs: \(difference.task.isEmpty ? collection : difference.task): "
                        + difference.text)
            }
            Console.line(
                differences.isEmpty
                    ? "\(collection): \(verification.manifest.tasks.count, of: "task") built "
                        + "again, the same bytes"
                    : "\(collection): not what comes out of \(archive)")
        }
        if !differences.isEmpty { throw ExitStatus.refused }
    }
}

/// A verification for programs.
private struct JSONVerification: Encodable {
    let collection: String
    let same: Bool
    let tasks: Int
    let differences: [CollectionVerification.Difference]
}
