import Decoding
import Documents
import TestSupport
import Testing

@Suite struct ControlSettingsTests {
    static let full = """
        neutral: relax
        reject_below: 0.6
        when_rejected: hold
        vote_seconds: 0.25
        hysteresis: {enter_probability: 0.7, leave_probability: 0.4, enter_decisions: 2}
        classes:
          open: {enter_probability: 0.9}
          close: {enter_seconds: 0.3}
        refractory_seconds: 0.5
        proportional:
          low_percentile: 20
          high_percentile: 80
          dead_band: 0.1
          ranges: {open: {low: 1.5, high: 20}}
        """

    private func settings(_ yaml: String) throws -> ControlSettings {
        try ControlSettings(Document(yaml: yaml.utf8, name: "control.yaml").cursor)
    }

    @Test func `nothing means nothing is changed`() throws {
        #expect(try settings("{}") == ControlSettings())
    }

    @Test func `members are read, and classes begin from what holds for all`() throws {
        let settings = try settings(Self.full)
        #expect(settings.neutral == "relax")
        #expect(settings.rejectBelow == 0.6 && settings.whenRejected == .hold)
        #expect(settings.vote == .seconds(0.25))
        #expect(settings.classes["open"]?.enterProbability == 0.9)
        #expect(settings.classes["open"]?.leaveProbability == 0.4)
        #expect(settings.classes["open"]?.enterDuration == .decisions(2))
        #expect(settings.classes["close"]?.enterDuration == .seconds(0.3))
        #expect(settings.refractorySeconds == 0.5)
        #expect(settings.proportional?.deadBand == 0.1)
        #expect(settings.proportional?.ranges == ["open": AmplitudeRange(low: 1.5, high: 20)])
    }

    @Test(arguments: ["{}", full, "proportional: {}", "vote_decisions: 3"])
    func `what is written is read back`(yaml: String) throws {
        let settings = try settings(yaml)
        let json = settings.document.json(.indented)
        #expect(try ControlSettings(Document(json: json.utf8, name: "control").cursor) == settings)
    }

    @Test(arguments: [
        ("reject_below: 1.5", "number from 0.0 to 1.0"),
        ("when_rejected: stop", "neutral"),
        ("vote_decisions: 0", "from 1 to 10000"),
        ("vote_decisions: 3\nvote_seconds: 0.1", "either \"vote_decisions\" or \"vote_seconds\""),
        ("hysteresis: {enter_decisions: 1, enter_seconds: 1}", "either \"enter_decisions\""),
        ("classes: {open: {enter: 1}}", "enter"),
        ("refractory_seconds: -1", "number from 0.0 to 60.0"),
        ("proportional: {low_percentile: 95}", "low_percentile below high_percentile"),
        ("proportional: {ranges: {open: {low: 2, high: 1}}}", "at least \"low\""),
        ("proportional: {ranges: {open: {low: 2}}}", "high"),
        ("majority: 3", "majority"),
    ])
    func `a wrong member is refused where it stands`(yaml: String, message: String) throws {
        let error = try #require(throws: DocumentError.self) { try settings(yaml) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.position != nil)
    }

    @Test func `the committed schema and table are the generated ones`() throws {
        let schema = ControlSettings.schemaDocument()
        #expect(
            try CommittedText.isCurrent("schemas/control.schema.json", generated: schema.document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/decoding/control.md", region: "control",
                generated: FieldTable(ControlSettings.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/decoding/control.md", region: "class",
                generated: FieldTable(Hysteresis.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test(.enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func `the schema takes what is read and refuses what is refused`() throws {
        let good = try [Self.full, "{}", "proportional: null"].map {
            try Document(yaml: $0.utf8, name: "control").root.json(.canonical)
        }
        let wrong = [
            #"{"majority": 3}"#, #"{"reject_below": 2}"#,
            #"{"vote_decisions": 3, "vote_seconds": 1}"#, #"{"classes": {"open": {"enter": 1}}}"#,
            #"{"proportional": {"ranges": {"open": {"low": 1}}}}"#,
        ]
        let answers = try JSONSchemaCheck.fits(good + wrong, schema: "control.schema.json")
        #expect(answers == good.map { _ in true } + wrong.map { _ in false })
    }
}
