import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Samples that nobody labeled")
struct UnlabeledTests {
    /// Runs of 0 (nobody's), 1 (fist) and 2 (open), every class shown four times.
    private static let runs: [(label: UInt8, count: Int)] = (0..<4).flatMap { _ in
        [(0, 35), (1, 50), (0, 17), (2, 50)]
    }

    private static func recording(_ patient: String, amplitude: Float = 1) throws -> Recording {
        var generator = SeededGenerator(seed: UInt64(patient.utf8.reduce(0) { $0 + Int($1) }))
        let labels = runs.flatMap { Array(repeating: $0.label, count: $0.count) }
        var recording = try syntheticRecording(patient: patient, runs: runs) { sample, _ in
            Float(generator.integer(below: 900)) * (labels[sample] == 0 ? amplitude : 1)
        }
        recording.labels = try LabelTrack(
            classNames: ["unlabeled", "fist", "open"], values: labels)
        return recording
    }

    private static func configuration(_ text: String) throws -> CollectionConfiguration {
        try CollectionConfiguration(Document(yaml: text.utf8, name: "c.yaml").cursor)
    }

    private static let splits = [
        "{rule: fraction, fraction: 0.5}", "{rule: shots, shots: 2}", "{rule: seconds, seconds: 3}",
        "{rule: repetitions, repetitions: 1}", "{rule: blocks, blocks: 4, support_blocks: [0, 2]}",
        "{cues: [fist, open]}", "{cues: [unlabeled, fist, unlabeled, open]}",
        "{rule: fraction, fraction: 0.5, support_fraction: 0.8}",
    ]

    @Test(
        "they are in no window, whatever the split and label rule", arguments: splits,
        ["last", "center", "majority", "pure"])
    func noWindow(split: String, rule: String) throws {
        let configuration = try Self.configuration(
            "window: {length: 10, stride: 3, label_rule: \(rule)}\nsplit: \(split)\n")
        let study = try StudyInFolder(configuration, patients: 2) { recordings in
            recordings = try ["p1", "p2"].map { try Self.recording($0) }
        }
        let labels = Self.runs.flatMap { Array(repeating: $0.label, count: $0.count) }
        #expect(study.report.manifest.classes == ["fist", "open"])
        let collection = try CollectionFile.open(study.manifestURL)
        for task in collection.manifest.tasks {
            let tensors = try collection.tensors(for: task.id)
            for part in [tensors.support, tensors.query] {
                #expect(!part.starts.isEmpty)
                for (start, label) in zip(part.starts, part.labels) {
                    let window = labels[Int(start)..<Int(start) + 10]
                    // Class 0 of the collection is label 1 of the recording.
                    #expect(window.allSatisfy { $0 == label + 1 })
                }
            }
            #expect(task.unlabeled?.samples == 4 * (35 + 17))
        }
    }

    @Test("the number left out is that of the windows that would hold one of them")
    func counts() throws {
        let configuration = try Self.configuration(
            "window: {length: 10, stride: 3}\nsplit: {rule: fraction, fraction: 0.5}\n")
        let study = try StudyInFolder(configuration, patients: 1) { recordings in
            recordings = [try Self.recording("p1")]
        }
        let labels = Self.runs.flatMap { Array(repeating: $0.label, count: $0.count) }
        let expected = stride(from: 0, through: labels.count - 10, by: 3).count { start in
            labels[start..<start + 10].contains(0)
        }
        #expect(study.report.manifest.tasks[0].unlabeled?.windows == expected)
        #expect(try CollectionAudit.audit(study.manifestURL).tasks[0].windowsUnlabeled == expected)
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        let read = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(read.tasks[0].unlabeled == study.report.manifest.tasks[0].unlabeled)
        #expect(text.contains("\"unlabeled\""))
        let verified = try CollectionVerification.verify(
            study.manifestURL, from: study.archive)
        #expect(verified.differences.isEmpty)
    }

    @Test(
        "a configuration may give them the name of a class",
        arguments: [
            ("{rename: {unlabeled: rest}}", ["rest", "fist", "open"]),
            ("{merge: {fist: [fist, unlabeled]}}", ["fist", "open"]),
            ("{rename: {unlabeled: rest}, order: [open, fist, rest]}", ["open", "fist", "rest"]),
        ])
    func named(classes: String, expected: [String]) throws {
        let configuration = try Self.configuration(
            "window: {length: 10, stride: 3}\nsplit: {rule: fraction, fraction: 0.5}\n"
                + "classes: \(classes)\n")
        let study = try StudyInFolder(configuration, patients: 1) { recordings in
            recordings = [try Self.recording("p1")]
        }
        #expect(study.report.manifest.classes == expected)
        #expect(study.report.manifest.tasks[0].unlabeled == nil)
        let differences = try CollectionVerification.verify(
            study.manifestURL, from: study.archive
        ).differences
        #expect(differences.isEmpty)
    }

    @Test("normalization is not fitted on them")
    func normalization() throws {
        func fit(_ amplitude: Float) throws -> CollectionManifest.Coefficients {
            let configuration = try Self.configuration(
                "window: {length: 10, stride: 3}\nsplit: {rule: fraction, fraction: 0.5}\n")
            let study = try StudyInFolder(configuration, patients: 1) { recordings in
                recordings = [try Self.recording("p1", amplitude: amplitude)]
            }
            return study.report.manifest.tasks[0].normalization
        }
        #expect(try fit(1) == fit(100))
    }

    @Test("recordings with and without them have the same classes")
    func mixed() throws {
        let configuration = try Self.configuration(
            "window: {length: 10, stride: 3}\nsplit: {rule: fraction, fraction: 0.5}\n")
        let study = try StudyInFolder(configuration, patients: 2) { recordings in
            var whole = try Self.recording("p2")
            whole.labels = try LabelTrack(
                classNames: ["fist", "open"],
                values: (whole.labels?.values ?? []).map { $0 == 2 ? 1 : 0 })
            recordings = [try Self.recording("p1"), whole]
        }
        #expect(study.report.refused.isEmpty && study.report.manifest.tasks.count == 2)
    }

    @Test("a table of windows leaves them out and counts them, unless they get a name")
    func table() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        try archive.write(Self.recording("p1"))
        let url = folder.url.appending(path: "w.csv")
        var selection = WindowSelection(length: .samples(10), stride: .samples(3))
        let without = try WindowTable(selection).write(archive, to: url)
        #expect(without.classes == ["fist", "open"])
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(!text.contains("unlabeled") && without.unlabeled.samples == 4 * (35 + 17))
        selection.unlabeledClass = "rest"
        let with = try WindowTable(selection).write(archive, to: url)
        #expect(with.classes == ["rest", "fist", "open"])
        #expect(with.unlabeled.windows == 0 && with.windowCount > without.windowCount)
        selection.length = .samples(10_000)
        let error = #expect(throws: TaskError.self) {
            try WindowTable(selection).write(archive, to: url)
        }
        #expect(error?.description.contains("no recording has a window of 10000 samples") == true)
    }

    @Test(
        "no class can be given their name",
        arguments: ["rename: {fist: unlabeled}", "merge: {unlabeled: [fist]}"])
    func reserved(classes: String) throws {
        let error = #expect(throws: DocumentError.self) {
            try Self.configuration("window: {length: 4, stride: 1}\nclasses: {\(classes)}\n")
        }
        #expect(error?.description.contains("without a class") == true)
    }
}
