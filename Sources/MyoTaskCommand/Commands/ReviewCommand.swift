import ArgumentParser
import Dispatch
import Documents
import EMGFilters
import EMGReview
import EMGTasks
import Experiments
import Foundation
import PageServer
import Synchronization

/// `myotask review`: the page on which people look at recordings and decide.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Look at every recording of an archive in the browser, and decide.",
        discussion: """
            Starts a small server on this machine, which nobody else can reach, and prints the \
            address of its page: all recordings with their signals and labels, to be approved, \
            rejected, relabeled or cut by keyboard or mouse. Each decision is saved at once in \
            the edit file; "myotask build --edits" applies it, the archive never changes. \
            Control-C ends the server; the next review continues where this one stopped.

            See docs/review/page.md.
            """)

    @Argument(help: "The archive's folder.", completion: .directory)
    var archive: String

    @Option(
        help: ArgumentHelp(
            "The collection that the page may make, with or without .json; ARCHIVE-collection.json "
                + "beside the archive when left out.", valueName: "file"),
        completion: .file())
    var collection: String?

    @Option(help: "The port of 127.0.0.1; any free one when left out.")
    var port = 0

    @Option(
        help: ArgumentHelp(
            "The edit file; ARCHIVE.edits.json beside the archive when left out.",
            valueName: "file"),
        completion: .file())
    var edits: String?

    @Option(
        help: ArgumentHelp(
            "A conditioning pipeline: the conditioned signal is drawn over the raw one.",
            valueName: "file"),
        completion: .file())
    var pipeline: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The configuration the page begins with.", valueName: "file"),
        completion: .file())
    var config: String?

    @OptionGroup var reviewer: ReviewerOption

    @OptionGroup var parallelism: ThreadOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535, got \(port)")
        }
    }

    func run() throws {
        guard LoopbackServer.isAvailable else { throw PageServerError(.noServer) }
        let folder = URL(filePath: archive, directoryHint: .isDirectory).standardizedFileURL
        let service = try ReviewService.open(try settings(of: folder))
        // A browser that goes away must not end the server.
        _ = signal(SIGPIPE, SIG_IGN)
        let failure = Mutex<(any Error)?>(nil)
        let isOver = DispatchSemaphore(value: 0)
        let port = port
        let announcement = PageAnnouncement(
            folder.lastPathComponent,
            note: "Control-C ends the review; everything decided is saved.")
        Task.detached {
            do {
                try await LoopbackServer.run(service, port: port) { announcement.say($0) }
            } catch {
                failure.withLock { $0 = error }
            }
            isOver.signal()
        }
        isOver.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func settings(of folder: URL) throws -> ReviewSettings {
        let beside = folder.deletingLastPathComponent()
        let name = folder.lastPathComponent
        var manifest =
            collection.map { URL(filePath: $0) }
            ?? beside.appending(path: "\(name)-collection.json", directoryHint: .notDirectory)
        if manifest.pathExtension.lowercased() != "json" {
            manifest.appendPathExtension("json")
        }
        var configuration: Document?
        var take: EditSelection.Take?
        if let config {
            let document = try CommandContext.current.document(at: config)
            let stated = try CollectionConfiguration(document.cursor)
            guard stated.design == nil else { throw ReviewError(.design(config)) }
            configuration = document
            take = stated.edits?.take
        }
        var settings = ReviewSettings(
            archive: folder,
            edits: edits.map { URL(filePath: $0).standardizedFileURL }
                ?? beside.appending(path: "\(name).edits.json", directoryHint: .notDirectory),
            collection: manifest.standardizedFileURL,
            reviewer: reviewer.name,
            threads: parallelism.threads)
        settings.pipeline = try pipeline.map {
            try ConditioningPipeline(CommandContext.current.document(at: $0).cursor)
        }
        settings.configuration = configuration?.root
        settings.take = take
        settings.kinds = CommandContext.current.kinds
        settings.report = { recording, file in
            var report = RecordingReport(recording.identity.id)
            report.add(recording, file: file)
            return report.html
        }
        return settings
    }
}
