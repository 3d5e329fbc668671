private import Foundation

/// A model after adaptation to a support of arrays.
public struct AdaptedModel: Sendable {
    private let parameters: [Float]
    private let form: ArrayForm
    /// What a closed-form head adapts on; `nil` when the parameters say it all.
    private let support: LabeledSamples<Float>?

    /// Rows that a closed-form head is asked of at once.
    private static let rowsAtOnce = 256

    init(parameters: [Float], form: ArrayForm, support: LabeledSamples<Float>) {
        self.parameters = parameters
        self.form = form
        self.support = form.network is HeadedNetwork ? support : nil
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
        let width = form.network.classCount
        let all = Array(0..<rows.count)
        let parts = Minibatches(
            sampleCount: rows.count, size: support == nil ? rows.count : Self.rowsAtOnce)
        return (0..<parts.count).flatMap { part in
            objective.load(samples, all[parts[part]], weighedBy: parts, given: support)
            _ = objective.run(parameters: parameters)
            let outputs = objective.logits
            return (0..<parts[part].count).map {
                Array(outputs[$0 * width..<($0 + 1) * width])
            }
        }
    }

    /// The probabilities of the classes for rows.
    ///
    /// - Parameter rows: Rows of the model's width.
    /// - Returns: For each row a number for each class; their sum is 1.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model.
    public func probabilities(of rows: [[Float]]) throws(MetaLearningError) -> [[Double]] {
        try outputs(of: rows).map { $0.map(Double.init).softmax }
    }
}
