import Documents
import Testing

@Suite("JSON documents")
struct JSONParserTests {
    private func parse(_ text: String) throws(DocumentError) -> DocumentValue {
        try Document(json: text.utf8, name: "a.json").root
    }

    @Test("every kind of value keeps its type and place")
    func values() throws {
        let text =
            "{\n  \"a\": [1, -2.5e3, true, null, \"x\\u00e9\\ud83d\\ude00\"],\n  \"b\": {}\n}"
        let object = try Document(json: text.utf8, name: "a.json").cursor.object()
        let list = try object.required("a").array()
        #expect(
            list.map(\.value.content) == [
                .integer(1), .number(-2500), .boolean(true), .null, .string("xé😀"),
            ])
        #expect(list[1].value.position == DocumentPosition(line: 2, column: 12))
        #expect(list[4].path == "$.a[4]")
        #expect(try object.required("b").object().members.isEmpty)
    }

    @Test(
        "text that is not JSON is refused with line and column",
        arguments: [
            ("", 1, 1), ("nul", 1, 1), ("{\"a\": 1,}", 1, 9), ("[1, 2", 1, 6), ("{'a': 1}", 1, 2),
            ("[1] x", 1, 5), ("{\"a\": 1,\n \"a\": 2}", 2, 2), ("[01]", 1, 3), ("[1.]", 1, 4),
            ("[1e999]", 1, 2), ("[NaN]", 1, 2), ("[\"\t\"]", 1, 3), ("[\"\\x\"]", 1, 5),
            ("[\"\\ud800\"]", 1, 9), ("[+1]", 1, 2), ("\"open", 1, 6), ("[1 2]", 1, 4),
        ])
    func refusals(text: String, line: Int, column: Int) throws {
        let error = #expect(throws: DocumentError.self) { try parse(text) }
        #expect(error?.position == DocumentPosition(line: line, column: column), "\(text)")
        #expect(error?.description.hasPrefix("a.json:\(line):\(column): ") == true)
    }

    @Test("invalid UTF-8 is refused at its line")
    func invalidUTF8() throws {
        let bytes: [UInt8] = Array("{\n\"a\": \"".utf8) + [0xFF] + Array("\"}".utf8)
        let error = #expect(throws: DocumentError.self) { try Document(json: bytes, name: "a") }
        #expect(error?.position?.line == 2)
    }

    @Test("a byte order mark is skipped")
    func byteOrderMark() throws {
        let document = try Document(json: [0xEF, 0xBB, 0xBF] + Array("[7]".utf8), name: "a")
        #expect(try document.cursor.array()[0].integer() == 7)
    }

    @Test("a hundred thousand nested lists are refused, not a stack overflow")
    func deepNesting() throws {
        let text = String(repeating: "[", count: 100_000)
        let error = #expect(throws: DocumentError.self) { try parse(text) }
        #expect(error?.position?.line == 1)
    }

    @Test("control characters of a document never reach a message")
    func escapes() throws {
        let document = try Document(json: "{\"a\\u001b[2J\": 1}".utf8, name: "a")
        let error = #expect(throws: DocumentError.self) {
            try document.cursor.object(allowing: ["b"])
        }
        #expect(error?.description.contains("\u{1B}") == false)
        #expect(error?.description.contains("\\u{1B}") == true)
    }

    @Test("positions in one long line are counted from its start")
    func longLine() throws {
        let count = 200_000
        let text = "[\"é\"" + String(repeating: ",7", count: count) + "]"
        let list = try Document(json: text.utf8, name: "a").cursor.array()
        #expect(list.count == count + 1)
        #expect(list[count].value.position == DocumentPosition(line: 1, column: 4 + 2 * count))
    }
}
