import Documents
import SeededRandom
import Testing

@Suite("Overrides")
struct DocumentOverrideTests {
    private static let text = """
        seed: 45
        inner: {learning_rate: 1.0e-3, epochs: 3}
        stages:
          - band_pass: {low_hz: 20}
          - rectify: {}
        """

    private static func document(_ overrides: [String]) throws -> Document {
        try Document(yaml: text.utf8, name: "t.yaml").applying(
            overrides.enumerated().map { try DocumentOverride($1, source: "override \($0 + 1)") })
    }

    @Test(
        "a value has the type that YAML gives it, and stands where the path leads",
        arguments: [
            ("seed=7", #""seed":7"#), ("seed='7'", #""seed":"7""#), ("seed=", #""seed":null"#),
            ("inner.learning_rate=1e-4", #""learning_rate":0.0001"#),
            ("inner.shuffle=true", #""shuffle":true"#),
            ("model.hidden=[64, 32]", #""model":{"hidden":[64,32]}"#),
            ("stages[0].band_pass.low_hz=30", #"[{"band_pass":{"low_hz":30}},{"rectify":{}}]"#),
            ("a.\"b.c\".d=x=y", #""a":{"b.c":{"d":"x=y"}}"#),
            ("inner=null", #""inner":null"#),
        ])
    func values(override: String, expected: String) throws {
        let json = try Self.document([override]).root.json(.canonical)
        #expect(json.contains(expected), "\(json)")
    }

    @Test("of two values for one place the last one counts; the others stay")
    func order() throws {
        let root = try Self.document(["seed=1", "inner.epochs=9", "seed=2"]).root
        #expect(root.value(at: [.member("seed")])?.content == .integer(2))
        #expect(
            root.value(at: [.member("inner"), .member("learning_rate")])?.content == .number(1e-3))
        #expect(root.value(at: [.member("inner"), .member("epochs")])?.content == .integer(9))
    }

    @Test("faults name the override, not a line of the file")
    func places() throws {
        let cursor = try Self.document(["seed=1", "inner.learning_rat=3"]).cursor
        let inner = try cursor.object().required("inner")
        let unknown = #expect(throws: DocumentError.self) {
            try inner.object(allowing: ["learning_rate", "epochs"])
        }
        #expect(
            unknown?.description == """
                override 2: inner.learning_rat: $.inner: unknown member "learning_rat"
                  hint: did you mean "learning_rate"?
                """)
        let typed = #expect(throws: DocumentError.self) {
            try Self.document(["inner.epochs=fast"]).cursor.object().required("inner").object()
                .required("epochs").integer()
        }
        #expect(typed?.description.hasPrefix("override 1: inner.epochs: $.inner.epochs: ") == true)
    }

    @Test(
        "what is no path or leads nowhere is refused",
        arguments: [
            "seed", "=3", "inner..epochs=1", ".seed=1", "seed.=1", "inner.epochs.deep=1",
            "stages[2].x=1", "stages[x]=1", "stages[-1]=1", "seed[0]=1", "in ner=1", "\"=1",
            "\"\"=1", "seed=[1", "seed={a: 1, a: 2}", "stages[0=1", "stages[0]]=1", "stages[0]x=1",
        ])
    func refused(text: String) {
        #expect(throws: DocumentError.self) { try Self.document([text]) }
    }

    @Test("a path is written as it is read")
    func paths() throws {
        for text in ["a", "a.b", "a[3].b", "a.\"b.c\"[0]", "\"x y\".z"] {
            #expect(try DocumentPath(text, name: "path").description == text)
        }
    }

    @Test("no text crashes", arguments: 0..<300)
    func hostile(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed), stream: "overrides")
        let alphabet = Array("ab.[]\"=01 {},:-\n#&*é")
        let text = String(
            (0..<generator.integer(below: 20)).map { _ in
                alphabet[generator.integer(below: alphabet.count)]
            })
        // Either gives a document or says what is wrong; both are fine.
        let result = Result { try Self.document([text]) }
        if case .failure(let error) = result { #expect(error is DocumentError) }
    }

    @Test("what is written as YAML is read as the same values")
    func yaml() throws {
        let text = """
            a: {b: [1, 2.5, "3", true, null, "x: y", "no"], "k:1": "", empty: {}, none: []}
            stages: [{band_pass: {low_hz: 20, deep: [{x: 1}, {y: [2]}]}}, {rectify: {}}, 7]
            "-": "# no comment"
            tab: "a\\tb\\"c\\\\"
            """
        let root = try Document(yaml: text.utf8, name: "a").root
        let written = root.yaml { path, _ in "\(path.count)" }
        let again = try Document(yaml: written.utf8, name: "b").root
        #expect(again.json(.canonical) == root.json(.canonical), "\(written)")
    }
}
