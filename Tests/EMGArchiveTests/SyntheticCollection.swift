import EMGArchive
import EMGSignal
import Foundation

/// A small collection: some patients, one task each.
enum SyntheticCollection {
    static let samples = 100
    static let channels = 2

    static func identity(_ patient: Int) throws -> RecordingIdentity {
        try RecordingIdentity(patient: "p\(patient)", session: "s", condition: "131", run: "")
    }

    /// Support windows at 0, 10, 20 and query windows at 50, 60, 70, of length 10.
    static func tensors(_ patient: Int) -> TaskTensors {
        TaskTensors(
            signal: SampleMatrix(
                values: (0..<samples * channels).map { Float($0 * patient) / 7 },
                channelCount: channels),
            support: TaskTensors.Windows(starts: [0, 10, 20], labels: [0, 1, 1]),
            query: TaskTensors.Windows(starts: [50, 60, 70], labels: [1, 0, 2]))
    }

    static func entry(
        _ patient: Int, at location: CollectionManifest.TensorLocation
    ) throws -> CollectionManifest.Entry {
        let digits = String(patient, radix: 16)
        return CollectionManifest.Entry(
            identity: try identity(patient), effectiveRate: try SamplingRate(hertz: 49.5),
            sampleCount: samples,
            source: SourceFile(
                name: "p\(patient).csv",
                sha256: String(repeating: "0", count: 64 - digits.count) + digits),
            support: CollectionManifest.Portion(
                ranges: [SampleRange(start: 0, end: 40)], windows: 3, windowsPerClass: [1, 2, 0]),
            query: CollectionManifest.Portion(
                ranges: [SampleRange(start: 50, end: 70), SampleRange(start: 70, end: 100)],
                windows: 3, windowsPerClass: [1, 1, 1]),
            normalization: CollectionManifest.Coefficients(offset: [0.1, -3], scale: [1, 1e-5]),
            tensor: location)
    }

    static func manifest(
        entries: [CollectionManifest.Entry], tensors: CollectionManifest.TensorFile
    ) throws -> CollectionManifest {
        CollectionManifest(
            name: "small", seed: 45, tensors: tensors, classes: ["relax", "open", "close"],
            channels: (0..<channels).map { Channel(name: "emg\($0)", unit: "uV") },
            samplingRate: try SamplingRate(hertz: 200),
            window: CollectionManifest.Window(length: 10, stride: 10, labelRule: "last"),
            normalization: CollectionManifest.Normalization(method: "standard"),
            conditioning: [
                ProcessingStep(
                    operation: "filter.band-pass",
                    parameters: ["corners": .list([.number(20), .number(90)])],
                    software: SoftwareVersion.text)
            ],
            split: CollectionManifest.Split(
                rule: "first_cycle", guardSamples: 10,
                parameters: ["cues": .list([.text("relax"), .text("open")])]),
            tasks: entries,
            splits: CollectionManifest.Partition(
                train: entries.dropLast().map(\.id), validation: [],
                test: entries.suffix(1).map(\.id)),
            history: [])
    }

    /// Writes a collection of patients 1 to `count` as `small.json` and `small.h5`.
    @discardableResult
    static func write(in folder: URL, count: Int = 2) throws -> URL {
        let url = folder.appending(path: "small.json")
        var writer = try CollectionWriter(manifest: url)
        var entries: [CollectionManifest.Entry] = []
        for patient in 1...count {
            let location = try writer.add(try identity(patient), tensors(patient))
            entries.append(try entry(patient, at: location))
        }
        // Only the tensors' file is not known yet.
        let draft = try manifest(
            entries: entries,
            tensors: CollectionManifest.TensorFile(path: "", sha256: "", bytes: 0))
        try writer.finish { tensors in
            var manifest = draft
            manifest.tensors = tensors
            return manifest
        }
        return url
    }
}
