import PrintableText

/// What a reader of a test table must know of its numbers.
struct TestNotes {
    let configuration: TrainingConfiguration
    let columns: [TrainingResult.Column]

    /// What training took before fine-tuning, and whether it is the same for the models compared.
    ///
    /// The untrained model takes nothing and is no part of it; without another model there is
    /// nothing to compare.
    var budget: String? {
        let trained = columns.filter { $0.method.isFineTuned && $0.method != .random }
        guard trained.count > 1 else { return nil }
        let counted =
            "Hessian-vector products counted as gradients, and all epochs, also those after the "
            + "selected one"
        let amounts = trained.map { "\($0.method.title) \($0.gradientsBeforeFineTuning)" }
            .joined(separator: ", ")
        guard Set(trained.map(\.gradientsBeforeFineTuning)).count == 1 else {
            return "The methods took different numbers of gradients before fine-tuning "
                + "(\(amounts); \(counted)); compare them with that in mind."
        }
        let (own, inner) = (
            configuration.baselines.pretrained?.batchSize, configuration.inner.batchSize
        )
        let sizes =
            own == nil || own == inner
            ? ""
            : " A gradient of pre-training is over \(own ?? 0) windows, one of an inner step over "
                + "at most \(inner)."
        return "The methods took the same number of gradients before fine-tuning (\(amounts); "
            + "\(counted)).\(sizes)"
    }

    /// Which tasks diverged, method by method, in the table and in each study.
    ///
    /// - Parameters:
    ///   - columns: Methods with their scores.
    ///   - extent: How far they were fine-tuned when it was not as configured: ` after 50 steps`.
    /// - Returns: A sentence for each method of which a task diverged.
    static func divergences(
        in columns: [TrainingResult.Column], _ extent: String = ""
    ) -> [String] {
        columns.compactMap { column in
            let ids = column.scores.filter(\.hasDiverged).map(\.id)
            guard let first = ids.first else { return nil }
            let named = ids.prefix(5).map { $0.printable() }.joined(separator: ", ")
            let tasks =
                ids.count == 1
                ? first.printable()
                : "\(ids.count) of \(column.scores.count) test tasks (\(named)"
                    + (ids.count > 5 ? " and \(ids.count - 5) more)" : ")")
            return "Fine-tuning of \(column.method.title)\(extent) diverged on \(tasks): a loss "
                + "was not finite. Such a task is scored as what the model predicts then, and by chance "
                + "where it predicts nothing; a lower inner.learning_rate keeps it finite."
        }
    }
}

extension TrainingResult.Column {
    /// Gradients and Hessian-vector products of its training.
    fileprivate var gradientsBeforeFineTuning: Int { trainingGradients + hessianProducts }
}
