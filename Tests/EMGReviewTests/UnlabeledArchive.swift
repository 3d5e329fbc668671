import EMGArchive
import EMGReview
import EMGSignal
import Foundation
import PageServer
import SeededRandom
import TestSupport

/// An archive of two people: rectified envelopes with movements at known times, the first without labels.
struct UnlabeledArchive: ~Copyable {
    let folder: TemporaryFolder
    let archive: RecordingArchive

    /// When the movements of a recording are, in samples.
    static let movements = [400..<700, 1_000..<1_300, 1_600..<1_900]
    static let first = "p1/day1/a"
    static let second = "p2/day1/a"

    init() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        try archive.write(Self.recording("p1", isLabeled: false))
        try archive.write(Self.recording("p2", isLabeled: true))
        self.folder = folder
        self.archive = archive
    }

    var editsURL: URL { folder.url.appending(path: "archive.edits.json") }

    func settings() -> ReviewSettings {
        ReviewSettings(
            archive: archive.folder, edits: editsURL,
            collection: folder.url.appending(path: "study.json"), reviewer: "ana", threads: 2)
    }

    func service(
        _ change: (inout ReviewSettings) -> Void = { _ in }
    ) throws -> ReviewService {
        var settings = settings()
        change(&settings)
        let service = try ReviewService.open(settings)
        service.access.port = 4000
        return service
    }

    static func recording(_ patient: String, isLabeled: Bool) throws -> Recording {
        var generator = SeededGenerator(seed: 17)
        let count = 2_200
        var labels = [UInt8](repeating: 0, count: count)
        for (index, movement) in movements.enumerated() {
            // The cue comes a tenth of a second before the movement.
            for sample in movement { labels[sample - 20] = UInt8(1 + index % 2) }
        }
        let values = (0..<count * 2).map { place -> Float in
            let isMoving = movements.contains { $0.contains(place / 2) }
            return Float((isMoving ? 20 : 2) + generator.uniform() * 2)
        }
        return try Recording(
            RecordingDescription(
                identity: RecordingIdentity(patient: patient, session: "day1", condition: "a"),
                channels: [Channel(name: "emg0", unit: "uV"), Channel(name: "emg1", unit: "uV")],
                samplingRate: SamplingRate(hertz: 200),
                source: SourceFile(
                    name: "\(patient)_a.csv", sha256: String(repeating: "1", count: 64))),
            samples: SampleMatrix(values: values, channelCount: 2),
            labels: isLabeled
                ? LabelTrack(classNames: ["relax", "open", "close"], values: labels) : nil)
    }
}
