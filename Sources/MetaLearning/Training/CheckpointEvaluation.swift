private import Foundation
import PrintableText

/// A checkpoint that is fine-tuned on tasks and scored on their queries.
public struct CheckpointEvaluation: Sendable {
    private let bench: TestBench
    private let parameters: [Float]

    /// Prepares an evaluation.
    ///
    /// - Parameters:
    ///   - checkpoint: The model.
    ///   - rates: Learned rates, as many as the learner learns; the configured rate of the inner
    ///     optimizer when left out.
    ///   - source: Where tasks come from.
    ///   - configuration: How the model is fine-tuned.
    /// - Throws: ``MetaLearningError`` when the model was made for other classes or windows.
    public init(
        _ checkpoint: ModelCheckpoint, rates: [Float]? = nil, source: any EpisodeSource,
        configuration: TrainingConfiguration
    ) throws(MetaLearningError) {
        for (expected, found) in [
            (
                "outputs \(Self.list(source.outputNames))",
                "outputs \(Self.list(checkpoint.classNames))"
            ),
            ("\(source.channelCount, of: "channel")", "\(checkpoint.channelCount, of: "channel")"),
            (
                "windows of \(source.windowLength, of: "sample")",
                "windows of \(checkpoint.windowLength, of: "sample")"
            ),
        ] where expected != found {
            throw MetaLearningError(
                .incompatible(expected: expected, found: found), at: "the checkpoint",
                hint: "evaluate on a collection that was built like the one it was trained on")
        }
        let threads =
            configuration.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        var settings = configuration.learner.adaptation(configuration.adaptation)
        settings.loss = source.loss
        settings.scoresDivergence = true
        bench = TestBench(
            source: VariedEpisodes.varying(source, by: configuration, trains: false),
            network: checkpoint.network,
            pool: AdaptationPool(
                network: checkpoint.network, settings: settings, tasksAtOnce: threads,
                threads: threads, trajectoryBudget: configuration.trajectoryBudgetMiB << 20),
            settings: settings, threads: threads)
        let values = checkpoint.parameters.values
        let count = settings.optimizer.rateLayout(of: checkpoint.network.parameters)?.count ?? 0
        let learned =
            rates ?? Array(repeating: Float(configuration.inner.learningRate), count: count)
        precondition(count == 0 || learned.count == count, "\(learned.count) rates of \(count)")
        parameters = count == 0 ? values : values + learned
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

    /// Scores the model.
    ///
    /// - Parameters:
    ///   - ids: Tasks of the source.
    ///   - steps: Steps of fine-tuning; as configured when left out.
    /// - Returns: The scores in the tasks' order, as a column of a test table.
    /// - Throws: ``MetaLearningError``, or what the source throws.
    public func column(on ids: [String], steps: Int? = nil) throws -> TrainingResult.Column {
        TrainingResult.Column(
            method: .meta,
            scores: try bench.scores(
                .parameters(parameters), on: ids, extent: TestBench.Extent(steps: steps)),
            trainingGradients: 0, hessianProducts: 0)
    }

    /// Scores a classifier on the same tasks.
    ///
    /// - Parameters:
    ///   - classifier: What is fitted to each support.
    ///   - ids: Tasks of the source.
    /// - Returns: The scores in the tasks' order.
    /// - Throws: What the source or the classifier throws.
    public func column(
        of classifier: any SupportClassifier, on ids: [String]
    ) throws -> TrainingResult.Column {
        TrainingResult.Column(
            method: classifier.method,
            scores: try bench.scores(.classifier(classifier), on: ids), trainingGradients: 0,
            hessianProducts: 0)
    }
}
