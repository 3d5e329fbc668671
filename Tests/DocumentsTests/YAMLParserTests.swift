import Documents
import Testing

@Suite("YAML documents")
struct YAMLParserTests {
    private func cursor(_ text: String) throws(DocumentError) -> DocumentCursor {
        try Document(yaml: text.utf8, name: "a.yaml").cursor
    }

    @Test(
        "plain scalars follow the core schema of YAML 1.2",
        arguments: [
            ("no", DocumentValue.Content.string("no")), ("true", .boolean(true)), ("~", .null),
            ("1e-4", .number(1e-4)), ("012", .integer(12)), ("\"5\"", .string("5")),
            ("p1", .string("p1")), ("0x1F", .string("0x1F")), ("-3", .integer(-3)),
            ("2023_03_28", .string("2023_03_28")), (".5", .number(0.5)), ("-", .string("-")),
            ("e", .string("e")),
        ])
    func scalars(text: String, content: DocumentValue.Content) throws {
        #expect(
            try cursor("a: \(text == "-" ? "'-'" : text)").object().required("a").value.content
                == content)
    }

    @Test("a value knows its line and column")
    func positions() throws {
        let stage = try cursor("phase: zero\nstages:\n  - band_pass: {low_hz: 20}\n")
            .object().required("stages").array()[0].object().required("band_pass")
        #expect(stage.path == "$.stages[0].band_pass")
        #expect(stage.value.position?.line == 3)
    }

    @Test(
        "text that is not YAML is refused with its line",
        arguments: [("a: [1, 2\nb: 3", 2), ("a: 1\na: 2", 2), ("a:\n\t- 1", 2), ("'", 1)])
    func refusals(text: String, line: Int) throws {
        let error = #expect(throws: DocumentError.self) { try cursor(text) }
        let found = try #require(error?.position?.line)
        #expect((1...line + 1).contains(found), "\(error?.description ?? "")")
    }

    @Test(
        "a fault says what stands there and what to do",
        arguments: [
            ("a:\n\t- 1", "found a tab", "indent with spaces"),
            ("a: @x", "begins with \"@\"", "in quotes"),
            ("a: b: c", "a \":\" where no name can stand", "indentation"),
            ("a: 1\n b: 2\n", "a \":\" where no name can stand", "indentation"),
            ("a:\n  b: 1\n c: 2\n", "a line that belongs to nothing above it", "indentation"),
            ("a: {b: 1\n", "found no '}'", "close what was opened"),
            ("a: [1, 2\n", "found no ']'", "close what was opened"),
            ("a: 'x\n", "a quote that is not closed", "close it"),
            ("a: 1\nb\nc: 2\n", "a line without \": \"", "name: value"),
        ])
    func faults(text: String, found: String, hint: String) throws {
        let error = try #require(#expect(throws: DocumentError.self) { try cursor(text) })
        #expect(error.description.contains(found), "\(error)")
        #expect(error.hint.contains(hint), "\(error)")
        #expect(!error.description.contains("found found"))
    }

    @Test("aliases of aliases cannot fill the memory")
    func billionLaughs() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(alias)]\n"
        }
        #expect(throws: DocumentError.self) { try cursor(text) }
    }
}
