import EMGArchive
import EMGEpisodes
import EMGSignal
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Checks of a model against a collection")
struct InputCheckTests {
    private static func checkpoint(
        _ manifest: CollectionManifest, input: String? = nil
    ) throws -> ModelCheckpoint {
        let model = DNN(hidden: [2])
        let (channels, samples) = (manifest.channels.count, manifest.window.length)
        let network = model.network(
            channelCount: channels, windowLength: samples, classCount: manifest.classes.count)
        return try ModelCheckpoint(
            model: model, parameters: network.initialParameters(seed: 1),
            classNames: manifest.classes, channelCount: channels, windowLength: samples,
            inputDescription: input)
    }

    private static func manifest() throws -> CollectionManifest {
        try InputDifferenceTests.manifest()
    }

    @Test("a checkpoint carries the description through its file")
    func file() throws {
        let manifest = try Self.manifest()
        let input = InputDescription(manifest)
        let written = try Self.checkpoint(manifest, input: input.json)
        let file = try Safetensors(bytes: written.tensors().bytes, name: "x")
        #expect(file.metadata["input"] == input.json)
        #expect(try ModelCheckpoint(file, name: "x").input(at: "x") == input)
    }

    @Test("a checkpoint of an older version is used, and what could not be checked is said")
    func older() throws {
        let manifest = try Self.manifest()
        let check = try InputCheck(
            Self.checkpoint(manifest), at: "old.safetensors", on: manifest,
            tasks: manifest.tasks.map(\.id), allowsSeen: false)
        #expect(check.seen.isEmpty)
        #expect(check.warnings.count == 1)
        #expect(
            check.warnings[0].hasPrefix(
                "old.safetensors: nothing in it says what it was made for, so channels and their "
                    + "order, units, rate, conditioning, normalization and whom it was trained on "
                    + "could not be checked"))
        #expect(check.warnings[0].hasSuffix("its outputs are taken as relax, open, close"))
    }

    @Test("all faults are reported at once, and warnings when there is none")
    func faults() throws {
        let manifest = try Self.manifest()
        let model = try Self.checkpoint(manifest, input: InputDescription(manifest).json)
        var other = manifest
        other.window.labelRule = "pure"
        let check = try InputCheck(
            model, at: "m", on: other, tasks: manifest.splits.test, allowsSeen: false)
        #expect(check.warnings.count == 1)
        #expect(check.warnings[0].hasPrefix("m: made for labels by the rule last, the collection"))
        other.channels.swapAt(2, 3)
        other.conditioning = []
        let error = #expect(throws: InputError.self) {
            try InputCheck(
                model, at: "m", on: other, tasks: manifest.splits.test, allowsSeen: false)
        }
        guard case .differs(let differences) = error?.kind else {
            Issue.record("expected differences")
            return
        }
        #expect(differences.map(\.subject) == [.channels, .conditioning])
        let text = error?.description ?? ""
        #expect(text.hasPrefix("m: made for channels emg0") && text.contains("\n  hint: build"))
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        let mentions: String
        let change: @Sendable (String) -> String
        var testDescription: String { name }
    }

    @Test(
        "a damaged or dishonest description is refused",
        arguments: [
            Damage(name: "no JSON", mentions: "a description of the model's input") { _ in "{" },
            Damage(name: "empty", mentions: "a description of the model's input") { _ in "" },
            Damage(name: "a list", mentions: "an object") { _ in "[]" },
            Damage(name: "deep nesting", mentions: "a description of the model's input") { _ in
                String(repeating: "[", count: 100_000)
            },
            Damage(name: "cut off", mentions: "a description of the model's input") {
                String($0.dropLast(40))
            },
            Damage(name: "a newer version", mentions: "or newer") {
                $0.replacing("\"format_version\":1", with: "\"format_version\":7")
            },
            Damage(name: "another number of samples", mentions: "its own metadata") {
                $0.replacing("\"length\":12", with: "\"length\":24")
                    .replacing("\"window_seconds\":0.12", with: "\"window_seconds\":0.24")
            },
            Damage(name: "other classes", mentions: "its own metadata") {
                $0.replacing("\"close\"", with: "\"fist\"")
            },
        ])
    func damaged(damage: Damage) throws {
        let manifest = try Self.manifest()
        let text = damage.change(InputDescription(manifest).json)
        let model = try Self.checkpoint(manifest, input: text)
        let error = #expect(throws: MetaLearningError.self) {
            try InputCheck(
                model, at: "m", on: manifest, tasks: manifest.splits.test, allowsSeen: true)
        }
        #expect(
            error.map { "\($0)".contains(damage.mentions) } == true, "\(String(describing: error))")
    }

    // MARK: Whom it has seen

    @Test("people and recordings of training and validation are known, under any name")
    func seen() throws {
        // p1, p4 and p5 train, p2 validates, p3 tests.
        let manifest = try Self.manifest()
        let input = InputDescription(manifest)
        func extents(
            _ change: (inout [CollectionManifest.Entry]) throws -> Void = { _ in }
        ) throws -> [SeenTask.Extent?] {
            var other = manifest
            try change(&other.tasks)
            let seen = input.seenTasks(other.tasks.map(\.id), of: other)
            return other.tasks.map { task in seen.first { $0.id == task.id }?.extent }
        }
        #expect(
            try extents() == [
                .trainingRecording, .validationRecording, nil, .trainingRecording,
                .trainingRecording,
            ])
        // Other recordings of the same people.
        #expect(
            try extents { tasks in
                for index in tasks.indices {
                    tasks[index].source = SourceFile(
                        name: "x.csv", sha256: String(repeating: "\(index)a", count: 32))
                }
            } == [.trainingPerson, .validationPerson, nil, .trainingPerson, .trainingPerson])
        // The same bytes under another name, and a new person's bytes under a known name.
        #expect(
            try extents { tasks in
                tasks[0].identity = try RecordingIdentity(
                    patient: "p77", session: "day1", condition: "111")
                tasks[2].identity = try RecordingIdentity(
                    patient: "p2", session: "day9", condition: "111")
            }.prefix(3) == [.trainingRecording, .validationRecording, .validationPerson])
        // A file of several people's recordings tells nobody.
        #expect(
            try extents { tasks in
                tasks[2].source = tasks[0].source
                tasks[0].identity = try RecordingIdentity(
                    patient: "p77", session: "day1", condition: "111")
            }.prefix(3) == [nil, .validationRecording, nil])
    }

    @Test("seen tasks are refused by name, and reported when they are allowed")
    func refusal() throws {
        let manifest = try Self.manifest()
        let model = try Self.checkpoint(manifest, input: InputDescription(manifest).json)
        let ids = manifest.tasks.map(\.id)
        let error = #expect(throws: InputError.self) {
            try InputCheck(model, at: "m", on: manifest, tasks: ids, allowsSeen: false)
        }
        let text = error?.description ?? ""
        #expect(
            text.hasPrefix(
                "m: the model was trained on p1/day1/111, p4/day1/111, p5/day1/111; the model was "
                    + "selected by p2/day1/111\n  hint: "), "\(text)")
        #expect(text.contains("--allow-seen"))
        let check = try InputCheck(model, at: "m", on: manifest, tasks: ids, allowsSeen: true)
        #expect(check.seen.count == 4 && check.warnings.isEmpty)
        #expect(
            try InputCheck(
                model, at: "m", on: manifest, tasks: manifest.splits.test, allowsSeen: false
            ).seen.isEmpty)
        let many = (0..<9).map { SeenTask(id: "p\($0)", extent: .trainingPerson) }
        #expect(
            SeenTask.summary(of: many, naming: 2)
                == "the model was trained on other recordings of the people of p0, p1 and 7 more")
    }
}
