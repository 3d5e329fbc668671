import EMGArchive
import EMGSignal

/// What `show` says of a collection or a task, for programs.
struct ShowResult: Encodable {
    /// A channel with its scaling.
    struct Channel: Encodable {
        let name: String
        let unit: String
        let offset: Double?
        let scale: Double?
    }

    let collection: String
    let samplingRateHertz: Double
    let classes: [String]
    let targets: [String]
    let channels: [Channel]
    let windowLength: Int
    let windowStride: Int
    let split: String
    let guardSamples: Int
    let normalization: String
    let tasks: [TaskResult]

    /// - Parameters:
    ///   - manifest: The collection.
    ///   - entry: The task; `nil` for all.
    init(_ manifest: CollectionManifest, entry: CollectionManifest.Entry?) {
        collection = manifest.name
        samplingRateHertz = manifest.samplingRate.hertz
        classes = manifest.classes
        targets = manifest.targets?.columns.map(\.name) ?? []
        channels = manifest.channels.enumerated().map { index, channel in
            Channel(
                name: channel.name, unit: channel.unit,
                offset: entry?.normalization.offset[index],
                scale: entry?.normalization.scale[index])
        }
        windowLength = manifest.window.length
        windowStride = manifest.window.stride
        split = manifest.split.rule
        guardSamples = manifest.split.guardSamples
        normalization = manifest.normalization.method.name
        tasks = (entry.map { [$0] } ?? manifest.tasks).map { TaskResult($0, of: manifest) }
    }
}
