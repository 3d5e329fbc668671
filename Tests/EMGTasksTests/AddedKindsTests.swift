import Documents
import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

/// A split rule as a package outside would write it: the end of the recording is support.
struct LastSeconds: SplitRule {
    var lastSeconds = 1.0

    static let key = "last_seconds"
    static let documentation = "Support is the last seconds of the recording."
    static let fields: Fields<Self> = [
        Field(
            "last_seconds", \.lastSeconds, .positive("a time above 0 s"), "How many seconds.",
            isRequired: true)
    ]

    var needsLabels: Bool { false }

    func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        let count = recording.samplingRate.samples(inSeconds: lastSeconds)
        guard count < recording.sampleCount else {
            throw TaskError(
                .tooFew(what: "samples", expected: count + 1, found: recording.sampleCount),
                subject: recording.subject, hint: "ask for fewer \"split.last_seconds\"")
        }
        return [SampleRange(start: recording.sampleCount - count, end: recording.sampleCount)]
    }
}

/// An augmentation as a package outside would write it: the sign of all channels is turned.
struct SignFlip: Augmentation {
    var times = 1

    static let key = "sign_flip"
    static let documentation = "Turns the sign of every channel."
    static let fields: Fields<Self> = [
        Field("times", \.times, .integer(in: 1...9), "How often.")
    ]

    func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        guard !times.isMultiple(of: 2) else { return }
        for channel in 0..<shape.channels {
            for sample in 0..<shape.length { windows[shape.place(channel, sample)].negate() }
        }
    }
}

@Suite("Kinds that a package outside adds")
struct AddedKindsTests {
    private static var kinds: Kinds {
        var kinds = Kinds()
        kinds.add(splitRule: LastSeconds.self)
        kinds.add(augmentation: SignFlip.self)
        return kinds
    }

    private static let yaml = """
        window: {length: 20, stride: 5}
        split: {rule: last_seconds, last_seconds: 1.5, guard: 30}
        augmentation: [{kind: sign_flip, times: 3}]
        splits: {validation: [p2], test: [p3]}

        """

    private static func configuration(
        _ yaml: String = yaml, kinds: Kinds = kinds
    ) throws -> CollectionConfiguration {
        var document = try Document(yaml: yaml.utf8, name: "c.yaml")
        document.kinds = kinds
        return try CollectionConfiguration(document.cursor)
    }

    @Test("a collection is built by them, says so in its manifest, and comes out again")
    func built() throws {
        let study = try StudyInFolder(Self.configuration())
        let manifest = try CollectionManifest(contentsOf: study.manifestURL, kinds: Self.kinds)
        #expect(manifest.split.rule == "last_seconds")
        #expect(manifest.split.parameters == ["last_seconds": .number(1.5)])
        #expect(
            manifest.augmentation
                == [
                    CollectionManifest.Augmentation(
                        kind: "sign_flip", parameters: ["times": .integer(3)])
                ])
        let task = try #require(manifest.tasks.first)
        let border =
            task.sampleCount - manifest.samplingRate.samples(inSeconds: 1.5)
        #expect(task.support.ranges == [SampleRange(start: border, end: task.sampleCount)])
        #expect(task.query.ranges == [SampleRange(start: 0, end: border - 30)])
        #expect(
            try AugmentationStep.all(of: manifest) == [AugmentationStep(SignFlip(times: 3))])
        let verification = try CollectionVerification.verify(
            study.manifestURL, from: study.archive, kinds: Self.kinds)
        #expect(verification.differences == [])
    }

    @Test("a manifest that names them is read without them, and what needs them says so")
    func withoutThem() throws {
        let study = try StudyInFolder(Self.configuration())
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(manifest.split.rule == "last_seconds")
        let augmentation = #expect(throws: DocumentError.self) {
            try AugmentationStep.all(of: manifest)
        }
        #expect(augmentation?.path == "$.augmentation[0].kind")
        let rule = #expect(throws: DocumentError.self) {
            try CollectionVerification.verify(study.manifestURL, from: study.archive)
        }
        #expect(rule?.description.contains("last_seconds") == true)
    }

    @Test("windows of training tasks are varied by them, those of test tasks are not")
    func trained() throws {
        let study = try StudyInFolder(Self.configuration())
        let file = try CollectionFile.open(study.manifestURL, kinds: Self.kinds)
        let episodes = try CollectionEpisodes(file)
        let variation = try #require(episodes.variation)
        #expect(variation.summary == "sign_flip")
        var window: [Float] = (0..<60).map { Float($0) - 7 }
        let before = window
        variation.vary(&window, layout: .channelMajor, draw: 3)
        #expect(window == before.map { -$0 })
    }

    @Test(
        "a misspelled name of them is corrected",
        arguments: [
            ("last_second", "sign_flip", "did you mean \"last_seconds\"?"),
            ("last_seconds", "sign_flop", "did you mean \"sign_flip\"?"),
        ])
    func misspelled(rule: String, kind: String, hint: String) throws {
        let yaml = Self.yaml.replacing("rule: last_seconds", with: "rule: \(rule)")
            .replacing("kind: sign_flip", with: "kind: \(kind)")
        let error = #expect(throws: DocumentError.self) { try Self.configuration(yaml) }
        #expect(error?.hint == hint)
    }

    @Test("their members belong to them alone")
    func members() throws {
        let error = #expect(throws: DocumentError.self) {
            try Self.configuration(
                "window: {length: 20, stride: 5}\nsplit: {rule: shots, shots: 2, last_seconds: 1}")
        }
        #expect(error?.path == "$.split.last_seconds")
        #expect(throws: DocumentError.self) { try Self.configuration(kinds: Kinds()) }
    }

    @Test("the schema has them")
    func schema() throws {
        func names(_ key: String, with kinds: Kinds) throws -> [String] {
            let object = CollectionConfiguration.schema(with: kinds)
            var schema = try #require(object.properties.first { $0.key == key }).schema
            if case .list(let element, _, _) = schema { schema = element }
            guard case .tagged(_, _, let kinds) = schema else { return [] }
            return kinds.map(\.name)
        }
        let library = try names("split", with: Kinds())
        #expect(try names("split", with: Self.kinds) == library + ["last_seconds"])
        let augmentations = try names("augmentation", with: Kinds())
        #expect(try names("augmentation", with: Self.kinds) == augmentations + ["sign_flip"])
    }
}
