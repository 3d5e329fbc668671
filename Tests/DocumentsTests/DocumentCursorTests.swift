import Documents
import Foundation
import TestSupport
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

    private enum Kind: String, CaseIterable {
        case zero, causal
        case linearPhase = "linear_phase"
    }

    @Test("a choice of an enumeration has its raw values, in its order")
    func typedChoices() throws {
        let member = try cursor("a: linear_phase\nb: casual\nc: 3").object()
        #expect(try member.required("a").choice(of: Kind.self) == .linearPhase)
        let error = #expect(throws: DocumentError.self) {
            try member.required("b").choice(of: Kind.self)
        }
        #expect(
            error?.description == """
                a.yaml:2:4: $.b: expected one of zero, causal, linear_phase, found "casual"
                  hint: did you mean "causal"?
                """)
        let other = #expect(throws: DocumentError.self) {
            try member.required("c").choice(of: Kind.self)
        }
        #expect(
            other?.description
                == "a.yaml:3:4: $.c: expected one of zero, causal, linear_phase, found 3")
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

    @Test(
        "a value of another type says how to write it",
        arguments: [
            ("a: \"40\"", "leave out the quotes"), ("a: '4e1'", "leave out the quotes"),
            ("a: forty", ""), ("a: true", ""),
        ])
    func numbersInQuotes(text: String, hint: String) throws {
        let value = try Document(yaml: text.utf8, name: "a").cursor.object().required("a")
        #expect(#expect(throws: DocumentError.self) { try value.integer() }?.hint == hint)
        #expect(#expect(throws: DocumentError.self) { try value.number() }?.hint == hint)
    }

    @Test(
        "a truth value in other words says which is meant",
        arguments: [
            ("yes", "write true"), ("Off", "write false"), ("'true'", "leave out the quotes"),
        ])
    func truthValues(text: String, hint: String) throws {
        let value = try Document(yaml: "a: \(text)".utf8, name: "a").cursor.object().required("a")
        #expect(#expect(throws: DocumentError.self) { try value.boolean() }?.hint == hint)
    }

    @Test("a name in an object's place says which member it was meant for")
    func nameInPlaceOfObject() throws {
        let value = try Document(yaml: "model: cnn".utf8, name: "a").cursor.object()
            .required("model")
        let error = #expect(throws: DocumentError.self) {
            try value.object(allowing: ["hidden", "name"])
        }
        #expect(error?.hint.contains("model.name=cnn") == true)
        #expect(
            #expect(throws: DocumentError.self) { try value.object(allowing: ["hidden"]) }?.hint
                == "")
    }

    @Test("an empty document is said to be empty", arguments: ["", "# nothing\n", "---\n"])
    func empty(text: String) throws {
        let error = #expect(throws: DocumentError.self) {
            try Document(yaml: text.utf8, name: "a.yaml").cursor.object(allowing: ["a"])
        }
        #expect(error?.kind == .invalid(expected: "an object", found: "nothing"))
        #expect(error?.hint.contains("empty") == true)
    }

    @Test("a file of bytes is inferred from one of text, and the JSON file beside it is named")
    func binaryFiles() throws {
        let folder = try TemporaryFolder()
        let tensors = folder.url.appending(path: "study.h5")
        try Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]).write(to: tensors)
        let alone = #expect(throws: DocumentError.self) { try Document(contentsOf: tensors) }
        #expect(alone?.description.contains("bytes that are no such text") == true)
        try Data("{}".utf8).write(to: folder.url.appending(path: "study.json"))
        for name in ["study.h5", "study", "study.yaml"] {
            let error = #expect(throws: DocumentError.self) {
                try Document(contentsOf: folder.url.appending(path: name))
            }
            #expect(error?.hint.hasSuffix("study.json?") == true, "\(name)")
        }
    }
}
