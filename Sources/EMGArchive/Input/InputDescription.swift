public import EMGSignal

/// What a model was made for: the input of a task collection, without its signals.
///
/// A checkpoint carries it as JSON, so that scoring, resuming and comparing can tell whether
/// another collection gives the model what it knows. Its members are those of the manifest;
/// people stand in it as hashes, so that a checkpoint may be given away.
public struct InputDescription: Sendable, Hashable {
    /// What the member `format` says.
    public static let format = "myotask.input"
    /// What the member `format_version` says.
    public static let formatVersion = 1

    /// The name of the collection that was trained on.
    public let collection: String
    /// The SHA-256 of its tensors' file.
    public let tensorsSHA256: String
    /// The classes in the order of the model's outputs; none for unlabeled recordings.
    public let classes: [String]
    /// The channels in the order of the windows' columns.
    public let channels: [Channel]
    /// The grid that the channels lie on, row by row; `nil` when they lie on none.
    public let grid: CollectionManifest.Grid?
    /// The sampling rate.
    public let samplingRate: SamplingRate
    /// How windows are cut and labeled.
    public let window: CollectionManifest.Window
    /// How signals are scaled.
    public let normalization: CollectionManifest.Normalization
    /// What of the recordings' quality is in no window; `nil` for a collection that does not say it.
    public let quality: QualityPolicy?
    /// The steps of the recordings' histories after ingest, without what they found in each
    /// recording, such as its amplitudes.
    public let conditioning: [ProcessingStep]
    /// What a regression puts out; `nil` for classes.
    public let targets: CollectionManifest.Targets?
    /// The channels that are marked bad over the whole of some recording, as those are that a
    /// review excluded and that are 0 there; in the channels' order.
    public let badChannels: [String]
    /// Whose recordings it was trained on.
    public let training: PeopleAndSources
    /// Whose recordings it was selected by.
    public let validation: PeopleAndSources

    /// The duration of a window in seconds.
    public var windowSeconds: Double { samplingRate.seconds(ofSamples: window.length) }

    /// Describes the input that a collection gives.
    ///
    /// - Parameter manifest: The collection's manifest, of which every number is finite.
    public init(_ manifest: CollectionManifest) {
        let training = Set(manifest.splits.train)
        let validation = Set(manifest.splits.validation)
        let shared = PeopleAndSources.sharedSources(of: manifest.tasks)
        let marked = Set(manifest.tasks.flatMap(\.wholeBadChannels))
        collection = manifest.name
        tensorsSHA256 = manifest.tensors.sha256
        classes = manifest.classes
        channels = manifest.channels
        grid = manifest.grid
        samplingRate = manifest.samplingRate
        window = manifest.window
        normalization = manifest.normalization
        quality = manifest.quality
        conditioning = manifest.conditioning.map(\.withoutFindings)
        targets = manifest.targets
        badChannels = manifest.channels.indices.filter(marked.contains).map {
            manifest.channels[$0].name
        }
        self.training = PeopleAndSources(
            manifest.tasks.filter { training.contains($0.id) }, without: shared)
        self.validation = PeopleAndSources(
            manifest.tasks.filter { validation.contains($0.id) }, without: shared)
    }
}

extension CollectionManifest.Entry {
    /// The numbers of the channels that are marked bad from the first to the last sample.
    fileprivate var wholeBadChannels: [Int] {
        quality.compactMap { interval in
            interval.kind == .markedBad && interval.range.start == 0
                && interval.range.end == sampleCount ? interval.channel : nil
        }
    }
}
