import Documents
import Foundation
import Testing

@Suite("Reading documents")
struct DocumentCursorTests {
    private func cursor(_ text: String) throws(DocumentError) -> DocumentCursor {
        try Document(yaml: text.utf8, name: "a.yaml").cursor
    }

    @Test("an unknown member is refused with the nearest name")
    func unknownMember() throws {
        let error = try #require(
            #expect(throws: DocumentError.self) {
                try cursor("window: 4\nstrid: 2").object(allowing: ["window", "stride"])
            })
        #expect(error.kind == .unknownMember("strid"))
        #expect(error.position == DocumentPosition(line: 2, column: 1))
        #expect(error.hint == "did you mean \"stride\"?")
    }

    @Test("a missing member is named")
    func missingMember() throws {
        let error = #expect(throws: DocumentError.self) {
            try cursor("a: 1").object().required("b")
        }
        #expect(error?.kind == .missingMember("b"))
    }

    @Test(
        "a value of the wrong type or size is refused with what was expected",
        arguments: ["text", "1.5", "0", "11", "true", "[1]"])
    func wrongValue(text: String) throws {
        let member = try cursor("a: \(text)").object().required("a")
        let error = #expect(throws: DocumentError.self) { try member.integer(in: 1...10) }
        #expect(error?.path == "$.a")
        #expect(error?.description.contains("expected a whole number from 1 to 10") == true)
    }

    @Test("a choice gives its value and refuses others with the nearest")
    func choices() throws {
        #expect(try cursor("a: zero").object().required("a").choice(["zero": 0, "causal": 1]) == 0)
        let member = try cursor("a: casual").object().required("a")
        let error = #expect(throws: DocumentError.self) {
            try member.choice(["zero": 0, "causal": 1])
        }
        #expect(error?.hint == "did you mean \"causal\"?")
    }

    @Test("a name may be written as a number")
    func names() throws {
        let list = try cursor("[p1, 12]").array()
        #expect(try list.map { try $0.name() } == ["p1", "12"])
        #expect(throws: DocumentError.self) { try list[1].string() }
    }

    @Test("a missing file is said to be missing")
    func missingFile() throws {
        let error = #expect(throws: DocumentError.self) {
            try Document(contentsOf: .init(filePath: "/nowhere/at all.yaml"))
        }
        #expect(error?.kind == .unreadable(reason: "there is no such file"))
        #expect(error?.document == "/nowhere/at all.yaml")
    }
}
