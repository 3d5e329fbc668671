import Documents
import EMGArchive
import EMGEpisodes
import MetaLearning

/// What is known beforehand of a model on a kind of signal: some pairs cannot work.
struct RepresentationAdvice: Sendable {
    /// What the user should know, with the line that mends it; `nil` when nothing is to be said.
    let text: String?

    /// Models whose first layer weighs each sample of a window by its place: of a signal of both
    /// signs, whose sign at a place says nothing, they learn next to nothing.
    private static let modelsByPlace: Set = ["dnn", "mlp"]

    /// Looks at the support of the first training task.
    ///
    /// - Parameters:
    ///   - configuration: The training's settings.
    ///   - source: The collection's tasks.
    ///   - manifest: The collection's manifest.
    /// - Throws: What the source throws.
    init(
        _ configuration: TrainingConfiguration, on source: any EpisodeSource,
        of manifest: CollectionManifest
    ) throws {
        let model = type(of: configuration.model).key
        guard Self.modelsByPlace.contains(model), !manifest.classes.isEmpty,
            let id = source.ids(in: .train).first,
            let scaling = manifest.coefficients[id]?.scaling
        else {
            text = nil
            return
        }
        let support = try source.episode(id).support
        guard AmplitudeFeatures(of: support, normalizedWith: scaling) == nil else {
            text = nil
            return
        }
        text =
            "\(manifest.name): the windows are samples of both signs, of which a fully connected model "
            + "(\(model)) learns next to nothing from a few people\n  hint: make envelopes of them before "
            + "build (myotask filter with high_pass: {cutoff_hz: 20} and envelope: {cutoff_hz: 5}), or "
            + "compare the methods that need no filter (myotask benchmark)"
    }
}
