import Documents
import Testing

/// A described type with a field of every form.
struct Alarm: Described, Equatable {
    enum Tone: String, CaseIterable, Sendable {
        case bell
        case buzz
    }

    struct Snooze: Described, Equatable {
        var minutes = 5.0
        var count: Int?

        static let fields: Fields<Self> = [
            Field("minutes", \.minutes, .number(in: 0.5...60), "How long."),
            Field(optional: "count", \.count, .integer(in: 1...9), "How often; always when null."),
        ]
    }

    var hour = 7
    var tone = Tone.bell
    var isLoud = true
    var cutoff = 3.5
    var days: [Int] = []
    var snooze = Snooze()
    var label: String?

    static let fields = Fields<Self>(
        [
            Field("hour", \.hour, .integer(in: 0...23), "The hour.", isRequired: true),
            Field("tone", \.tone, .choice, "What it sounds like."),
            Field("loud", \.isLoud, .choice(["yes": true, "no": false]), "How loud."),
            Field("cutoff_hz", \.cutoff, .positive("a frequency above 0 Hz"), "The cut-off in Hz."),
            Field("days", \.days, .set(of: .integer(in: 1...7), noun: "day"), "On which days."),
            Field("snooze", \.snooze, .object(), "Again."),
            Field(optional: "label", \.label, .text, "What it is for.", absence: .leftOut),
        ], rules: [.atMostOne(["days", "label"])])

    func check(_ object: DocumentObject) throws(DocumentError) {
        guard let label = object.optional("label"), object.optional("days") != nil else { return }
        throw label.error(expected: "either days or label", found: "both")
    }
}

private func alarm(_ yaml: String) throws(DocumentError) -> Alarm {
    try Alarm(Document(yaml: yaml.utf8, name: "a.yaml").cursor)
}

private func fault(_ yaml: String) -> String {
    do throws(DocumentError) {
        return "read as \(try alarm(yaml))"
    } catch {
        return error.description
    }
}

@Suite("Described types")
struct FieldsTests {
    @Test("what is left out or null keeps its default")
    func defaults() throws {
        var expected = Alarm()
        expected.hour = 8
        #expect(try alarm("hour: 8") == expected)
        #expect(try alarm("{hour: 8, tone: null, snooze: null, label: null}") == expected)
    }

    @Test("every form of field is read")
    func everyForm() throws {
        let read = try alarm(
            """
            hour: 0
            tone: buzz
            loud: "no"
            cutoff_hz: 10
            days: [7, 1]
            snooze: {minutes: 2, count: 3}
            """)
        #expect(read.tone == .buzz)
        #expect(!read.isLoud)
        #expect(read.cutoff == 10)
        #expect(read.days == [7, 1])
        #expect(read.snooze == Alarm.Snooze(minutes: 2, count: 3))
    }

    @Test(
        "a fault has its place, what was expected and what to do",
        arguments: [
            ("tone: bell", "a.yaml:1:1: $: \"hour\" is missing\n  hint: add \"hour\""),
            (
                "hour: 24", "a.yaml:1:7: $.hour: expected a whole number from 0 to 23, found 24"
            ),
            (
                "hour: \"8\"",
                "a.yaml:1:7: $.hour: expected a whole number from 0 to 23, found \"8\"\n"
                    + "  hint: leave out the quotes"
            ),
            (
                "{hour: 8, tone: bel}",
                "a.yaml:1:17: $.tone: expected one of bell, buzz, found \"bel\"\n"
                    + "  hint: did you mean \"bell\"?"
            ),
            (
                "{hour: 8, tune: bell}",
                "a.yaml:1:11: $: unknown member \"tune\"\n  hint: did you mean \"tone\"?"
            ),
            (
                "{hour: 8, cutoff_hz: \"3\"}",
                "a.yaml:1:22: $.cutoff_hz: expected a frequency above 0 Hz, found \"3\"\n"
                    + "  hint: leave out the quotes"
            ),
            (
                "{hour: 8, cutoff_hz: 0}",
                "a.yaml:1:22: $.cutoff_hz: expected a frequency above 0 Hz, found 0"
            ),
            (
                "{hour: 8, days: [1, 2, 1]}",
                "a.yaml:1:24: $.days[2]: expected each day once, found 1"
            ),
            (
                "{hour: 8, snooze: {count: 0}}",
                "a.yaml:1:27: $.snooze.count: expected a whole number from 1 to 9, found 0"
            ),
            (
                "{hour: 8, days: [1], label: x}",
                "a.yaml:1:29: $.label: expected either days or label, found both"
            ),
        ])
    func faults(yaml: String, message: String) {
        #expect(fault(yaml) == message)
    }

    @Test("what is written is read back")
    func writing() throws {
        var value = Alarm()
        value.hour = 22
        value.days = [3]
        value.snooze.count = 2
        let text = value.document.json(.canonical)
        #expect(
            text == #"{"cutoff_hz":3.5,"days":[3],"hour":22,"loud":"yes","#
                + #""snooze":{"count":2,"minutes":5.0},"tone":"bell"}"#)
        #expect(try Alarm(Document(json: text.utf8, name: "a.json").cursor) == value)
    }

    @Test("members are written in the order of the fields")
    func order() throws {
        guard case .object(let members) = Alarm().document.content else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.key) == ["hour", "tone", "loud", "cutoff_hz", "days", "snooze"])
    }

    @Test("the schema says types, bounds, choices, defaults and rules")
    func schema() throws {
        let schema = SchemaDocument(
            name: "alarm.schema.json", title: "Alarm", documentation: "An alarm.",
            schema: .object(Alarm.schema(with: Kinds())))
        let root = try Document(json: schema.document.json(.canonical).utf8, name: "s").root
        func json(_ path: String) throws -> String? {
            root.value(at: try DocumentPath(path, name: "p").steps)?.json(.canonical)
        }
        #expect(try json("required") == #"["hour"]"#)
        #expect(
            try json("properties.hour")
                == #"{"description":"The hour.","maximum":23,"minimum":0,"type":"integer"}"#)
        #expect(
            try json("properties.tone") == #"{"default":"bell","#
                + #""description":"What it sounds like.","enum":["bell","buzz"]}"#)
        #expect(try json("properties.cutoff_hz.exclusiveMinimum") == "0.0")
        #expect(try json("properties.days.uniqueItems") == "true")
        #expect(try json("properties.snooze.properties.count.anyOf[1].type") == #""null""#)
        #expect(try json("properties.snooze.additionalProperties") == "false")
        #expect(
            try json("allOf") == #"[{"not":{"anyOf":[{"required":["days","label"]}]}}]"#)
    }

    @Test("the table has a row for each member, also of objects in it")
    func table() {
        #expect(
            FieldTable(Alarm.schema(with: Kinds())).markdown == """
                | key | value | default | meaning |
                | --- | --- | --- | --- |
                | `hour` | whole number from 0 to 23 | needed | The hour. |
                | `tone` | `bell` or `buzz` | `bell` | What it sounds like. |
                | `loud` | `yes` or `no` | `"yes"` | How loud. |
                | `cutoff_hz` | number above 0 | `3.5` | The cut-off in Hz. |
                | `days` | list of: whole number from 1 to 7 |  | On which days. |
                | `snooze.minutes` | number from 0.5 to 60 | `5.0` | How long. |
                | `snooze.count` | whole number from 1 to 9 or `null` |  | How often; always when null. |
                | `label` | text |  | What it is for. |

                """)
    }
}
