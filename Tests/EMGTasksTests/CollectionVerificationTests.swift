import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Verifying collections")
struct CollectionVerificationTests {
    private static let configurations = [
        StudyInFolder.configuration, inMilliseconds, mapped,
        CollectionConfiguration(
            window: WindowSettings(length: .samples(10), stride: .samples(2)),
            split: SplitSettings(.blocks(count: 7, support: [1, 4]), supportFraction: 0.5)),
    ]

    private static var inMilliseconds: CollectionConfiguration {
        var configuration = CollectionConfiguration(
            window: WindowSettings(
                length: .milliseconds(100), stride: .milliseconds(30), labelRule: .majority,
                transitionTrim: .milliseconds(25)),
            split: SplitSettings(.seconds(1.5), guardDuration: .milliseconds(333)),
            patients: PatientSplit(test: .count(1)), seed: .max)
        configuration.normalization = .minMax
        return configuration
    }

    private static var mapped: CollectionConfiguration {
        var configuration = CollectionConfiguration(
            window: WindowSettings(length: .samples(10), stride: .samples(1), labelRule: .pure),
            split: SplitSettings(.shots(2)))
        configuration.normalization = .none
        configuration.classes = ClassMap(
            merges: [ClassMap.Merge(name: "move", sources: ["open", "close"])],
            order: ["move", "relax"])
        configuration.channels = ChannelMap(
            select: ["emg2", "emg0", "emg1"],
            rotations: [TaskPattern("p2/*/111")].compactMap(\.self).map {
                ChannelMap.Rotation(tasks: $0, places: -1)
            })
        configuration.augmentation = [
            AugmentationStep(.rotation(positions: 1), probability: 0.5)
        ]
        return configuration
    }

    @Test("what was built comes out again, byte by byte", arguments: configurations)
    func same(configuration: CollectionConfiguration) throws {
        let study = try StudyInFolder(configuration)
        #expect(study.report.refused.isEmpty, "\(study.report.refused)")
        for threads in [1, 3] {
            let verification = try CollectionVerification.verify(
                study.manifestURL, from: study.archive, threads: threads)
            #expect(verification.differences.isEmpty, "\(verification.differences)")
        }
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("other recordings in the archive do not matter, missing ones are named")
    func archive() throws {
        let study = try StudyInFolder()
        try study.archive.write(StudyInFolder.recording(9))
        #expect(
            try CollectionVerification.verify(study.manifestURL, from: study.archive)
                .differences.isEmpty)
        try FileManager.default.removeItem(
            at: study.archive.folder.appending(path: "p2/day1/111.h5"))
        let differences = try CollectionVerification.verify(
            study.manifestURL, from: study.archive
        ).differences
        #expect(differences.map(\.task) == ["p2/day1/111"])
        #expect(differences[0].text.contains("no such recording"))
    }

    @Test("a recording of which one sample changed is found")
    func changedSample() throws {
        let study = try StudyInFolder()
        var recording = try StudyInFolder.recording(3)
        recording.samples[400, 1] += 1
        try study.archive.write(recording)
        let differences = try CollectionVerification.verify(
            study.manifestURL, from: study.archive
        ).differences
        #expect(differences.map(\.task) == ["p3/day1/111"])
        #expect(differences[0].text == "comes out otherwise: the tensors' SHA-256")
    }

    @Test("a recording that comes from another file is found")
    func changedSource() throws {
        let study = try StudyInFolder()
        var recording = try StudyInFolder.recording(1)
        recording.source = SourceFile(
            name: "other.csv", sha256: String(repeating: "a", count: 64))
        try study.archive.write(recording)
        let differences = try CollectionVerification.verify(
            study.manifestURL, from: study.archive
        ).differences
        #expect(differences.map(\.task) == ["p1/day1/111"])
        #expect(differences[0].text.contains("another file"))
    }

    @Test("a manifest that was edited differs, and the byte is reported")
    func editedManifest() throws {
        let study = try StudyInFolder()
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        try Data((text + "\n").utf8).write(to: study.manifestURL)
        let differences = try CollectionVerification.verify(
            study.manifestURL, from: study.archive
        ).differences
        #expect(differences.count == 1)
        #expect(differences[0].text.contains("the manifest differs from byte \(text.utf8.count)"))
    }

    @Test("what was planted with right hashes comes out otherwise")
    func planted() throws {
        let study = try StudyInFolder()
        let url = try study.rewrite { id, tensors, entry in
            guard id == "p4/day1/111" else { return }
            var labels = tensors.query.labels
            labels.swapAt(0, labels.count - 1)
            let changed = labels.firstIndex { $0 != labels[0] } ?? 0
            labels.swapAt(0, changed)
            tensors = TaskTensors(
                signal: tensors.signal, support: tensors.support,
                query: TaskTensors.Windows(starts: tensors.query.starts, labels: labels))
        }
        let differences = try CollectionVerification.verify(url, from: study.archive).differences
        #expect(differences.map(\.task) == ["p4/day1/111"])
    }
}
