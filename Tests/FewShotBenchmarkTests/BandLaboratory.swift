import EMGArchive
import EMGSignal
import FewShotBenchmark
import Foundation
import SeededRandom
import TestSupport

/// People who wear a band of eight electrodes, each class a place round the arm; kept until the value
/// goes.
struct BandLaboratory: ~Copyable {
    /// The archive of their recordings.
    let archive: RecordingArchive
    private let folder: TemporaryFolder

    /// Holds of each class in a session, and samples of a hold.
    static let (holds, samples, rate) = (3, 60, 100.0)
    /// The classes.
    static let classes = ["close", "open", "rest"]

    /// Records people.
    ///
    /// - Parameters:
    ///   - people: How many.
    ///   - sessions: The sessions; between the first and the second the band is turned by an
    ///     electrode.
    ///   - offset: A constant that every sample has.
    ///   - rectifies: Whether samples are rectified.
    ///   - change: Changes each recording before it is written.
    /// - Throws: What writing throws.
    init(
        people: Int = 6, sessions: [String] = ["day1"], offset: Float = 0, rectifies: Bool = false,
        change: (inout Recording) throws -> Void = { _ in }
    ) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for person in 1...people {
            for (place, session) in sessions.enumerated() {
                var recording = try Self.recording(
                    person, session: session, turn: place == 0 ? 0 : 1, offset: offset,
                    rectifies: rectifies)
                try change(&recording)
                try archive.write(recording)
            }
        }
        // All at once: what is not copied must not be half made when something throws.
        self.folder = folder
        self.archive = archive
    }

    /// A recording: all classes, one after the other, several times.
    static func recording(
        _ person: Int, session: String, turn: Int, offset: Float = 0, rectifies: Bool = false
    ) throws -> Recording {
        var own = SeededGenerator(seed: UInt64(person), stream: "person")
        let strengths = classes.indices.map { label in
            (0..<8).map { channel -> Double in
                let distance = min((channel - 3 * label + 16) % 8, (3 * label - channel + 16) % 8)
                return label == 2 ? 3 : 4 + 40 * exp(-Double(distance)) * own.uniform(in: 0.7..<1.4)
            }
        }
        var generator = SeededGenerator(seed: UInt64(person), stream: "signal \(session)")
        var (values, labels): ([Float], [UInt8]) = ([], [])
        for _ in 0..<holds {
            for label in classes.indices {
                for _ in 0..<samples {
                    for channel in 0..<8 {
                        let value =
                            strengths[label][(channel - turn + 8) % 8] * generator.nearlyNormal()
                        values.append(Float(rectifies ? abs(value) : value) + offset)
                    }
                    labels.append(UInt8(label))
                }
            }
        }
        return try Recording(
            RecordingDescription(
                identity: RecordingIdentity(
                    patient: "p\(person)", session: session, condition: "gestures"),
                channels: (0..<8).map { Channel(name: "emg\($0)", unit: "uV") },
                samplingRate: SamplingRate(hertz: rate),
                source: SourceFile(
                    name: "p\(person).csv",
                    sha256: String(repeating: "\(person % 10)", count: 64))),
            samples: SampleMatrix(values: values, channelCount: 8),
            labels: LabelTrack(classNames: classes, values: labels))
    }

    /// A protocol from a text.
    static func settings(_ yaml: String) throws -> BenchmarkProtocol {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "protocol.yaml")
        try Data("name: test\nstride_s: 0.1\n\(yaml)".utf8).write(to: url)
        return try BenchmarkProtocol.read(url.path())
    }

    /// Runs a protocol on the laboratory.
    func run(_ yaml: String, threads: Int = 2) throws -> BenchmarkRun {
        let settings = try Self.settings(yaml)
        return BenchmarkRun(
            settings, on: try BenchmarkPeople.read(archive, for: settings), threads: threads)
    }
}
