package import EMGSignal

/// What a model was made for: the input of a task collection, without its signals.
///
/// A checkpoint carries it as JSON, so that scoring, resuming and comparing can tell whether
/// another collection gives the model what it knows. Its members are those of the manifest;
/// people stand in it as hashes, so that a checkpoint may be given away.
package struct InputDescription: Sendable, Hashable {
    /// What the member `format` says.
    package static let format = "myotask.input"
    /// What the member `format_version` says.
    package static let formatVersion = 1

    /// The name of the collection that was trained on.
    package internal(set) var collection: String
    /// The SHA-256 of its tensors' file.
    package internal(set) var tensorsSHA256: String
    /// The classes in the order of the model's outputs; none for unlabeled recordings.
    package internal(set) var classes: [String]
    /// The channels in the order of the windows' columns.
    package internal(set) var channels: [Channel]
    /// The grid that the channels lie on, row by row; `nil` when they lie on none.
    package internal(set) var grid: CollectionManifest.Grid?
    /// The sampling rate.
    package internal(set) var samplingRate: SamplingRate
    /// How windows are cut and labeled.
    package internal(set) var window: CollectionManifest.Window
    /// How signals are scaled.
    package internal(set) var normalization: CollectionManifest.Normalization
    /// What of the recordings' quality is in no window; `nil` for a collection that does not say it.
    package internal(set) var quality: QualityPolicy?
    /// The steps of the recordings' histories after ingest, without what they found in each
    /// recording, such as its amplitudes.
    package internal(set) var conditioning: [ProcessingStep]
    /// What a regression puts out; `nil` for classes.
    package internal(set) var targets: CollectionManifest.Targets?
    /// The channels that are marked bad over the whole of some recording, as those are that a
    /// review excluded and that are 0 there; in the channels' order.
    package internal(set) var badChannels: [String]
    /// Whose recordings it was trained on.
    package internal(set) var training: PeopleAndSources
    /// Whose recordings it was selected by.
    package internal(set) var validation: PeopleAndSources

    /// The duration of a window in seconds.
    package var windowSeconds: Double { samplingRate.seconds(ofSamples: window.length) }

    /// Describes the input that a collection gives.
    ///
    /// - Parameter manifest: The collection's manifest, of which every number is finite.
    package init(_ manifest: CollectionManifest) {
        let training = Set(manifest.splits.train)
        let validation = Set(manifest.splits.validation)
        let shared = PeopleAndSources.sharedSources(of: manifest.tasks)
        let marked = Set(manifest.tasks.flatMap(\.wholeBadChannels))
        self.init(
            collection: manifest.name, tensorsSHA256: manifest.tensors.sha256,
            classes: manifest.classes, channels: manifest.channels, grid: manifest.grid,
            samplingRate: manifest.samplingRate, window: manifest.window,
            normalization: manifest.normalization, quality: manifest.quality,
            conditioning: manifest.conditioning.map(\.withoutFindings),
            targets: manifest.targets,
            badChannels: manifest.channels.indices.filter(marked.contains).map {
                manifest.channels[$0].name
            },
            training: PeopleAndSources(
                manifest.tasks.filter { training.contains($0.id) }, without: shared),
            validation: PeopleAndSources(
                manifest.tasks.filter { validation.contains($0.id) }, without: shared))
    }

    init(
        collection: String, tensorsSHA256: String, classes: [String], channels: [Channel],
        grid: CollectionManifest.Grid?, samplingRate: SamplingRate,
        window: CollectionManifest.Window, normalization: CollectionManifest.Normalization,
        quality: QualityPolicy?, conditioning: [ProcessingStep],
        targets: CollectionManifest.Targets?,
        badChannels: [String], training: PeopleAndSources, validation: PeopleAndSources
    ) {
        self.collection = collection
        self.tensorsSHA256 = tensorsSHA256
        self.classes = classes
        self.channels = channels
        self.grid = grid
        self.samplingRate = samplingRate
        self.window = window
        self.normalization = normalization
        self.quality = quality
        self.conditioning = conditioning
        self.targets = targets
        self.badChannels = badChannels
        self.training = training
        self.validation = validation
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
