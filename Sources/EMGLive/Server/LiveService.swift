internal import Decoding
internal import Documents
internal import EMGArchive
internal import EMGSignal
internal import Foundation
package import PageServer
internal import Synchronization

/// Answers the live page's requests; knows nothing of sockets.
package final class LiveService: PageService {
    /// Who may ask.
    package let access = AccessControl()
    private let session: LiveSession

    /// Creates a service.
    ///
    /// - Parameter session: What the page shows.
    package init(_ session: LiveSession) { self.session = session }

    /// Answers a request of somebody who may ask.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response.
    /// - Throws: `RequestProblem`, `DocumentError` and ``DecodingError`` for what cannot be done.
    package func answer(_ request: PageRequest) throws -> PageResponse {
        switch (request.method, request.path) {
        case ("GET", "/api/state"): return .json(session.document)
        case ("GET", "/api/signal"): return signal(request)
        case ("GET", "/picture"): return try picture(request)
        case ("POST", "/api/session-begin"): try beginSession(request.document())
        case ("POST", "/api/session"): try act(request.document().object())
        case ("POST", "/api/adaptation"): try adapt(request.document().object())
        case ("POST", "/api/save"): try save(request.document().object())
        case ("POST", "/api/control-start"): try beginControl(request)
        case ("POST", "/api/control-stop"): session.endControl()
        case ("POST", "/api/intention"): try intend(request.document().object())
        case ("POST", "/api/invitation"):
            return .json(.object(["address": .string(access.makeAddress())]))
        case ("GET", let path):
            return LivePageFile.response(at: path) ?? .problem(404, "there is no such page")
        default: return .problem(404, "there is no such page")
        }
        return .json(session.document)
    }

    private func signal(_ request: PageRequest) -> PageResponse {
        let since = request.parameters["since"].flatMap { Int($0) } ?? 0
        let bytes = session.state.withLock { $0.trace?.bytes(since: since) }
        return PageResponse(type: "application/octet-stream", body: bytes ?? Data())
    }

    /// A picture of the session's protocol; no other file of the machine.
    private func picture(_ request: PageRequest) throws(RequestProblem) -> PageResponse {
        guard let path = request.parameters["path"], let picture = session.settings.pictures[path]
        else { throw RequestProblem(status: 404, text: "there is no such picture") }
        return PageResponse(type: picture.contentType, body: Data(picture.bytes))
    }

    // MARK: What somebody wants

    private func beginSession(_ cursor: DocumentCursor) throws {
        let object = try cursor.object()
        let names = try ["patient", "session", "condition"].map {
            try object.required($0).string()
        }
        let identity = try RecordingIdentity(
            patient: names[0], session: names[1], condition: names[2])
        var settings = session.settings.session
        if let cycles = object.optional("cycles") {
            settings.cycles = try cycles.integer(in: 1...1_000)
        }
        if let hold = object.optional("hold_s") {
            settings.holdSeconds = try hold.number(in: 0.1...3_600)
            settings.reactionSeconds = min(settings.reactionSeconds, settings.holdSeconds / 2)
        }
        if let classes = object.optional("classes") {
            let chosen = try classes.array().map { try $0.string() }
            settings.classes = settings.classes.filter { chosen.contains($0.name) }
            settings.cycle = settings.cycle.filter(chosen.contains)
            guard !settings.classes.isEmpty else {
                throw RequestProblem(status: 422, text: "choose at least one movement")
            }
        }
        try session.beginSession(identity, settings)
    }

    private func act(_ object: DocumentObject) throws {
        let action = try object.required("action")
        switch try action.string() {
        case "close": return session.closeSession()
        case "convert": return session.convertAgain()
        default: break
        }
        session.perform(try action.choice())
    }

    private func adapt(_ object: DocumentObject) throws {
        switch try object.required("action").string() {
        case "undo":
            guard session.adaptation.undo() else {
                throw RequestProblem(status: 409, text: "there is nothing to take back")
            }
        case "now": session.requestAdaptation("by hand", isByHand: true)
        case "force": session.requestAdaptation("by hand", isByHand: true, isForced: true)
        case "policy": session.setPolicy(try object.required("policy").choice())
        default:
            throw RequestProblem(status: 422, text: "action is one of undo, now, force and policy")
        }
    }

    private func save(_ object: DocumentObject) throws {
        let name = try object.required("name").string()
        guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
            throw RequestProblem(status: 422, text: "the name of a file, without a folder")
        }
        let file = name.hasSuffix(".myodec") ? name : "\(name).myodec"
        try session.save(
            to: session.settings.archive.folder.deletingLastPathComponent().appending(path: file))
    }

    private func beginControl(_ request: PageRequest) throws {
        let cursor = try request.document()
        let isSimulated = try cursor.object().optional("simulated")?.boolean() ?? false
        let settings = try FittsSettings(cursor.object().optional("settings") ?? cursor)
        try session.beginControl(settings, isSimulated: isSimulated)
    }

    private func intend(_ object: DocumentObject) throws {
        guard let intention = session.intention else {
            throw RequestProblem(status: 409, text: "there is no synthetic person")
        }
        intention.className = try object.required("class").string()
    }
}
