private import Foundation

/// A model after adaptation to a support of arrays.
public struct AdaptedModel: Sendable {
    private let parameters: [Float]
    private let form: ArrayForm

    init(parameters: [Float], form: ArrayForm) {
        self.parameters = parameters
        self.form = form
    }

    /// What the model puts out for rows: numbers, or logits of classes.
    ///
    /// - Parameter rows: Rows of the model's width.
    /// - Returns: A row for each row.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model.
    public func outputs(of rows: [[Float]]) throws(MetaLearningError) -> [[Float]] {
        guard !rows.isEmpty else { return [] }
        let samples = LabeledSamples<Float>(
            rows: try form.flattened(rows, of: "inputs"),
            labels: Array(repeating: 0, count: rows.count))
        var objective = Objective<Float>(form.network, loss: .crossEntropy)
        let batch = Array(0..<rows.count)
        objective.load(
            samples, batch[...],
            weighedBy: Minibatches(sampleCount: batch.count, size: batch.count))
        _ = objective.run(parameters: parameters)
        let outputs = objective.logits
        let width = form.network.classCount
        return batch.map { Array(outputs[$0 * width..<($0 + 1) * width]) }
    }

    /// The probabilities of the classes for rows.
    ///
    /// - Parameter rows: Rows of the model's width.
    /// - Returns: For each row a number for each class; their sum is 1.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model.
    public func probabilities(of rows: [[Float]]) throws(MetaLearningError) -> [[Double]] {
        try outputs(of: rows).map { logits in
            let highest = logits.max() ?? 0
            let values = logits.map { exp(Double($0) - Double(highest)) }
            let sum = values.reduce(0, +)
            return values.map { $0 / sum }
        }
    }
}
