import Documents
import EMGSignal
import EMGTasks
import Foundation
import PageServer

/// What is decided: each decision is on the disk before it is answered.
extension ReviewService {
    /// `GET /api/edits[?since=]`
    func edits(_ request: PageRequest) throws -> PageResponse {
        let file = try store.current()
        let tag = "\"\(file.journal.revision)\""
        if request.header("if-none-match") == tag {
            return PageResponse(
                status: 304, type: "application/json", body: Data(), headers: ["ETag": tag])
        }
        return .json(
            EditText.json(file, since: request.parameters["since"].flatMap { Int($0) }),
            headers: ["ETag": tag])
    }

    /// `POST /api/decisions`
    func decide(_ request: PageRequest) throws -> PageResponse {
        let revision = try self.revision(of: request)
        let cursor = try request.document()
        let (id, action) = try DecisionDocument.request(cursor)
        if case .undo = action {
            throw RequestProblem(status: 422, text: "undo with /api/undo")
        }
        switch action {
        case .review, .note:
            // What cannot be read can be rejected and noted upon.
            guard catalog.entry(id) != nil else {
                throw RequestProblem(status: 404, text: "the archive has no such recording")
            }
        default:
            try store.current().journal.check(
                action, to: id, of: content(of: id).header, among: { catalog.identities })
        }
        return try change(from: revision) { [time, settings] journal in
            journal.append(action, to: id, by: settings.reviewer, at: time)
        }
    }

    /// `POST /api/undo` and `POST /api/redo`
    func takeBack(
        _ request: PageRequest, _ which: (EditJournal) -> EditDecision?
    ) throws -> PageResponse {
        let revision = try self.revision(of: request)
        return try change(from: revision) { [time, settings] journal in
            guard let decision = which(journal) else { return }
            journal.append(
                .undo(decision.number), to: decision.recording, by: settings.reviewer, at: time)
        }
    }

    private func change(
        from revision: Int, _ change: (inout EditJournal) -> Void
    ) throws -> PageResponse {
        do throws(EditStore.Refusal) {
            let file = try store.change(from: revision, change)
            return .json(
                EditText.json(file, since: revision),
                headers: ["ETag": "\"\(file.journal.revision)\""])
        } catch {
            switch error {
            case .changedMeanwhile(let file):
                return .json(
                    EditText.json(file, since: revision), status: 409,
                    headers: ["ETag": "\"\(file.journal.revision)\""])
            case .document(let fault): throw fault
            case .file(let fault):
                throw RequestProblem(status: 500, text: "nothing was saved: \(fault)")
            }
        }
    }

    /// The revision that the page has seen.
    private func revision(of request: PageRequest) throws(RequestProblem) -> Int {
        guard let tag = request.header("if-match"), tag.hasPrefix("\""), tag.hasSuffix("\""),
            let revision = Int(tag.dropFirst().dropLast()), revision >= 0
        else {
            throw RequestProblem(
                status: 428, text: "If-Match: the revision that the decision is made upon")
        }
        return revision
    }
}
