import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport

/// An archive of random recordings, no two alike, and a collection of it, in a folder.
struct StudyInFolder: ~Copyable {
    let folder: TemporaryFolder
    let archive: RecordingArchive
    let manifestURL: URL
    let report: BuildReport

    static let configuration = CollectionConfiguration(
        window: WindowSettings(length: .samples(20), stride: .samples(5)),
        patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p3"])), seed: 5)

    init(
        _ configuration: CollectionConfiguration = Self.configuration, patients: Int = 4,
        change: (inout [Recording]) throws -> Void = { _ in }
    ) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        var recordings = try (1...patients).map { try Self.recording($0) }
        try change(&recordings)
        for recording in recordings { try archive.write(recording) }
        let manifestURL = folder.url.appending(path: "study.json")
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: archive, to: manifestURL)
        self.folder = folder
        self.archive = archive
        self.manifestURL = manifestURL
        self.report = report
    }

    static func recording(_ patient: Int, seed: UInt64? = nil) throws -> Recording {
        var generator = SeededGenerator(seed: seed ?? UInt64(patient))
        return try syntheticRecording(patient: "p\(patient)", channels: 3) { _, channel in
            Float(generator.integer(below: 900) + 40 * channel)
        }
    }

    /// Writes the collection again with other contents; hashes are right, the contents are wrong.
    func rewrite(
        _ change: (_ id: String, inout TaskTensors, inout CollectionManifest.Entry) -> Void
    ) throws -> URL {
        let collection = try CollectionFile.open(manifestURL)
        let url = folder.url.appending(path: "planted.json")
        var writer = try CollectionWriter(manifest: url)
        var entries: [CollectionManifest.Entry] = []
        for task in collection.manifest.tasks {
            var tensors = try collection.tensors(for: task.id)
            var entry = task
            change(task.id, &tensors, &entry)
            entry.tensor = try writer.add(entry.identity, tensors)
            entries.append(entry)
        }
        try writer.finish { file in
            var manifest = collection.manifest
            manifest.tensors = file
            manifest.tasks = entries
            return manifest
        }
        return url
    }
}
