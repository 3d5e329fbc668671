import Documents
import EMGArchive
import EMGReview
import EMGSignal
import EMGTasks
import Foundation
import PageServer
import TestSupport
import Testing

@Suite("Labels added on the review page")
struct ProposalsTests {
    private static func value(
        _ answer: PageResponse, _ path: DocumentPath.Step...
    ) throws -> DocumentValue? {
        try Document(json: answer.body, name: "answer").root.value(at: path)
    }

    private static func body(_ members: [String: DocumentValue]) -> String {
        DocumentValue.object(sorted: members).json()
    }

    @Test("onsets are proposed with the settings that are sent, and accepted as one decision")
    func onsets() throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        let answer = visitor.post(
            "/api/onsets",
            Self.body([
                "recording": .string(UnlabeledArchive.first), "class": .string("grip"),
                "rest": .string("still"), "settings": .object(["pause_s": .number(0.3)]),
            ]))
        #expect(answer.status == 200, "\(answer.text)")
        let movements = try Document(json: answer.body, name: "answer").cursor.object()
            .required("movements").array().map { (cursor) throws(DocumentError) in
                try cursor.array().map { (end) throws(DocumentError) in try end.integer() }
            }
        try #require(movements.count == 3)
        for (found, known) in zip(movements, UnlabeledArchive.movements) {
            #expect(abs(found[0] - known.lowerBound) <= 10)
            #expect(abs(found[1] - known.upperBound) <= 10)
        }
        #expect(answer.text.contains(#""name":"grip","count":3,"new":true"#), "\(answer.text)")
        #expect(!FileManager.default.fileExists(atPath: small.editsURL.path()), "only a proposal")

        let intervals = try #require(try Self.value(answer, .member("intervals")))
        let accepted = visitor.post(
            "/api/decisions",
            Self.body([
                "recording": .string(UnlabeledArchive.first), "action": .string("label"),
                "intervals": intervals, "origin": .string("onset detection"),
            ]), revision: 0)
        #expect(accepted.status == 200, "\(accepted.text)")
        let recording = visitor.get("/api/recording", "id=\(UnlabeledArchive.first)")
        #expect(recording.text.contains(#""classes":["grip","still"]"#), "\(recording.text)")
        #expect(recording.text.contains(#""original_classes":null"#))
        #expect(recording.text.contains(#""other_classes":["close","open","relax"]"#))
        #expect(visitor.post("/api/undo", "{}", revision: 1).status == 200)
        #expect(
            visitor.get("/api/recording", "id=\(UnlabeledArchive.first)").text
                .contains(#""classes":null"#))
    }

    @Test(
        "without a class, movements get that of the cue they follow; without cues a warning says so"
    )
    func cues() throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        let answer = visitor.post(
            "/api/onsets", Self.body(["recording": .string(UnlabeledArchive.second)]))
        let names = try Document(json: answer.body, name: "answer").cursor.object()
            .required("intervals").array().map { (cursor) throws(DocumentError) in
                try cursor.object().required("class").string()
            }
        #expect(names == ["relax", "open", "close", "open"])
        let uncued = visitor.post(
            "/api/onsets", Self.body(["recording": .string(UnlabeledArchive.first)]))
        #expect(uncued.text.contains("3 movements follow no cue"), "\(uncued.text)")
        #expect(uncued.text.contains(#""intervals":[]"#))
    }

    @Test(
        "settings that are none are refused with their name",
        arguments: [
            (#"{"pause_s": -1}"#, "pause_s"), (#"{"paus_s": 1}"#, "did you mean"),
            (#"{"method": "bonato"}"#, "teager_kaiser"),
            (#"{"method": "teager_kaiser"}"#, "envelope"),
        ])
    func settings(settings: String, reason: String) throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        let body =
            #"{"recording": "\#(UnlabeledArchive.first)", "class": "a", "settings": \#(settings)}"#
        let answer = visitor.post("/api/onsets", body)
        #expect(answer.status == 422 && answer.text.contains(reason), "\(answer.text)")
        #expect(
            visitor.get("/api/onsets").text.contains(#""smoothing_s":0.1"#), "the form's defaults")
    }

    @Test("a table of events is proposed as labels; its faults are told with line and column")
    func events() throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        func propose(_ text: String, _ more: [String: DocumentValue] = [:]) -> PageResponse {
            visitor.post(
                "/api/events",
                Self.body(
                    [
                        "recording": .string(UnlabeledArchive.second), "name": .string("e.tsv"),
                        "text": .string(text),
                    ].merging(more) { $1 }))
        }
        let answer = propose(
            "onset\tduration\ttrial_type\n1\t2\topen\n4\t1\tpinch\n8\t1\tBAD_x\n",
            ["replace": .boolean(true)])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(
            answer.text.contains(#"{"start":800,"end":1000,"class":"pinch"}"#), "\(answer.text)")
        #expect(answer.text.contains(#"{"start":0,"end":2200,"class":"unlabeled"}"#))
        #expect(answer.text.contains(#""excluded":[[1600,1800]]"#))
        #expect(answer.text.contains(#""name":"open","count":1,"new":false"#))
        let fault = propose("onset,duration,label\n1,2,open\nx,2,open\n")
        #expect(fault.status == 422 && fault.text.contains("e.tsv:3:1"), "\(fault.text)")
        let unit = propose(
            "t,label\n200,open\n", ["onset": .string("t"), "unit": .string("samples")])
        #expect(unit.text.contains(#""start":200"#), "\(unit.text)")
        #expect(propose("t,label\n1,a\n", ["unit": .string("years")]).status == 422)
    }

    @Test(
        "a range is painted with a new class, which must be said to be one where there are others")
    func painted() throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        func paint(_ id: String, _ name: String, new: Bool, revision: Int) -> PageResponse {
            visitor.post(
                "/api/decisions",
                Self.body([
                    "recording": .string(id), "action": .string("relabel"), "start": .integer(0),
                    "end": .integer(9), "class": .string(name), "new": .boolean(new),
                ]), revision: revision)
        }
        #expect(paint(UnlabeledArchive.first, "pinch", new: false, revision: 0).status == 200)
        let refused = paint(UnlabeledArchive.second, "pinch", new: false, revision: 1)
        #expect(refused.status == 422 && refused.text.contains("relax, open, close"))
        #expect(paint(UnlabeledArchive.second, "pinch", new: true, revision: 1).status == 200)
        #expect(paint(UnlabeledArchive.second, "pinch", new: false, revision: 2).status == 200)
        let recording = visitor.get("/api/recording", "id=\(UnlabeledArchive.second)").text
        #expect(recording.contains(#""classes":["relax","open","close","pinch"]"#), "\(recording)")
    }

    @Test(
        "people are renamed in the list, two recordings of one name are refused, undo gives names back"
    )
    func renamed() throws {
        let small = try UnlabeledArchive()
        let visitor = Visitor(try small.service())
        func rename(_ more: [String: DocumentValue], revision: Int) -> PageResponse {
            visitor.post(
                "/api/decisions",
                Self.body(
                    [
                        "recording": .string(UnlabeledArchive.second), "action": .string("rename"),
                        "scope": .string("patient"), "patient": .string("p1"),
                    ].merging(more) { $1 }), revision: revision)
        }
        let refused = rename([:], revision: 0)
        #expect(refused.status == 422 && refused.text.contains("p1/day1/a"), "\(refused.text)")
        #expect(rename(["patient": .string("../p1")], revision: 0).status == 422)
        let made = rename(["session": .string("day2")], revision: 0)
        #expect(made.status == 200 && made.text.contains(#""renamings":[1]"#), "\(made.text)")
        let list = visitor.get("/api/archive").text
        #expect(
            list.contains(#""id":"p2/day1/a","name":"p1/day2/a","patient":"p1","session":"day2""#),
            "\(list)")
        let recording = visitor.get("/api/recording", "id=\(UnlabeledArchive.second)").text
        #expect(recording.contains(#""name":"p1/day2/a""#))
        _ = visitor.post(
            "/api/decisions",
            Self.body([
                "recording": .string(UnlabeledArchive.second), "action": .string("approve"),
            ]), revision: 1)
        #expect(visitor.get("/api/list").text.contains("\"day2\""), "the list has the new names")
        _ = visitor.post("/api/undo", "{}", revision: 2)
        let undone = visitor.post("/api/undo", "{}", revision: 3)
        #expect(undone.text.contains(#""renamings":[]"#))
        #expect(visitor.get("/api/archive").text.contains(#""name":"p2/day1/a""#))
    }

    @Test("the report of a recording is a page of its own, for those who may ask, without scripts")
    func report() throws {
        let small = try UnlabeledArchive()
        let plain = Visitor(try small.service())
        #expect(plain.get("/report", "id=\(UnlabeledArchive.first)").status == 404)
        #expect(plain.get("/api/archive").text.contains(#""has_report":false"#))
        let service = try small.service {
            $0.report = { recording, file in "<p>\(recording.identity.id) of \(file)</p>" }
        }
        let visitor = Visitor(service)
        let answer = visitor.get("/report", "id=\(UnlabeledArchive.first)")
        #expect(answer.status == 200 && answer.text == "<p>p1/day1/a of a.h5</p>")
        #expect(answer.headers["Content-Type"]?.hasPrefix("text/html") == true)
        let policy = try #require(answer.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") && !policy.contains("script-src"))
        #expect(visitor.get("/report", "id=../../etc/passwd").status == 404)
        let stranger = service.respond(
            to: PageRequest(
                path: "/report", query: "id=\(UnlabeledArchive.first)",
                headers: ["host": ["127.0.0.1:4000"]]))
        #expect(stranger.status == 403)
    }

    @Test("a configuration comes back as it was, with the number of patients and what it takes")
    func configuration() throws {
        let small = try UnlabeledArchive()
        let yaml = """
            seed: 9007199254740993
            window: {length_ms: 200, stride_ms: 50, label_rule: pure}
            split: {rule: repetitions, repetitions: 2, guard_ms: 120}
            splits: {test: 2, validation: 1}
            classes: {order: [relax, open, close], drop: [pinch]}
            edits: {file: archive.edits.json, take: not_rejected}
            """
        let root = try Document(yaml: yaml.utf8, name: "c.yaml").root
        let visitor = Visitor(
            try small.service {
                $0.configuration = root
                $0.take = .unrejected
            })
        let form = visitor.get("/api/form")
        #expect(try Self.value(form, .member("take"))?.content == .string("not_rejected"))
        let start = try #require(try Self.value(form, .member("configuration")))
        let answer = visitor.post(
            "/api/configuration",
            Self.body(["configuration": start, "take": .string("not_rejected")]))
        #expect(answer.status == 200, "\(answer.text)")
        let returned = try CollectionConfiguration(
            Document(yaml: answer.body, name: "d.yaml").cursor)
        let expected = try CollectionConfiguration(Document(name: "c.yaml", root: root).cursor)
        #expect(returned.document.json() == expected.document.json())
    }
}
