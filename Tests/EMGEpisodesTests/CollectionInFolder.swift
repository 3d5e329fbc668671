import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport

/// An archive of random recordings and a collection of it, in a folder.
struct CollectionInFolder: ~Copyable {
    let folder: TemporaryFolder
    let archive: RecordingArchive
    let manifestURL: URL

    static func configuration(
        grid: ChannelMap.Grid? = nil, augmentation: [AugmentationStep] = []
    ) -> CollectionConfiguration {
        var configuration = CollectionConfiguration(
            window: WindowSettings(length: .samples(12), stride: .samples(6)),
            patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p3"])),
            seed: 5)
        configuration.channels.grid = grid
        configuration.augmentation = augmentation
        return configuration
    }

    init(
        _ configuration: CollectionConfiguration, patients: Int = 5,
        change: (inout Recording) throws -> Void = { _ in }
    ) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for patient in 1...patients {
            var recording = try Self.recording(patient)
            try change(&recording)
            try archive.write(recording)
        }
        let manifestURL = folder.url.appending(path: "study.json")
        _ = try CollectionBuilder(configuration: configuration)
            .build(from: archive, to: manifestURL)
        // All at once: what is not copied must not be half made when something throws.
        self.folder = folder
        self.archive = archive
        self.manifestURL = manifestURL
    }

    /// Relax, open, relax, close and so on, with another level on each of six channels.
    static func recording(_ patient: Int) throws -> Recording {
        var generator = SeededGenerator(seed: UInt64(patient))
        let runs: [UInt8] = [0, 1, 0, 2, 0, 1, 0, 2, 0]
        let labels = runs.flatMap { [UInt8](repeating: $0, count: 60) }
        let values = labels.flatMap { label in
            (0..<6).map { channel in
                Float(generator.integer(below: 100)) + (channel / 2 == Int(label) ? 80 : 0)
            }
        }
        return try Recording(
            RecordingDescription(
                identity: RecordingIdentity(
                    patient: "p\(patient)", session: "day1", condition: "111"),
                channels: (0..<6).map { Channel(name: "emg\($0)", unit: "uV") },
                samplingRate: SamplingRate(hertz: 100),
                source: SourceFile(
                    name: "p\(patient).csv", sha256: String(repeating: "\(patient)", count: 64))),
            samples: SampleMatrix(values: values, channelCount: 6),
            labels: LabelTrack(classNames: ["relax", "open", "close"], values: labels))
    }
}
