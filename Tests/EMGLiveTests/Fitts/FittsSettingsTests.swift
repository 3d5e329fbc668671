import Decoding
import Documents
import EMGLive
import TestSupport
import Testing

@Suite struct FittsSettingsTests {
    static func settings(_ yaml: String) throws -> FittsSettings {
        try FittsSettings(Document(yaml: yaml.utf8, name: "fitts.yaml").cursor)
    }

    static let full = """
        left: radial
        right: ulnar
        up: extension
        down: flexion
        speed: 0.5
        velocity: proportional
        distances: [0.1, 0.3]
        widths: [0.05]
        directions: 16
        dwell_seconds: 0.5
        time_limit_seconds: 20
        rest_seconds: 2
        settle_seconds: 0.5
        trials: 48
        order: listed
        seed: 12
        """

    @Test(arguments: ["{}", full, "rest_seconds: 0"])
    func `what is written reads as the same settings`(yaml: String) throws {
        let settings = try Self.settings(yaml)
        #expect(try Self.settings(settings.document.json()) == settings)
    }

    @Test(arguments: [
        ("up: extension", "both \"up\" and \"down\""),
        ("down: flexion", "both \"up\" and \"down\""),
        ("left: open", "a class for each direction"),
        ("{up: open, down: flexion}", "open for right and up"),
        ("speed: 0", "number from 0.01 to 10.0"),
        ("speed: .nan", "number from 0.01 to 10.0"),
        ("velocity: fast", "full"),
        ("distances: []", "at least 1"),
        ("distances: [0.1, 0.2, 0.3, 0.4, 0.1, 0.2, 0.3, 0.4, 0.1]", "at most 8"),
        ("distances: [0.06]", "distances above half of each width"),
        ("widths: [0.35]", "targets inside the arena"),
        ("{distances: [0.45], widths: [0.12]}", "0.45 with width 0.12"),
        ("directions: 3", "number from 4 to 36"),
        ("dwell_seconds: 0", "number from 0.05"),
        ("{dwell_seconds: 5, time_limit_seconds: 4}", "dwell_seconds below time_limit_seconds"),
        ("settle_seconds: 3", "settle_seconds below rest_seconds"),
        ("trials: 1001", "number from 1 to 1000"),
        ("order: random", "shuffled"),
        ("seed: -1", "whole number"),
        ("dwell: 1", "dwell"),
    ])
    func `a wrong member is refused where it stands`(yaml: String, message: String) throws {
        let error = try #require(throws: DocumentError.self) { try Self.settings(yaml) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.position != nil)
    }

    @Test(
        arguments: [
            ("{left: clse}", nil, "fitts.left", "clse"),
            ("{left: relax}", nil, "fitts.left", "the neutral class, relax"),
            ("{left: relax}", "pinch", "fitts.neutral", "pinch"),
            ("{up: open2, down: close2}", nil, "fitts.up", "open2"),
        ] as [(String, String?, String, String)])
    func `a class that the decoder does not have is refused by name`(
        yaml: String, neutral: String?, place: String, found: String
    ) throws {
        let settings = try Self.settings(yaml)
        let error = try #require(throws: DecodingError.self) {
            try FittsTask(settings, classes: ["relax", "open", "close"], neutral: neutral)
        }
        #expect(error.location == place && error.description.contains(found), "\(error)")
    }

    @Test(arguments: [1, 2], [FittsSettings.Order.shuffled, .listed])
    func `every combination comes once before one comes twice`(
        dimensions: Int, order: FittsSettings.Order
    ) throws {
        var settings = dimensions == 1 ? ClosedLoop.oneDimension : ClosedLoop.twoDimensions
        settings.order = order
        let block = 4 * (dimensions == 1 ? 2 : 8)
        settings.trials = 2 * block + 3
        let targets = settings.targets()
        #expect(targets.count == settings.trials)
        #expect(Set(targets.prefix(block)).count == block)
        #expect(Set(targets.dropFirst(block).prefix(block)) == Set(targets.prefix(block)))
        let isListed = Array(targets.prefix(block)) == Array(targets.dropFirst(block).prefix(block))
        #expect(isListed == (order == .listed))
        settings.seed += 1
        #expect((settings.targets() == targets) == (order == .listed))
    }

    @Test func `directions along the axes are exact`() {
        var settings = ClosedLoop.twoDimensions
        settings.order = .listed
        settings.directions = 4
        let centers = settings.targets().prefix(4).map(\.center)
        #expect(
            centers == [
                ArenaPoint(x: 0.2, y: 0), ArenaPoint(x: 0, y: 0.2), ArenaPoint(x: -0.2, y: 0),
                ArenaPoint(x: 0, y: -0.2),
            ])
    }

    // log2(0.3 / 0.1 + 1) = 2; MacKenzie's form has no 2D / W.
    @Test(arguments: [(0.3, 0.1, 2.0), (0.1, 0.1, 1), (0.35, 0.05, 3), (0.15, 0.05, 2)])
    func `the index of difficulty is Shannon's`(distance: Double, width: Double, bits: Double) {
        let condition = FittsCondition(distance: distance, width: width)
        #expect(abs(condition.indexOfDifficulty - bits) < 1e-12)
    }

    @Test func `the committed schema and table are the generated ones`() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/fitts.schema.json", generated: FittsSettings.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/live/control.md", region: "fitts",
                generated: FieldTable(FittsSettings.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        #expect(
            try CommittedText.isCurrent(
                "docs/live/control.md", region: "user",
                generated: FieldTable(SimulatedUserSettings.schema(with: Kinds())).markdown),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }
}
