package import Documents
private import Files
package import Foundation
package import MetaLearning

/// A model's file, in a run's folder or anywhere else.
package struct CheckpointFile: Sendable {
    /// Where the file lies.
    package let url: URL

    /// Finds a model.
    ///
    /// - Parameter url: Its file, or the folder of a run, which stands for its selected model
    ///   `checkpoints/best.safetensors`.
    /// - Returns: The model's file.
    /// - Throws: `MetaLearningError` when a folder has no such model.
    package static func find(_ url: URL) throws(MetaLearningError) -> CheckpointFile {
        guard Folder.exists(at: url) else { return CheckpointFile(url: url) }
        let best = ["checkpoints/best.safetensors", "best.safetensors"].map {
            url.appending(path: $0)
        }.first { FileManager.default.fileExists(atPath: $0.path(percentEncoded: false)) }
        guard let best else {
            throw MetaLearningError(
                .inputOutput(reason: "it is a folder without checkpoints/best.safetensors"),
                at: url.path(percentEncoded: false),
                hint: "name the folder of a run that has trained an epoch, or a model's file")
        }
        return CheckpointFile(url: best)
    }

    /// The file's path.
    package var name: String { url.path(percentEncoded: false) }

    /// The settings of the run that the model is of.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: What `configuration.json` two folders above the file says; `nil` when there is
    ///   none.
    /// - Throws: `DocumentError` when it cannot be read.
    package func configuration(kinds: Kinds = Kinds()) throws -> TrainingConfiguration? {
        let own = url.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "configuration.json")
        guard FileManager.default.fileExists(atPath: own.path(percentEncoded: false)) else {
            return nil
        }
        return try TrainingConfiguration(Document(contentsOf: own, kinds: kinds).cursor)
    }

    /// Reads the model.
    ///
    /// - Parameters:
    ///   - source: The tasks that it is for; a plain `state_dict` takes windows and outputs from
    ///     there.
    ///   - settings: What a `state_dict` does not say of its model.
    ///   - kinds: The kinds of model that packages outside have added.
    /// - Returns: The model.
    /// - Throws: `MetaLearningError` when it cannot be read or is of no model here.
    package func model(
        for source: any EpisodeSource, like settings: any ModelDefinition, kinds: Kinds = Kinds()
    ) throws(MetaLearningError) -> ModelCheckpoint {
        let file = try Safetensors(contentsOf: url)
        guard ModelCheckpoint.isStateDict(file) else {
            return try ModelCheckpoint(file, name: name, kinds: kinds)
        }
        return try ModelCheckpoint(
            stateDict: file, name: name, like: settings, for: source, kinds: kinds)
    }

    /// The rates that were learned with the model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - layout: Names and shapes of the rates.
    /// - Returns: The rates; `nil` when their file is not beside the model's.
    /// - Throws: `MetaLearningError` when they cannot be read or are of another model.
    package func learnedRates(
        of model: ModelCheckpoint, as layout: ParameterLayout
    ) throws(MetaLearningError) -> [Float]? {
        guard FileManager.default.fileExists(atPath: ratesName) else { return nil }
        return try Parameters<Float>(
            Safetensors(contentsOf: rates), as: layout, of: model.network.name, name: ratesName
        ).values
    }

    /// Where rates lie that were learned with the model.
    package var ratesName: String { rates.path(percentEncoded: false) }

    private var rates: URL {
        let stem = url.deletingPathExtension().lastPathComponent
        return url.deletingLastPathComponent().appending(path: "\(stem)-rates.safetensors")
    }
}
