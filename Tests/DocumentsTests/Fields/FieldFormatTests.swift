import Documents
import Testing

@Suite("Formats of fields")
struct FieldFormatTests {
    private func cursor(_ yaml: String) throws -> DocumentCursor {
        try Document(yaml: yaml.utf8, name: "f.yaml").cursor
    }

    @Test(
        "a seed is exact, as a number or as its digits",
        arguments: [
            ("0", 0), ("45", 45), ("9223372036854775807", UInt64(Int.max)),
            ("\"9223372036854775808\"", 1 << 63), ("\"18446744073709551615\"", .max),
            ("\"7\"", 7),
        ] as [(String, UInt64)])
    func seeds(yaml: String, seed: UInt64) throws {
        let format = FieldFormat<UInt64>.seed
        #expect(try format.read(cursor(yaml)) == seed)
        let written = Document(name: "w", root: format.write(seed))
        #expect(try format.read(written.cursor) == seed)
    }

    @Test(
        "a seed that cannot be kept exactly is refused, with what to do where there is something",
        arguments: [
            ("9223372036854775808", "in quotes"), ("18446744073709551615", "in quotes"),
            ("1e300", ""), ("1e999", ""), ("-1", ""), ("1.5", ""), ("\"007\"", ""),
            ("\"18446744073709551616\"", ""),
        ])
    func wrongSeeds(yaml: String, hint: String) throws {
        let cursor = try cursor(yaml)
        let error = #expect(throws: DocumentError.self) {
            try FieldFormat<UInt64>.seed.read(cursor)
        }
        #expect(error?.hint.contains(hint) == true)
        #expect(hint.isEmpty == error?.hint.isEmpty)
    }

    @Test("one value or a list of them, and names of their author's choice")
    func composites() throws {
        let more = FieldFormat<[Int]>.oneOrMore(of: .integer())
        #expect(try more.read(cursor("5")) == [5])
        #expect(try more.read(cursor("[5, 6]")) == [5, 6])
        #expect(more.write([5]).json() == "[5]")
        let map = FieldFormat<[String: Int]>.map(of: .integer(in: 1...3))
        #expect(try map.read(cursor("{b: 1, a: 3}")) == ["a": 3, "b": 1])
        #expect(map.write(["b": 1, "a": 3]).json() == #"{"a":3,"b":1}"#)
        #expect(throws: DocumentError.self) { try map.read(cursor("{a: 4}")) }
    }

    @Test("a format and version are looked at before anything else")
    func head() throws {
        let head = DocumentFormat("a.b", version: 2, hint: "another file")
        let fields = Fields<Alarm>(head.fields() + Alarm.fields.fields)
        #expect(fields.keys.prefix(2) == ["format", "format_version"])
        try head.check(cursor("{format: a.b, format_version: 2, other: 1}"))
        for (yaml, path) in [
            ("{other: 1}", "$"), ("{format: a.c, format_version: 2}", "$.format"),
            ("{format: a.b, format_version: 3}", "$.format_version"),
        ] {
            let cursor = try cursor(yaml)
            let error = #expect(throws: DocumentError.self) { try head.check(cursor) }
            #expect(error?.path == path)
        }
        let written = fields.members(of: Alarm()).prefix(2).map { "\($0.key) \($0.value.json())" }
        #expect(written == [#"format "a.b""#, "format_version 2"])
    }

    @Test(
        "schemas say forms of texts, constants, names of members and what is defined",
        arguments: [
            (
                .form(TextForm("x", pattern: "^a$", length: 1...9)),
                #"{"type":"string","pattern":"^a$","minLength":1,"maxLength":9}"#
            ),
            (.constant(DocumentValue(.integer(1))), #"{"const":1}"#),
            (
                .map(of: .boolean, names: .choice(["a"]), count: 1...2),
                #"{"type":"object","additionalProperties":{"type":"boolean"},"#
                    + #""propertyNames":{"enum":["a"]},"minProperties":1,"maxProperties":2}"#
            ),
            (.defined("step"), ##"{"$ref":"#/$defs/step"}"##), (.anything, "{}"),
        ] as [(ValueSchema, String)])
    func schemas(schema: ValueSchema, json: String) {
        #expect(schema.jsonSchema.json() == json)
    }
}
