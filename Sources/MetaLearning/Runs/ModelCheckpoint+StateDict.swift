package import Documents
import PrintableText

extension ModelCheckpoint {
    /// Whether tensors are a plain `state_dict`, such as PyTorch's `safetensors` saves.
    ///
    /// - Parameter file: The tensors.
    /// - Returns: Whether nothing says that they are a file of this library.
    package static func isStateDict(_ file: Safetensors) -> Bool {
        let format = file.metadata["format"]
        return format == nil || format == "pt" || format == "np"
    }

    /// Takes a model from a `state_dict`, whose tensors are named as PyTorch names them.
    ///
    /// Names and shapes say which model it is and how large. Classes and windows are those of the
    /// tasks it is used on: nothing says whether they are in the order it was trained with.
    ///
    /// - Parameters:
    ///   - file: The tensors.
    ///   - name: The file's name, for messages.
    ///   - settings: Where what no shape says comes from: heads and dropout of a model of the same
    ///     kind, and whether fully connected layers are a `dnn` or an `mlp`.
    ///   - source: The tasks.
    ///   - kinds: The kinds of model that packages outside have added.
    /// - Throws: ``MetaLearningError`` when the tensors are those of no model here, or of one for
    ///   other windows or another number of outputs.
    package init(
        stateDict file: Safetensors, name: String, like settings: any ModelDefinition,
        for source: any EpisodeSource, kinds: Kinds = Kinds()
    ) throws(MetaLearningError) {
        let model = try ModelInference(file, name: name)
            .definition(like: settings, kinds: kinds).placed(on: source)
        let (channels, samples) = (source.channelCount, source.windowLength)
        let network = try model.network(
            channelCount: channels, windowLength: samples, classCount: source.outputNames.count)
        let parameters: Parameters<Float>
        do throws(MetaLearningError) {
            parameters = try Parameters(file, for: network, name: name)
        } catch {
            guard case .incompatible = error.kind, error.hint.isEmpty else { throw error }
            throw MetaLearningError(
                error.kind, at: error.location,
                hint: "the tasks have \(channels, of: "channel") × \(samples, of: "sample") and "
                    + "\(source.outputNames.count, of: "output")")
        }
        try self.init(
            model: model, parameters: parameters, classNames: source.outputNames,
            channelCount: channels, windowLength: samples)
    }
}
