import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Building collections")
struct CollectionBuilderTests {
    private let configuration = CollectionConfiguration(
        window: WindowSettings(length: .samples(10), stride: .samples(3)),
        patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p3"])), seed: 5)

    private func archive(in folder: URL, _ recordings: [Recording]) throws -> RecordingArchive {
        let archive = RecordingArchive(folder: folder.appending(path: "archive"))
        for recording in recordings { try archive.write(recording) }
        return archive
    }

    private func patients(_ count: Int) throws -> [Recording] {
        try (1...count).map { patient in
            try syntheticRecording(patient: "p\(patient)") { sample, channel in
                Float((sample * (7 + patient) + channel * 13) % (29 + patient))
            }
        }
    }

    @Test("tensors are the signal normalized on the support, windows are views into it")
    func tensors() throws {
        let folder = try TemporaryFolder()
        let recordings = try patients(4)
        let url = folder.url.appending(path: "study.json")
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: archive(in: folder.url, recordings), to: url)
        #expect(report.refused.isEmpty && report.leftOut.isEmpty)
        let collection = try CollectionFile.open(url)
        try collection.verifyHashes()
        #expect(collection.manifest == report.manifest)
        #expect(collection.manifest.splits.train == ["p1/day1/111", "p4/day1/111"])
        for recording in recordings {
            let tensors = try collection.tensors(for: recording.identity.id)
            let support = [SampleRange(0..<235)]
            let expected = FittedNormalization(
                fitting: .standard, to: recording.samples, on: support
            )
            .applied(to: recording.samples)
            #expect(tensors.signal == expected)
            #expect(tensors.support.starts.first == 0)
            #expect(tensors.support.starts.allSatisfy { $0 + 10 <= 235 })
            #expect(tensors.query.starts.first == 245)
            let labels = recording.labels?.values ?? []
            #expect(
                tensors.query.labels
                    == tensors.query.starts.map { labels[Int($0) + 9] })
        }
    }

    @Test("the same archive and configuration give the same bytes for any number of threads")
    func deterministic() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(in: folder.url, patients(5))
        let files = try [1, 2, 7].map { threads in
            let url = folder.url.appending(path: "threads\(threads)/study.json")
            _ = try CollectionBuilder(configuration: configuration)
                .build(from: archive, to: url, threads: threads)
            return [
                try Data(contentsOf: url),
                try Data(contentsOf: url.deletingPathExtension().appendingPathExtension("h5")),
            ]
        }
        #expect(files[0] == files[1] && files[1] == files[2])
    }

    @Test("what does not fit the majority or the rule is refused, the rest is built")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let odd = try [
            syntheticRecording(patient: "p7", hertz: 200),
            syntheticRecording(patient: "p8", channels: 3),
            syntheticRecording(patient: "p9", runs: [(0, 90), (2, 90), (0, 90)]),
            syntheticRecording(
                patient: "p10", runs: [(0, 2), (1, 2), (0, 1), (2, 2), (0, 2), (1, 90)]),
        ]
        let report = try CollectionBuilder(configuration: configuration).build(
            from: archive(in: folder.url, patients(4) + odd),
            to: folder.url.appending(path: "study.json"))
        #expect(report.manifest.tasks.count == 4)
        #expect(
            report.refused.map(\.subject) == [
                "p7/day1/111", "p8/day1/111", "p9/day1/111", "p10/day1/111",
            ])
        for (refusal, part) in zip(
            report.refused,
            [
                "sampling rate: expected 100.0 Hz", "channels: expected 2", "run 2 of the labels",
                "the support has 9 usable samples, fewer than one window of 10",
            ])
        {
            #expect(refusal.reason.contains(part), "\(refusal.reason)")
            #expect(refusal.reason.contains("hint: "))
        }
    }

    @Test("what the configuration leaves out is not refused")
    func leftOut() throws {
        let folder = try TemporaryFolder()
        var configuration = configuration
        configuration.include = RecordingSelection(samplingRate: 100)
        let report = try CollectionBuilder(configuration: configuration).build(
            from: archive(
                in: folder.url, patients(3) + [syntheticRecording(patient: "p7", hertz: 200)]),
            to: folder.url.appending(path: "study.json"))
        #expect(report.refused.isEmpty)
        #expect(report.leftOut.map(\.patient) == ["p7"])
    }

    @Test("an empty archive makes no collection and no file")
    func empty() throws {
        let folder = try TemporaryFolder()
        let archive = folder.url.appending(path: "archive")
        try FileManager.default.createDirectory(at: archive, withIntermediateDirectories: true)
        let error = #expect(throws: TaskError.self) {
            try CollectionBuilder(configuration: configuration).build(
                from: RecordingArchive(folder: archive),
                to: folder.url.appending(path: "study.json"))
        }
        #expect(error?.kind == .nothingToBuild)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["archive"])
    }

    @Test("no sample of a support window is in a query window, nor within a window of it")
    func noLeak() throws {
        let folder = try TemporaryFolder()
        let report = try CollectionBuilder(configuration: configuration).build(
            from: archive(in: folder.url, patients(4)),
            to: folder.url.appending(path: "study.json"))
        let collection = try CollectionFile.open(folder.url.appending(path: "study.json"))
        for task in report.manifest.tasks {
            let tensors = try collection.tensors(for: task.id)
            let supportEnd = try #require(tensors.support.starts.max()) + 10
            let queryStart = try #require(tensors.query.starts.min())
            #expect(queryStart - supportEnd >= 10)
        }
    }
}
