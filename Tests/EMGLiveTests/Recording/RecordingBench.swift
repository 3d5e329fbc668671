import Decoding
import EMGArchive
import EMGBatch
import EMGIngest
import EMGLive
import EMGSignal
import Foundation
import SeededRandom
import TestSupport

/// A folder to record into, with a stream of three channels at 200 Hz.
struct RecordingBench: ~Copyable {
    let temporary: TemporaryFolder
    let stream: RecordedStream
    let identity: RecordingIdentity

    init(channels: [String] = ["emg0", "flexor, left", "x 'y'"], hertz: Double = 200) throws {
        let rate = try SamplingRate(hertz: hertz)
        let identity = try RecordingIdentity(
            patient: "p1", session: "day_1", condition: "calibration")
        let stream = RecordedStream(
            channels: channels.map { Channel(name: $0, unit: "mV") }, samplingRate: rate)
        self.init(identity, of: stream, in: try TemporaryFolder())
    }

    private init(
        _ identity: RecordingIdentity, of stream: RecordedStream,
        in temporary: consuming TemporaryFolder
    ) {
        self.identity = identity
        self.stream = stream
        self.temporary = temporary
    }

    var folder: SessionFolder { SessionFolder(temporary.url.appending(path: "raw")) }
    var archive: RecordingArchive {
        RecordingArchive(folder: temporary.url.appending(path: "archive"))
    }
    var rate: SamplingRate { stream.samplingRate }

    func recorder(
        disk: any RecordingDisk = LocalDisk(), queueValues: Int = SessionRecorder.queueValues
    ) throws -> SessionRecorder {
        try SessionRecorder(identity, in: folder, of: stream, queueValues: queueValues, disk: disk)
    }

    /// Rows of noise; no two are the same.
    func rows(_ count: Int, seed: UInt64 = 1) -> [Float] {
        var generator = SeededGenerator(seed: seed, stream: "rows")
        return (0..<count * stream.channels.count).map { _ in
            Float(generator.nearlyNormal() * 0.05)
        }
    }

    func text(of recorder: SessionRecorder) throws -> String {
        try String(contentsOf: folder.samples(of: recorder.identity), encoding: .utf8)
    }

    func events(of recorder: SessionRecorder) throws -> String {
        try String(contentsOf: folder.events(of: recorder.identity), encoding: .utf8)
    }

    /// Reads a recording as a conversion does.
    func read(
        _ identity: RecordingIdentity, missing: ReadOptions.MissingPolicy = .reject
    ) throws -> IngestOutcome {
        let options = ReadOptions(
            missing: missing, template: try SourceTemplate(contentsOf: folder.template))
        let url = folder.samples(of: identity)
        return try ReaderRegistry.standard.reader(for: url, options: options)
            .read(url, options: options)
    }

    /// A hold with a label.
    func segment(
        _ name: String, _ range: Range<Int>, step: Int = 1, reaction: Double? = nil
    ) -> SessionSegment {
        SessionSegment(
            className: name, text: "Do: \(name)", step: step, cycle: 1, repetition: step,
            prompt: range.lowerBound - 10, range: SampleRange(range), reactionSeconds: reaction)
    }
}
