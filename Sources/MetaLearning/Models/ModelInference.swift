internal import Documents
private import PrintableText

/// Which model a `state_dict` is of, as the names and shapes of its tensors say.
struct ModelInference {
    private let shapes: TensorShapes
    private let name: String

    /// Looks at tensors.
    ///
    /// - Parameters:
    ///   - file: The tensors.
    ///   - name: The file's name, for messages.
    init(_ file: Safetensors, name: String) {
        shapes = TensorShapes(file, name: name)
        self.name = name
    }

    /// The definition that knows most of the tensors.
    ///
    /// - Parameters:
    ///   - settings: Where what no shape says comes from: heads, dropout and the grid of a model of
    ///     the same kind. Of two kinds that know as many tensors it is this one, as of `dnn` and
    ///     `mlp`.
    ///   - kinds: The kinds that packages outside have added.
    /// - Returns: The definition with the sizes of the tensors.
    /// - Throws: ``MetaLearningError`` when the tensors are those of no model here, or a shape is
    ///   impossible.
    func definition(
        like settings: any ModelDefinition, kinds: Kinds
    ) throws(MetaLearningError) -> any ModelDefinition {
        let registry = kinds.all(Registry<any ModelDefinition>.standard)
        var best: Result<any ModelDefinition, MetaLearningError>?
        var most = 0
        for candidate in [settings] + registry.entries.map(\.standard) {
            var shapes = shapes
            let result: Result<any ModelDefinition, MetaLearningError>
            do throws(MetaLearningError) {
                guard let sized = try candidate.sized(by: &shapes) else { continue }
                result = .success(sized)
            } catch {
                result = .failure(error)
            }
            guard shapes.known.count > most else { continue }
            (best, most) = (result, shapes.known.count)
        }
        if let best { return try best.get() }
        let names = shapes.names
        throw MetaLearningError(
            .incompatible(
                expected: "one of the models here",
                found: names.isEmpty
                    ? "nothing: there is no tensor"
                    : "tensors \(NameList(names, limit: 4))"),
            at: name,
            hint: "name the tensors as docs/meta-learning/models.md does, such as linear1.weight")
    }
}
