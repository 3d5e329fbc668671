private import Autodiff
private import Documents
import PrintableText

extension TrainingState {
    private static var format: String { "myotask.training-state" }

    /// The state as tensors: the same bytes for the same state.
    ///
    /// - Parameter configuration: What the run does; a state is resumed by the same one only.
    /// - Returns: The tensors.
    func checkpoint(configuration: String) -> Safetensors {
        var file = Safetensors(metadata: [
            "format": Self.format, "format_version": "1", "configuration": configuration,
            "epochs_done": "\(epochsDone)", "best_epoch": "\(bestEpoch)",
            "best_loss": "\(bestLoss)", "optimizer_steps": "\(optimizer.stepCount)",
            "gradients": "\(gradientCount)", "hessian_products": "\(hessianProductCount)",
        ])
        for (name, values) in [
            ("parameters", parameters), ("best", bestParameters), ("first", optimizer.first),
            ("second", optimizer.second),
        ] {
            file.set(name, to: Tensor(shape: [values.count], elements: values))
        }
        let queue = sampler.queue
        file.set(
            "queue.losses", to: Tensor(shape: [queue.losses.count], elements: queue.losses))
        file.set(
            "queue.changes", to: Tensor(shape: [queue.changes.count], elements: queue.changes))
        file.set("queue.counts", to: queue.counts.map(UInt64.init))
        file.metadata["queue_epsilon"] = "\(queue.epsilon)"
        partialEpoch?.write(to: &file)
        return file
    }

    /// Takes a state up from tensors.
    ///
    /// - Parameters:
    ///   - file: The tensors.
    ///   - name: The file's name, for messages.
    ///   - configuration: What the run does.
    /// - Throws: ``MetaLearningError`` when it is of another run or damaged.
    mutating func restore(
        from file: Safetensors, name: String, configuration: String
    ) throws(MetaLearningError) {
        let metadata = file.metadata
        guard metadata["format"] == Self.format, metadata["format_version"] == "1" else {
            throw MetaLearningError(
                .incompatible(
                    expected: "\(Self.format) 1",
                    found: "\(metadata["format"] ?? "nothing") \(metadata["format_version"] ?? "")"),
                at: name)
        }
        guard Self.isSame(metadata["configuration"] ?? "", configuration) else {
            throw MetaLearningError(
                .incompatible(expected: "these settings", found: "other settings"), at: name,
                hint: "resume with the settings that the run was begun with")
        }
        epochsDone = try Self.number("epochs_done", metadata, name)
        bestEpoch = try Self.number("best_epoch", metadata, name)
        bestLoss = try Self.number("best_loss", metadata, name)
        gradientCount = try Self.number("gradients", metadata, name)
        hessianProductCount = try Self.number("hessian_products", metadata, name)
        sampler.queue = try queue(file, name)
        partialEpoch = try EpochProgress(file, name: name)
        let count = parameters.count
        parameters = try Self.vector("parameters", count, file, name)
        bestParameters = try Self.vector("best", count, file, name)
        optimizer = OuterOptimizer(
            optimizer.rule, parameterCount: count,
            resumingFrom: (
                first: try Self.vector("first", optimizer.first.count, file, name),
                second: try Self.vector("second", optimizer.second.count, file, name),
                stepCount: try Self.number("optimizer_steps", metadata, name)
            ))
    }

    /// Whether two texts of settings say the same, however they are laid out: states of older
    /// versions have line breaks in theirs.
    private static func isSame(_ found: String, _ wanted: String) -> Bool {
        let texts = [found, wanted].map { text in
            (try? Document(json: text.utf8, name: "settings"))?.root.json(.canonical)
        }
        return texts[0] != nil && texts[0] == texts[1]
    }

    /// The queue of a file.
    private func queue(
        _ file: Safetensors, _ name: String
    ) throws(MetaLearningError) -> TaskQueue {
        let losses: Tensor<Double> = try file.tensor("queue.losses", in: name)
        let changes: Tensor<Double> = try file.tensor("queue.changes", in: name)
        let counts = try file.unsignedIntegers("queue.counts", in: name).map { Int(clamping: $0) }
        let old = sampler.queue
        guard
            losses.elements.count == old.losses.count,
            let queue = TaskQueue(
                regime: old.regime, losses: losses.elements, changes: changes.elements,
                counts: counts,
                epsilon: try Self.number("queue_epsilon", file.metadata, name))
        else {
            throw MetaLearningError(
                .malformed(
                    expected: "a queue over \(old.losses.count, of: "cell")",
                    found:
                        "\(losses.elements.count, of: "loss", plural: "losses"), "
                        + "\(counts.count, of: "count")",
                    byteOffset: 8), at: name)
        }
        return queue
    }

    private static func number<Value: LosslessStringConvertible>(
        _ key: String, _ metadata: [String: String], _ name: String
    ) throws(MetaLearningError) -> Value {
        guard let text = metadata[key], let value = Value(text) else {
            throw MetaLearningError(
                .malformed(
                    expected: "a number as \(key)", found: metadata[key] ?? "nothing",
                    byteOffset: 8),
                at: name)
        }
        return value
    }

    private static func vector(
        _ key: String, _ count: Int, _ file: Safetensors, _ name: String
    ) throws(MetaLearningError) -> [Float] {
        let tensor: Tensor<Float> = try file.tensor(key, in: name)
        guard tensor.elements.count == count else {
            throw MetaLearningError(
                .sizeMismatch(expected: count, found: tensor.elements.count),
                at: "\(name): tensor \(key)")
        }
        return tensor.elements
    }
}
