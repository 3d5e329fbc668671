private import Autodiff

/// Which model a `state_dict` is of, as the names and shapes of its tensors say.
struct ModelInference {
    private let shapes: [String: [Int]]
    private let name: String

    /// Looks at tensors.
    ///
    /// - Parameters:
    ///   - file: The tensors.
    ///   - name: The file's name, for messages.
    init(_ file: Safetensors, name: String) {
        shapes = Dictionary(
            file.entries.map { ($0.name, $0.shape.dimensions) }, uniquingKeysWith: { $1 })
        self.name = name
    }

    /// The model.
    ///
    /// - Parameter settings: Where what no shape tells comes from: heads, dropout and the grid of a
    ///   model of the same name, and whether fully connected layers are a `dnn` or an `mlp`.
    /// - Returns: The settings of the model.
    /// - Throws: ``MetaLearningError`` when the tensors are those of no model here, or a shape is
    ///   impossible.
    func settings(like settings: ModelSettings) throws(MetaLearningError) -> ModelSettings {
        let kind = try kind(like: settings)
        var result = settings.name == kind ? settings : ModelSettings(kind)
        switch kind {
        case .dnn, .mlp: break
        case .cnn, .conv2d:
            result.filters = try outputs { "conv\($0).weight" }
            result.kernel = try extent("conv1.weight", 2, at: 1...1_024)
        case .tcn:
            let blocks = try outputs { "tcn.network.\($0 - 1).conv1.weight_v" }
            guard blocks.count <= 16 else {
                throw fault("at most 16 blocks", "\(blocks.count)", "tcn.network")
            }
            result.blocks = blocks
            result.kernel = try extent("tcn.network.0.conv1.weight_v", 2, at: 1...1_024)
        case .transformer:
            result.feedForward = try extent("net.0.linear1.weight", 0)
        }
        let layer: (Int) -> String =
            switch kind {
            case .cnn, .conv2d: { "fc\($0).weight" }
            case .transformer: { "net.\(2 * $0).weight" }
            case .dnn, .mlp, .tcn: { "linear\($0).weight" }
            }
        result.hidden = try outputs(layer).dropLast()
        return result
    }

    private func kind(like settings: ModelSettings) throws(MetaLearningError) -> ModelSettings.Name
    {
        if shapes["tcn.network.0.conv1.weight_v"] != nil { return .tcn }
        if shapes["net.0.self_attn.in_proj_weight"] != nil { return .transformer }
        if let kernel = shapes["conv1.weight"] { return kernel.count == 4 ? .conv2d : .cnn }
        if shapes["linear1.weight"] != nil { return settings.name == .mlp ? .mlp : .dnn }
        let names = shapes.keys.sorted()
        let more = names.count > 4 ? ", … (\(names.count) in all)" : ""
        throw MetaLearningError(
            .incompatible(
                expected: "one of the models here",
                found: names.isEmpty
                    ? "nothing: there is no tensor"
                    : "tensors \(names.prefix(4).joined(separator: ", "))\(more)"),
            at: name,
            hint: "name the tensors as docs/meta-learning/models.md does, such as linear1.weight")
    }

    /// The first extents of layers that are numbered from 1, as far as there are any.
    private func outputs(_ layer: (Int) -> String) throws(MetaLearningError) -> [Int] {
        var result: [Int] = []
        while shapes[layer(result.count + 1)] != nil {
            guard result.count < 64 else {
                throw fault("at most 64 layers", "more", layer(result.count + 1))
            }
            result.append(try extent(layer(result.count + 1), 0))
        }
        return result
    }

    private func extent(
        _ tensor: String, _ axis: Int, at bounds: ClosedRange<Int> = 1...65_536
    ) throws(MetaLearningError) -> Int {
        guard let shape = shapes[tensor] else {
            throw MetaLearningError(.missingTensor(tensor), at: name)
        }
        guard axis < shape.count, bounds.contains(shape[axis]) else {
            throw fault(
                "extent \(axis) from \(bounds.lowerBound) to \(bounds.upperBound)",
                "shape \(Shape(shape))", tensor)
        }
        return shape[axis]
    }

    private func fault(_ expected: String, _ found: String, _ tensor: String) -> MetaLearningError {
        MetaLearningError(
            .outOfRange(expected: expected, found: found), at: "\(name): tensor \(tensor)")
    }
}
