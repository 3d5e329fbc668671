import Documents
import EMGArchive
import EMGReview
import EMGTasks
import Foundation
import PageServer
import TestSupport
import Testing

@Suite("Decisions on the review page")
struct DecisionsTests {
    private static func decision(_ action: String, _ more: String = "", of patient: Int = 1)
        -> String
    {
        "{\"recording\": \"p\(patient)/day1/111\", \"action\": \"\(action)\"\(more)}"
    }

    @Test("a decision is in the file when it is answered, with who and when")
    func saved() throws {
        let small = try SmallArchive()
        let visitor = Visitor(try small.service())
        #expect(visitor.post("/api/decisions", Self.decision("approve"), revision: 0).status == 200)
        let journal = try EditFile(contentsOf: small.editsURL).journal
        #expect(journal.revision == 1)
        #expect(journal.decisions[0].by == "ana")
        #expect(journal.recordings["p1/day1/111"]?.state == .approved)
    }

    @Test("a browser that has not seen the latest decision changes nothing and is reported")
    func concurrency() throws {
        let small = try SmallArchive()
        let one = Visitor(try small.service())
        // Another server on the same file.
        let other = Visitor(try small.service())
        #expect(one.post("/api/decisions", Self.decision("approve"), revision: 0).status == 200)
        let late = other.post("/api/decisions", Self.decision("reject"), revision: 0)
        #expect(late.status == 409)
        #expect(late.text.contains("\"action\":\"approve\""))
        #expect(late.headers["ETag"] == "\"1\"")
        #expect(try EditFile(contentsOf: small.editsURL).journal.revision == 1)
        #expect(other.post("/api/decisions", Self.decision("reject"), revision: 1).status == 200)
        #expect(one.post("/api/undo", "{}", revision: 1).status == 409)
        #expect(one.get("/api/edits", "since=1").text.contains("\"action\":\"reject\""))
        #expect(one.post("/api/decisions", Self.decision("approve")).status == 428)
    }

    @Test("of decisions that come at once, each that is accepted is kept")
    func race() throws {
        let small = try SmallArchive()
        let visitors = [Visitor(try small.service()), Visitor(try small.service())]
        DispatchQueue.concurrentPerform(iterations: 8) { index in
            let visitor = visitors[index % 2]
            var revision = 0
            for _ in 0..<10 {
                while true {
                    let answer = visitor.post(
                        "/api/decisions", Self.decision("note", ", \"text\": \"\(index)\""),
                        revision: revision)
                    let tag = answer.headers["ETag"] ?? ""
                    revision = Int(tag.filter(\.isNumber)) ?? 0
                    if answer.status == 200 { break }
                    guard answer.status == 409 else { return }
                }
            }
        }
        let journal = try EditFile(contentsOf: small.editsURL).journal
        #expect(journal.revision == 80)
        let notes = journal.decisions.compactMap { decision -> String? in
            if case .note(let text) = decision.action { text } else { nil }
        }
        for index in 0..<8 { #expect(notes.count { $0 == "\(index)" } == 10) }
    }

    @Test("undo goes back to the first decision, redo forward again, across sessions")
    func undo() throws {
        let small = try SmallArchive()
        var visitor = Visitor(try small.service())
        for (revision, action) in ["approve", "reject", "flag"].enumerated() {
            _ = visitor.post("/api/decisions", Self.decision(action), revision: revision)
        }
        func state() throws -> ReviewState? {
            try EditFile(contentsOf: small.editsURL).journal.recordings["p1/day1/111"]?.state
        }
        visitor = Visitor(try small.service())
        var states: [ReviewState?] = []
        for revision in 3..<6 {
            _ = visitor.post("/api/undo", "{}", revision: revision)
            states.append(try state())
        }
        #expect(states == [.rejected, .approved, .unseen])
        #expect(visitor.post("/api/undo", "{}", revision: 6).status == 200)
        #expect(try EditFile(contentsOf: small.editsURL).journal.revision == 6)
        states = []
        for revision in 6..<9 {
            _ = visitor.post("/api/redo", "{}", revision: revision)
            states.append(try state())
        }
        #expect(states == [.approved, .rejected, .flagged])
    }

    @Test(
        "what does not fit the recording is refused with the reason",
        arguments: [
            (#", "start": 0, "end": 10, "class": "opne""#, "did you mean \\\"open\\\""),
            (#", "start": 0, "end": 100000, "class": "open""#, "640"),
            (#", "start": 10, "end": 10, "class": "open""#, "whole number"),
            (#", "start": -1, "end": 10, "class": "open""#, "whole number"),
            (#", "start": 0, "end": 10, "class": "open", "extra": 1"#, "extra"),
        ])
    func mismatch(more: String, reason: String) throws {
        let small = try SmallArchive()
        let visitor = Visitor(try small.service())
        let answer = visitor.post("/api/decisions", Self.decision("relabel", more), revision: 0)
        #expect(answer.status == 422)
        #expect(answer.text.contains(reason), "\(answer.text)")
        #expect(!FileManager.default.fileExists(atPath: small.editsURL.path()))
    }

    @Test("killed while it saves, the server leaves whole decisions and nothing else")
    func killed() throws {
        let small = try SmallArchive()
        var accepted = 0
        for round in 0..<4 {
            let review = try RunningPage(["review", small.archive.folder.path()])
            let cookie = try review.cookie()
            let process = review.processIdentifier
            let killer = DispatchQueue(label: "killer")
            killer.asyncAfter(deadline: .now() + .milliseconds(400 + 170 * round)) {
                Foundation.kill(process, SIGKILL)
            }
            while true {
                let body = Self.decision("note", ", \"text\": \"\(accepted)\"")
                let lines = [
                    "POST /api/decisions HTTP/1.1", "Host: 127.0.0.1:\(review.port)",
                    "Origin: http://127.0.0.1:\(review.port)", "Cookie: \(cookie)",
                    "If-Match: \"\(accepted)\"", "Content-Length: \(body.utf8.count)",
                    "Connection: close",
                ]
                guard
                    let answer = try? review.exchange(
                        lines.joined(separator: "\r\n") + "\r\n\r\n" + body),
                    answer.hasPrefix("HTTP/1.1 200")
                else { break }
                accepted += 1
            }
            killer.sync {}
            let journal = try EditStore(small.editsURL).current().journal
            // The last one may have been saved without its answer coming through.
            #expect((accepted...accepted + 1).contains(journal.revision))
            accepted = journal.revision
        }
        #expect(accepted > 0)
    }

    @Test("the collection is the one that build makes of the downloaded configuration")
    func collection() throws {
        let small = try SmallArchive()
        let visitor = Visitor(try small.service())
        for patient in 1...3 {
            _ = visitor.post(
                "/api/decisions", Self.decision("approve", of: patient), revision: patient - 1)
        }
        _ = visitor.post(
            "/api/decisions",
            Self.decision("relabel", #", "start": 70, "end": 80, "class": "open""#), revision: 3)
        _ = visitor.post(
            "/api/decisions", Self.decision("exclude", #", "start": 500, "end": 560"#, of: 2),
            revision: 4)
        let body = """
            {"configuration": {"window": {"length_ms": 100, "stride_ms": 25}, \
            "split": {"rule": "fraction", "fraction": 0.4}, \
            "quality": {"exclude": ["saturation"], "bad_channels": "silence"}, \
            "splits": {"train": ["p1", "p2"], "validation": [], "test": ["p3"]}}}
            """
        let preview = visitor.post("/api/preview", body)
        #expect(preview.status == 200, "\(preview.text)")
        let made = visitor.post("/api/collection", body)
        #expect(made.status == 200, "\(made.text)")
        #expect(visitor.post("/api/collection", body).status == 409)
        let yaml = visitor.post("/api/configuration", body)
        let folder = small.folder.url
        try yaml.body.write(to: folder.appending(path: "downloaded.yaml"))
        let again = folder.appending(path: "again/study.json")
        let build = try CommandRun([
            "build", small.archive.folder.path(), "--config",
            folder.appending(path: "downloaded.yaml").path(), "--output", again.path(),
        ])
        #expect(build.status == 0, "\(build.problems)")
        for name in ["study.json", "study.h5"] {
            let one = try Data(contentsOf: folder.appending(path: name))
            let other = try Data(contentsOf: folder.appending(path: "again/\(name)"))
            #expect(one == other, "\(name)")
        }
        let manifest = try String(contentsOf: folder.appending(path: "study.json"), encoding: .utf8)
        #expect(manifest.contains(try EditFile(contentsOf: small.editsURL).sha256))
        #expect(yaml.text.contains("exclude: [saturation]"))
        #expect(manifest.contains("\"bad_channels\" : \"silence\""))
        let verify = try CommandRun([
            "verify", folder.appending(path: "study.json").path(), "--archive",
            small.archive.folder.path(), "--edits", small.editsURL.path(),
        ])
        #expect(verify.status == 0, "\(verify.problems)")
    }

    @Test(
        "a page may not name files",
        arguments: [
            #"{"configuration": {"window": {"length": 9, "stride": 3}, "edits": "/etc/passwd"}}"#,
            #"{"configuration": {"window": {"length": 9, "stride": 3}, "design": {"rule": "collections"}}}"#,
        ])
    func files(body: String) throws {
        let small = try SmallArchive()
        let visitor = Visitor(try small.service())
        for path in ["/api/preview", "/api/collection", "/api/configuration"] {
            #expect(visitor.post(path, body).status == 422)
        }
    }
}
