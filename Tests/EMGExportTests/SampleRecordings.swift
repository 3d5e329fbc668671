import EMGArchive
import EMGExport
import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport

/// Recordings made by hand.
enum SampleRecordings {
    static let software = "myotask test"

    /// A recording whose samples are numbers of a converter.
    static func integers(
        rows: Int = 1_000, channels: Int = 3, hertz: Double = 200, scale: Double = 1,
        offset: Double = 0, unit: String = "count", bits: Int = 16, labels: [UInt8]? = nil,
        classNames: [String] = ["relax", "open", "close"], timeStamps: [Double]? = nil,
        gaps: [Int] = [], identity: RecordingIdentity? = nil
    ) throws -> (recording: Recording, scaling: ADCScaling, numbers: [Int]) {
        var random = SeededGenerator(seed: UInt64(rows &* 31 &+ bits), stream: "export")
        let half = 1 << (bits - 1)
        let numbers = (0..<rows * channels).map { index -> Int in
            index == 0 ? -half : index == 1 ? half - 1 : random.integer(below: 2 * half) - half
        }
        let values = numbers.map { Float(scale * Double($0) + offset) }
        var description = try RecordingDescription(
            identity: identity
                ?? RecordingIdentity(patient: "p7", session: "2023_03_28_p7", condition: "131"),
            channels: (0..<channels).map { Channel(name: "emg\($0)", unit: unit) },
            samplingRate: SamplingRate(hertz: hertz),
            source: SourceFile(name: "a.csv", sha256: String(repeating: "0", count: 64)))
        description.quality = gaps.map {
            QualityInterval(
                range: SampleRange(start: $0, end: $0 + 1), channel: nil, kind: .gap)
        }
        let recording = try Recording(
            description,
            samples: SampleMatrix(values: values, channelCount: channels),
            labels: labels.map { try LabelTrack(classNames: classNames, values: $0) },
            timeStamps: timeStamps)
        return (
            recording,
            ADCScaling(
                scale: [Double](repeating: scale, count: channels),
                offset: [Double](repeating: offset, count: channels)), numbers
        )
    }

    /// Labels in runs of some length, the classes one after another.
    static func labels(rows: Int, run: Int, classes: Int = 3) -> [UInt8] {
        (0..<rows).map { UInt8($0 / run % classes) }
    }

    /// Reads a file back.
    static func read(_ url: URL, _ format: EDFFormat) throws -> IngestOutcome {
        try EDFReader(format == .edf ? .edf : .bdf).read(
            url,
            options: ReadOptions(
                identity: IdentityOverride(patient: "p", session: "s", condition: "c")))
    }
}
