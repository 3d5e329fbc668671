import Documents
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Session–condition lists")
struct SessionConditionListTests {
    private static let texts = [
        #"[{"session": "2023_02_17_p1", "condition": "111"}]"#,
        #"[{"session": "2023_02_17_p1", "condition": "111"}, {"session": "lab7", "condition": "a b"}]"#
            + "\n",
        #"[{"session":"2023_02_17_p10","condition":"111_rotation_integral"}]"#,
        "[\n    {\n        \"session\": \"s\",\n        \"condition\": \"131\"\n    }\n]",
        #"[{"session": "2023_02_17_M\u00fcller", "condition": "\ud83d\ude00"}]"#,
        #"[{"session": "2023_02_17_Müller", "condition": "x"}]"#, "[]",
    ]

    @Test("a list that is read and written again is the same text", arguments: texts)
    func unchanged(text: String) throws {
        let list = try SessionConditionList(json: text, name: "list.json")
        #expect(list.json == text)
        let ids = TaskList(patterns: list.patterns)
        let again = try SessionConditionList(
            TaskList(text: ids.text, name: "ids.txt").patterns, subject: "ids")
        #expect(again.entries == list.entries)
    }

    @Test("one condition on two days is two tasks, and the entries that collide are named")
    func collisions() throws {
        let list = try SessionConditionList(
            json: """
                [{"session": "2023_03_20_p1", "condition": "131"},
                 {"session": "2023_02_17_p1", "condition": "131"},
                 {"session": "2023_02_17_p11", "condition": "131"},
                 {"session": "2023_02_17_p1", "condition": "131"}]
                """, name: "list.json")
        #expect(
            list.patterns.map(\.text) == [
                "p1/2023_03_20_p1/131", "p1/2023_02_17_p1/131", "p11/2023_02_17_p11/131",
                "p1/2023_02_17_p1/131",
            ])
        #expect(list.collidingElsewhere.map(\.session) == ["2023_02_17_p1", "2023_02_17_p1"])
        #expect(list.repeated.count == 1)
    }

    @Test("a session that does not name the patient is looked up by session and condition")
    func undated() throws {
        let list = try SessionConditionList(
            json: #"[{"session": "tuesday", "condition": "3"}]"#, name: "l")
        #expect(list.patterns[0].text == "*/tuesday/3")
        #expect(list.patterns[0].fits("anna/tuesday/3"))
        #expect(!list.patterns[0].fits("anna/tuesday/31"))
    }

    @Test(
        "anything else is refused at its place",
        arguments: [
            ("{}", "$"), (#"[{"session": "a"}]"#, "$[0]"),
            (#"[{"session": "a", "condition": "../x"}]"#, "$[0].condition"),
            (#"[{"session": "a", "condition": "b", "run": 1}]"#, "$[0]"),
            (#"[["a", "b"]]"#, "$[0]"),
        ])
    func faults(text: String, path: String) {
        let error = #expect(throws: DocumentError.self) {
            try SessionConditionList(json: text, name: "list.json")
        }
        #expect(error?.path == path)
    }

    @Test("damaged lists never crash")
    func mutations() throws {
        var generator = SeededGenerator(seed: 3)
        let text = Array(Self.texts[1].utf8)
        for _ in 0..<2_000 {
            var bytes = text
            for _ in 0...generator.integer(below: 3) {
                bytes[generator.integer(below: bytes.count)] = UInt8(
                    generator.integer(below: 256))
            }
            if let list = try? SessionConditionList(
                json: String(decoding: bytes, as: UTF8.self), name: "x")
            {
                _ = (list.json, list.patterns, list.collidingElsewhere)
            }
        }
    }

    @Test(
        "the field's own lists are read and written unchanged",
        .enabled(
            if: SharedMaterial.isPresent("data/collections"),
            "needs data/collections of the shared material"))
    func real() throws {
        let folder = SharedMaterial.url("data/collections")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(names.contains("p1_test.json"))
        for name in names where name.hasSuffix(".json") {
            let url = folder.appending(path: name)
            let list = try SessionConditionList.read(contentsOf: url)
            #expect(try Data(list.json.utf8) == Data(contentsOf: url), "\(name)")
        }
        let list = try SessionConditionList.read(
            contentsOf: folder.appending(path: "p1_test.json"))
        #expect(list.entries.count == 14)
        #expect(Set(list.patterns.map(\.text)).count == 14)
        // The tool they come from shows 13 of them.
        #expect(list.collidingElsewhere.map(\.condition) == ["131"])
    }
}
