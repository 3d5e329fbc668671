import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("First builds of other laboratories' recordings")
struct FirstBuildTests {
    private static func configuration(_ text: String) throws -> CollectionConfiguration {
        try CollectionConfiguration(Document(yaml: text.utf8, name: "c.yaml").cursor)
    }

    /// A recording with classes of some names, each run 60 samples long.
    private static func recording(
        _ patient: String, _ names: [String], _ order: [Int], channels: Int = 2
    ) throws -> Recording {
        var generator = SeededGenerator(seed: UInt64(patient.utf8.reduce(7) { $0 * 31 + Int($1) }))
        var recording = try syntheticRecording(
            patient: patient, runs: order.map { (UInt8(0 * $0), 60) }, channels: channels
        ) { _, _ in Float(generator.integer(below: 900)) }
        recording.labels = try LabelTrack(
            classNames: names, values: order.flatMap { Array(repeating: UInt8($0), count: 60) })
        return recording
    }

    private static func build(
        _ text: String, _ recordings: [Recording]
    ) throws -> BuildReport {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for recording in recordings { try archive.write(recording) }
        return try CollectionBuilder(configuration: configuration(text))
            .build(from: archive, to: folder.url.appending(path: "s.json"))
    }

    private static func failure(_ text: String, _ recordings: [Recording]) throws -> String {
        let error = #expect(throws: TaskError.self) { try build(text, recordings) }
        return error?.description ?? ""
    }

    @Test(
        "labels that the default does not fit: the classes are listed, and rules that do fit",
        arguments: [
            ["neutral", "fist", "open"], ["0", "1", "2"], ["rest", "h\u{E4}nd zu", "yes"],
        ])
    func advice(names: [String]) throws {
        let order = [0, 1, 0, 2, 0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = try (1...3).map { try Self.recording("p\($0)", names, order) }
        let text = try Self.failure("window: {length: 20, stride: 5}\n", recordings)
        #expect(text.contains(names.joined(separator: ", ")))
        #expect(text.contains("split: {rule: repetitions, repetitions: 1}  # fits 3 of 3"))
        // Every line that is offered works as it stands.
        let lines = text.split(separator: "\n").filter { $0.contains("    split: {") }
        #expect(lines.count >= 4)
        #expect(lines.contains { $0.contains("cues: [") })
        for line in lines {
            let split = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            let report = try Self.build(
                "window: {length: 20, stride: 5}\n\(split)\n", recordings)
            #expect(report.refused.isEmpty, "\(split)")
            #expect(!report.warnings.contains { $0.contains("no window of") }, "\(split)")
        }
    }

    @Test(
        "a class that no recording has is refused by its key, with the one that is near",
        arguments: [
            ("classes: {drop: [clos]}", "classes.drop", "close"),
            ("classes: {rename: {opne: hand}}", "classes.rename", "open"),
            ("classes: {merge: {hand: [open, closed]}}", "classes.merge", "close"),
            ("classes: {order: [relax, open, grasp]}", "classes.order", "close, open, relax"),
            ("split: {cues: [relax, opn]}", "split.cues", "open"),
            ("classes: {rename: {open: hand}}\nsplit: {cues: [relax, open]}", "split.cues", "hand"),
        ])
    func names(text: String, key: String, near: String) throws {
        let order = [0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = [try Self.recording("p1", ["relax", "open", "close"], order)]
        let message = try Self.failure("window: {length: 20, stride: 5}\n\(text)\n", recordings)
        #expect(message.contains(key) && message.contains(near), "\(message)")
        #expect(message.contains("which no recording has"))
    }

    @Test("the default cues go with classes that are renamed or merged")
    func renamedCues() throws {
        let order = [0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = [try Self.recording("p1", ["relax", "open", "close"], order)]
        for classes in ["{rename: {open: hand_open}}", "{merge: {hand: [open, close]}}"] {
            let report = try Self.build(
                "window: {length: 20, stride: 5}\nclasses: \(classes)\n", recordings)
            #expect(report.refused.isEmpty)
            #expect(report.manifest.tasks[0].support.ranges.last?.end == 300)
        }
    }

    @Test("the example of the page on maps builds a collection")
    func pageOnMaps() throws {
        let page = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "docs/tasks/maps-and-augmentation.md"), encoding: .utf8)
        let example = page.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
        let names = ["relax", "open", "close", "pinch", "unknown"]
        let order = [0, 1, 0, 2, 0, 3, 4, 0, 1, 0, 3, 0, 2, 0]
        let recordings = try (1...2).map {
            try Self.recording("p\($0)", names, order, channels: 8)
        }
        let report = try Self.build(example, recordings)
        #expect(report.refused.isEmpty)
        #expect(report.manifest.classes == ["relax", "hand_open", "grasp"])
    }

    @Test("every example of the page on splits builds a collection")
    func pageOnSplits() throws {
        let page = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/tasks/splits.md"),
            encoding: .utf8)
        let examples = page.split(separator: "\n").filter { $0.hasPrefix("    ") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(examples.count >= 11)
        let order = [0, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = try (1...2).map {
            try Self.recording("p\($0)", ["relax", "open", "close", "unlabeled"], order)
        }
        for example in examples {
            var lines = [example]
            if !example.hasPrefix("window:") { lines.append("window: {length: 20, stride: 5}") }
            if !example.hasPrefix("split:") {
                lines.append("split: {rule: fraction, fraction: 0.5}")
            }
            let report = try Self.build(lines.joined(separator: "\n"), recordings)
            #expect(report.refused.isEmpty && report.manifest.tasks.count == 2, "\(example)")
        }
    }

    @Test("a design that fails names the recordings that were refused")
    func design() throws {
        let order = [0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = [
            try Self.recording("p1", ["relax", "open", "close"], order),
            try Self.recording("p2", ["relax", "open", "close"], [1, 0, 2]),
        ]
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for recording in recordings { try archive.write(recording) }
        let configuration = try Self.configuration(
            "window: {length: 20, stride: 5}\ndesign: {rule: leave_one_patient_out}\n")
        let error = #expect(throws: TaskError.self) {
            try CollectionBuilder(configuration: configuration)
                .buildDesign(from: archive, into: folder.url.appending(path: "d"))
        }
        #expect(error?.description.contains("refused were p2/day1/111") == true)
        #expect(error?.description.contains("run 1 of the labels") == true)
    }

    @Test("a collection that trains or tests nobody is built, and that is said")
    func emptySplits() throws {
        let order = [0, 1, 0, 2, 0, 1, 0, 2, 0]
        let recordings = try (1...2).map {
            try Self.recording("p\($0)", ["relax", "open", "close"], order)
        }
        let window = "window: {length: 20, stride: 5}\n"
        let trained = try Self.build(window, recordings).warnings
        #expect(trained.contains { $0.contains("no task is for testing") })
        let tested = try Self.build(window + "splits: {test: 2}\n", recordings).warnings
        #expect(tested.contains { $0.contains("no task is for training") })
    }
}
