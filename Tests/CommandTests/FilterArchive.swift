import EMGArchive
import EMGSignal
import Foundation
import TestSupport

/// Recordings on synthetic numbers for tests of `myotask filter`.
struct FilterArchive {
    let archive: RecordingArchive
    let folder: URL

    init(in parent: URL, name: String = "archive") {
        folder = parent.appending(path: name)
        archive = RecordingArchive(folder: folder)
    }

    /// A value of noise without memory, the same for the same numbers, from -1 to 1.
    static func noise(_ index: Int, _ channel: Int) -> Double {
        var state = UInt64(index &* 2_654_435_761 &+ channel &* 40_503 &+ 12_345)
        state ^= state >> 33
        state = state &* 0xFF51_AFD7_ED55_8CCD
        state ^= state >> 33
        state = state &* 0xC4CE_B9FE_1A85_EC53
        state ^= state >> 33
        return Double(state >> 11) / Double(1 << 52) - 1
    }

    /// Writes a recording.
    ///
    /// - Parameters:
    ///   - id: `patient/session/condition`.
    ///   - rate: In hertz.
    ///   - seconds: How long it is.
    ///   - channels: Their names.
    ///   - sample: The value at an index of a channel.
    /// - Throws: When it cannot be written.
    func add(
        _ id: String, rate: Double = 1_000, seconds: Double = 10,
        channels: [String] = ["emg0", "emg1"],
        sample: (_ index: Int, _ channel: Int) -> Double = { 10 * noise($0, $1) }
    ) throws {
        let parts = id.split(separator: "/").map(String.init)
        let count = Int(seconds * rate)
        var values: [Float] = []
        for index in 0..<count {
            for channel in channels.indices { values.append(Float(sample(index, channel))) }
        }
        // What is not finite must be said to be so.
        var quality: [QualityInterval] = []
        var first: Int?
        for index in 0...count {
            let isFinite =
                index == count
                || values[index * channels.count..<(index + 1) * channels.count]
                    .allSatisfy(\.isFinite)
            if !isFinite {
                first = first ?? index
            } else if let start = first {
                quality.append(
                    QualityInterval(
                        range: SampleRange(start: start, end: index), channel: nil,
                        kind: .nonFinite))
                first = nil
            }
        }
        var description = try RecordingDescription(
            identity: RecordingIdentity(
                patient: parts[0], session: parts[1], condition: parts[2]),
            channels: channels.map { Channel(name: $0, unit: "uV") },
            samplingRate: SamplingRate(hertz: rate),
            source: SourceFile(
                name: "\(parts[2]).csv",
                sha256: String(repeating: "0", count: 60)
                    + id.suffix(4).utf8.reduce("") {
                        $0 + String($1 % 16, radix: 16)
                    }))
        description.quality = quality
        let recording = try Recording(
            description,
            samples: SampleMatrix(values: values, channelCount: channels.count))
        try archive.write(recording)
    }

    /// Reads a recording of another archive in the same folder.
    func read(_ id: String, in name: String) throws -> Recording {
        let other = RecordingArchive(
            folder: folder.deletingLastPathComponent().appending(path: name))
        for entry in try other.recordings() where entry.id == id { return try other.read(entry) }
        throw CocoaError(.fileNoSuchFile)
    }

    /// Runs the command with a pipeline in a folder.
    static func filter(
        _ arguments: [String], pipeline: String? = nil, in folder: URL
    ) throws -> CommandRun {
        guard let pipeline else { return try CommandRun(["filter"] + arguments, in: folder) }
        try Data(pipeline.utf8).write(to: folder.appending(path: "p.yaml"))
        return try CommandRun(
            ["filter", "archive", "--pipeline", "p.yaml"] + arguments, in: folder)
    }
}
