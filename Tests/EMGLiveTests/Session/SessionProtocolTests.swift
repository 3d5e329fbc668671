import Decoding
import Documents
import EMGLive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("What a session asks for, as YAML")
struct SessionProtocolTests {
    private func read(_ yaml: String) throws -> SessionProtocol {
        try SessionProtocol(Document(yaml: yaml.utf8, name: "session.yaml").cursor)
    }

    static let full = """
        name: grasps
        classes:
          - relax
          - {name: pinch, text: "Pinch finger and thumb", picture: hands/pinch.svg, hold_s: 2}
          - {name: point, picture: point}
        cycle: [relax, pinch, relax, point]
        cycles: 4
        hold_s: 6
        reaction_s: 0.25
        rest_s: 10
        countdown_s: 5
        metronome: 60
        order: shuffled
        seed: 7
        """

    @Test func `every member is read`() throws {
        let settings = try read(Self.full)
        #expect(settings.name == "grasps")
        #expect(settings.classes.map(\.name) == ["relax", "pinch", "point"])
        #expect(settings.classes[1].text == "Pinch finger and thumb")
        #expect(settings.classes[1].picture == .file("hands/pinch.svg"))
        #expect(settings.classes[1].holdSeconds == 2)
        #expect(settings.classes[2].picture == .hand("point"))
        #expect(settings.cycle == ["relax", "pinch", "relax", "point"])
        #expect(settings.cycles == 4 && settings.holdSeconds == 6)
        #expect(settings.reactionSeconds == 0.25 && settings.restSeconds == 10)
        #expect(settings.countdownSeconds == 5 && settings.metronome == 60)
        #expect(settings.order == .shuffled && settings.seed == 7)
    }

    @Test(arguments: ["{}", full, "metronome: off", "classes: [rest, 3]\nhold_s: 1\nreaction_s: 0"])
    func `what is written is read back`(yaml: String) throws {
        let settings = try read(yaml)
        #expect(try read(settings.document.yaml()) == settings)
        let json = settings.document.json(.indented)
        #expect(try SessionProtocol(Document(json: json.utf8, name: "s").cursor) == settings)
    }

    @Test func `nothing is needed for relax, open, relax, close, relax`() throws {
        let settings = try read("{}")
        #expect(settings.name == "RORCR")
        #expect(settings.cycleNames == ["relax", "open", "relax", "close", "relax"])
        #expect(settings.cycles == 3 && settings.holdSeconds == 5)
        #expect(settings.classes.map(\.prompt) == ["Relax", "Open your hand", "Close your hand"])
        // 3 s of countdown, three cycles of five holds of 5 s, twice 3 s between them.
        let rate = try SamplingRate(hertz: 1_000)
        #expect(settings.totalSeconds(at: rate) == 84)
        #expect(
            settings.summary(at: rate)
                == "RORCR: relax, open, relax, close, relax; 3 cycles, about 84 s.")
    }

    @Test(arguments: [
        (["relax", "open", "close"], ["relax", "open", "relax", "close", "relax"], "RORCR"),
        (["open", "Rest", "close"], ["Rest", "open", "Rest", "close", "Rest"], "calibration"),
        (["up", "down"], ["up", "down"], "calibration"), (["rest"], ["rest"], "calibration"),
    ])
    func `a decoder's classes make a session with rests between`(
        classes: [String], cycle: [String], name: String
    ) {
        let settings = SessionProtocol(classNames: classes)
        #expect(settings.cycleNames == cycle)
        #expect(settings.name == name)
        #expect(settings.classes.map(\.name) == classes)
    }

    @Test(arguments: [1, 2, 3, 99] as [UInt64])
    func `a shuffled cycle has the same movements, and its rests in their places`(
        seed: UInt64
    ) throws {
        var settings = try read(
            "classes: [rest, a, b, c, d, e]\ncycles: 6\norder: shuffled\nseed: \(seed)")
        let steps = settings.steps(at: try SamplingRate(hertz: 100))
        let names = steps.map { settings.classes[$0.classIndex].name }
        var orders: Set<[String]> = []
        for cycle in 0..<6 {
            let own = Array(names[cycle * 11..<(cycle + 1) * 11])
            #expect(stride(from: 0, to: 11, by: 2).allSatisfy { own[$0] == "rest" })
            let movements = own.filter { $0 != "rest" }
            #expect(movements.sorted() == ["a", "b", "c", "d", "e"])
            orders.insert(movements)
        }
        #expect(orders.count > 1)
        #expect(settings.steps(at: try SamplingRate(hertz: 100)) == steps)
        settings.seed += 1
        #expect(settings.steps(at: try SamplingRate(hertz: 100)) != steps)
    }

    @Test(arguments: [
        ("cycle: [relax, opne]", "did you mean \"open\"?"),
        ("classes: [open, open]", "\"open\" twice"),
        ("classes: []", "at least 1"),
        ("classes: [unlabeled]", "the name of a movement"),
        ("classes: [BAD_segment]", "the name of a movement"),
        ("classes: [{text: Open}]", "name"),
        ("classes: [{name: a, picture: ../secret.png}]", "the protocol's folder"),
        ("classes: [{name: a, picture: /etc/a.svg}]", "the protocol's folder"),
        ("classes: [{name: a, picture: a.gif}]", ".png or .svg"),
        ("classes: [{name: a, pictures: b}]", "did you mean \"picture\"?"),
        ("classes: [{name: a, hold_s: 0.4}]\nreaction_s: 0.4", "\"reaction_s\" below every"),
        ("reaction_s: 5", "\"reaction_s\" below every"),
        ("cycles: 0", "from 1 to 1000"), ("hold_s: 0", "from 0.1"),
        ("metronome: 10", "from 20"), ("metronome: fast", "beats a minute, or off"),
        ("order: random", "as_given"), ("cicles: 2", "did you mean \"cycles\"?"),
        (
            "cycles: 1000\ncycle: [\(Array(repeating: "open", count: 11).joined(separator: ", "))]",
            "at most 10000 movements"
        ),
    ])
    func `a wrong member is refused where it stands`(yaml: String, message: String) throws {
        let error = try #require(throws: DocumentError.self) { try read(yaml) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.position != nil)
    }

    @Test func `the committed schema and table are the generated ones`() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/session-protocol.schema.json",
                generated: SessionProtocol.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/live/session.md", region: "session",
                generated: FieldTable(SessionProtocol.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test(.enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func `the schema takes what is read and refuses what is refused`() throws {
        let good = try [Self.full, "{}", "metronome: off", "classes: [1, a]"].map {
            try Document(yaml: $0.utf8, name: "s").root.json(.canonical)
        }
        let wrong = [
            #"{"cycels": 3}"#, #"{"metronome": 10}"#, #"{"classes": []}"#,
            #"{"classes": [{"text": "a"}]}"#, #"{"order": "random"}"#,
        ]
        let answers = try JSONSchemaCheck.fits(good + wrong, schema: "session-protocol.schema.json")
        #expect(answers == good.map { _ in true } + wrong.map { _ in false })
    }

    @Test func `pictures are read from the protocol's folder only`() throws {
        let folder = try TemporaryFolder()
        let top = folder.url.appending(path: "protocol")
        try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'/>"
        try Data(svg.utf8).write(to: top.appending(path: "a.svg"))
        try Data(svg.utf8).write(to: folder.url.appending(path: "outside.svg"))
        try Data("no picture".utf8).write(to: top.appending(path: "text.png"))
        try FileManager.default.createSymbolicLink(
            at: top.appending(path: "link.svg"),
            withDestinationURL: folder.url.appending(path: "outside.svg"))
        let picture = try SessionPictureFile("a.svg", in: top)
        #expect(picture.contentType == "image/svg+xml" && picture.bytes == Array(svg.utf8))
        for path in ["../outside.svg", "link.svg", "text.png", "missing.svg"] {
            #expect(throws: DecodingError.self, "\(path)") {
                try SessionPictureFile(path, in: top)
            }
        }
    }
}
