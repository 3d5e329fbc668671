import Documents
import EMGArchive
import EMGSignal
import EMGTasks
package import Foundation
package import PageServer

/// Answers the page's requests; knows nothing of sockets.
package final class ReviewService: PageService {
    /// Who may ask.
    package let access = AccessControl()
    let settings: ReviewSettings
    let catalog: ArchiveCatalog
    let store: EditStore
    let cache: SignalCache
    private let now: @Sendable () -> Date

    private init(
        _ settings: ReviewSettings, _ catalog: ArchiveCatalog,
        now: @escaping @Sendable () -> Date
    ) {
        self.settings = settings
        self.catalog = catalog
        self.now = now
        store = EditStore(settings.edits)
        cache = SignalCache(catalog.archive, pipeline: settings.pipeline)
    }

    /// Opens an archive for review.
    ///
    /// - Parameters:
    ///   - settings: What is reviewed and where results go.
    ///   - now: The time of decisions.
    /// - Returns: What answers the page's requests.
    /// - Throws: `ArchiveError` when the archive cannot be listed, ``ReviewError`` when it is
    ///   empty, `DocumentError` when the edit file cannot be read.
    package static func open(
        _ settings: ReviewSettings, now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> ReviewService {
        let archive = RecordingArchive(folder: settings.archive)
        let catalog = try ArchiveCatalog.open(archive, threads: settings.threads)
        guard !catalog.entries.isEmpty else {
            throw ReviewError(.emptyArchive(settings.archive.path(percentEncoded: false)))
        }
        let service = ReviewService(settings, catalog, now: now)
        _ = try service.store.current()
        return service
    }

    /// The time as it stands in an edit file.
    var time: String {
        now().formatted(.iso8601)
    }

    /// Answers a request of somebody who may ask.
    package func answer(_ request: PageRequest) throws -> PageResponse {
        switch (request.method, request.path) {
        case ("GET", "/api/archive"): return archiveList()
        case ("GET", "/api/form"): return collectionForm()
        case ("GET", "/api/edits"): return try edits(request)
        case ("GET", "/api/recording"): return try recording(request)
        case ("GET", "/api/signal"): return try signal(request)
        case ("GET", "/api/spectrum"): return try spectrum(request)
        case ("GET", "/api/list"): return try sessionConditionList()
        case ("GET", "/api/onsets"): return onsetForm()
        case ("GET", "/report"): return try report(request)
        case ("POST", "/api/onsets"): return try onsets(request)
        case ("POST", "/api/events"): return try events(request)
        case ("POST", "/api/decisions"): return try decide(request)
        case ("POST", "/api/undo"): return try takeBack(request) { $0.undoable }
        case ("POST", "/api/redo"): return try takeBack(request) { $0.redoable }
        case ("POST", "/api/split"): return try split(request)
        case ("POST", "/api/preview"): return try preview(request)
        case ("POST", "/api/configuration"): return try configuration(request)
        case ("POST", "/api/collection"): return try makeCollection(request)
        case ("POST", "/api/invitation"):
            return .json(.object(["address": .string(access.makeAddress())]))
        case ("GET", let path):
            return PageResource.response(at: path) ?? .problem(404, "there is no such page")
        default: return .problem(404, "there is no such page")
        }
    }

    /// The recording that a request names.
    func entry(of request: PageRequest) throws(RequestProblem) -> RecordingArchive.Entry {
        guard let id = request.parameters["id"], let entry = catalog.entry(id) else {
            throw RequestProblem(status: 404, text: "the archive has no such recording")
        }
        return entry
    }

    /// What the list knows of a recording that can be read.
    func content(of id: String) throws(RequestProblem) -> RecordingSummary.Content {
        guard let summary = catalog.summary(id) else {
            throw RequestProblem(status: 404, text: "the archive has no such recording")
        }
        switch summary.content {
        case .success(let content): return content
        case .failure(let fault): throw RequestProblem(status: 422, text: fault.text)
        }
    }
}
