import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Maps of classes and channels")
struct MappingTests {
    private func configuration(_ text: String) throws -> CollectionConfiguration {
        try CollectionConfiguration(
            Document(
                yaml: "window: {length: 20, stride: 5}\nnormalization: none\n\(text)\n".utf8,
                name: "c.yaml"
            ).cursor)
    }

    @Test("classes are renamed and merged, and the labels follow the order")
    func merge() throws {
        let study = try StudyInFolder(
            configuration(
                "classes: {rename: {relax: rest}, merge: {move: [open, close]}, order: [move, rest]}\n"
                    + "split: {cues: [rest, move, rest, move, rest]}"))
        #expect(study.report.refused.isEmpty, "\(study.report.refused)")
        #expect(study.report.manifest.classes == ["move", "rest"])
        let file = try CollectionFile.open(study.manifestURL)
        let labels = try #require(StudyInFolder.recording(1).labels).values
        let tensors = try file.tensors(for: "p1/day1/111")
        for windows in [tensors.support, tensors.query] {
            for (start, label) in zip(windows.starts, windows.labels) {
                #expect(label == (labels[Int(start) + 19] == 0 ? 1 : 0))
            }
        }
    }

    @Test("a dropped class is in no window, but its cues still count")
    func drop() throws {
        let study = try StudyInFolder(configuration("classes: {drop: [close]}"))
        #expect(study.report.refused.isEmpty, "\(study.report.refused)")
        #expect(study.report.manifest.classes == ["relax", "open"])
        let labels = try #require(StudyInFolder.recording(1).labels).values
        let file = try CollectionFile.open(study.manifestURL)
        for task in file.manifest.tasks {
            let tensors = try file.tensors(for: task.id)
            #expect(tensors.query.starts.count > 0)
            for start in tensors.support.starts + tensors.query.starts {
                #expect(!labels[Int(start)..<Int(start) + 20].contains(2))
            }
        }
    }

    @Test("a class that the order does not have costs its recording")
    func order() throws {
        #expect(throws: TaskError.self) {
            _ = try StudyInFolder(configuration("classes: {order: [relax, open]}"))
        }
    }

    @Test("channels are selected and put in order")
    func select() throws {
        let study = try StudyInFolder(configuration("channels: {select: [emg2, emg0]}"))
        #expect(study.report.manifest.channels.map(\.name) == ["emg2", "emg0"])
        let signal = try CollectionFile.open(study.manifestURL).tensors(for: "p1/day1/111").signal
        let samples = try StudyInFolder.recording(1).samples
        for sample in 0..<samples.sampleCount {
            #expect(signal[sample, 0] == samples[sample, 2])
            #expect(signal[sample, 1] == samples[sample, 0])
        }
    }

    @Test("an armband is turned for the recordings that say so, names stay in place")
    func rotate() throws {
        let study = try StudyInFolder(
            configuration("channels: {rotate: [{tasks: p2, by: 1}, {tasks: p3, by: -1}]}"))
        #expect(study.report.manifest.channels.map(\.name) == ["emg0", "emg1", "emg2"])
        let file = try CollectionFile.open(study.manifestURL)
        for (patient, turn) in [(1, 0), (2, 1), (3, 2)] {
            let signal = try file.tensors(for: "p\(patient)/day1/111").signal
            let samples = try StudyInFolder.recording(patient).samples
            for channel in 0..<3 {
                #expect(signal[7, channel] == samples[7, (channel + turn) % 3])
            }
        }
    }

    @Test("recordings without a selected channel are refused, the others are built")
    func missing() throws {
        let study = try StudyInFolder(configuration("channels: {select: [emg0]}")) { recordings in
            let other = recordings[1]
            recordings[1] = try Recording(
                RecordingDescription(
                    identity: other.identity,
                    channels: other.channels.map { Channel(name: "x\($0.name)", unit: "count") },
                    samplingRate: other.samplingRate,
                    source: other.source),
                samples: other.samples,
                labels: other.labels)
        }
        #expect(study.report.refused.map(\.subject) == ["p2/day1/111"])
        #expect(study.report.refused[0].reason.contains("emg0"))
        #expect(study.report.manifest.tasks.count == 3)
    }

    @Test("a grid of electrodes is reported row by row, and must have a place for each channel")
    func grid() throws {
        let study = try StudyInFolder(configuration("channels: {grid: [1, 3]}"))
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(manifest.grid == CollectionManifest.Grid(rows: 1, columns: 3))
        #expect(
            try CollectionVerification.verify(study.manifestURL, from: study.archive)
                .differences.isEmpty)
        #expect(throws: TaskError.self) {
            _ = try StudyInFolder(configuration("channels: {grid: [2, 2]}"))
        }
    }

    @Test(
        "a map that cannot be is refused at its place",
        arguments: [
            ("classes: {drop: [a], merge: {b: [a, c]}}", "$.classes.drop[0]"),
            ("classes: {merge: {b: []}}", "$.classes.merge.b"),
            ("classes: {order: [a, a]}", "$.classes.order[1]"),
            ("classes: {remove: [a]}", "$.classes"),
            ("channels: {rotate: many}", "$.channels.rotate"),
            ("channels: {rotate: [{by: 1}]}", "$.channels.rotate[0]"),
            ("channels: {rotate: [{tasks: a//b, by: 1}]}", "$.channels.rotate[0].tasks"),
            ("augmentation: [{kind: flip}]", "$.augmentation[0].kind"),
            ("augmentation: [{kind: jitter}]", "$.augmentation[0]"),
            ("augmentation: [{kind: gain, range: 2}]", "$.augmentation[0].range"),
            ("augmentation: [{kind: gain, range: 0.1, samples: 2}]", "$.augmentation[0]"),
        ])
    func faults(text: String, path: String) {
        let error = #expect(throws: DocumentError.self) { try configuration(text) }
        #expect(error?.path == path)
    }
}
