public import Autodiff
private import Foundation
private import SeededRandom

/// A model that was meta-trained on arrays in a single call.
///
///     let trained = try MAML.train(model: ModelDefinitions.mlp(hidden: [40, 40]), tasks: tasks)
///     let prediction = try trained.predict(inputs, after: support)
///
/// With ``Options/pretraining`` and no meta-epochs it is the plain rival: a model pre-trained on all
/// tasks and fine-tuned on a support by the same rule.
public struct MAML: Sendable {
    /// How the parameters of a meta-epoch did on the validation tasks.
    public struct Validation: Sendable, Hashable {
        /// The meta-epoch, counted from 1; 0 for the start.
        public let epoch: Int
        /// The mean over tasks of the query loss after adaptation.
        public let loss: Double
        /// The mean over tasks of the fraction of query rows predicted correctly; R² of a regression.
        public let accuracy: Double
    }

    /// The model that was trained.
    public let network: any Network
    /// The meta-trained parameters: those of ``selectedEpoch``.
    public let parameters: Parameters<Float>
    /// The mean query loss of each meta-epoch's tasks after adaptation.
    public let losses: [Double]
    /// The validation scores on the way; empty without validation tasks.
    public let validation: [Validation]
    /// The meta-epoch whose parameters these are: that of the lowest validation loss, 0 for the
    /// start; without validation tasks the last one.
    public let selectedEpoch: Int
    /// Minibatch gradients that training took, those of pre-training included.
    public let gradientCount: Int
    /// Hessian-vector products that training took.
    public let hessianProductCount: Int

    /// The parameters, with what else was learned behind them.
    private let values: [Float]
    private let adaptation: AdaptationSettings
    private let form: ArrayForm

    /// Meta-trains a model on tasks.
    ///
    /// - Parameters:
    ///   - model: Which model; the width of rows and answers is taken from the tasks.
    ///   - tasks: At least one; all of one width.
    ///   - validation: Tasks by whose query loss after adaptation the parameters are selected, the
    ///     start among them; none for the last meta-epoch's parameters.
    ///   - options: How it is trained.
    ///   - progress: Called after each meta-epoch with its number from 1 and its mean query loss;
    ///     training ends early when it returns false.
    /// - Returns: The trained model.
    /// - Throws: ``MetaLearningError`` when tasks do not fit each other or a loss is not finite, or
    ///   what ``Options/redraw`` throws.
    public static func train(
        model: any ModelDefinition = ModelDefinitions.mlp(), tasks: [ArrayTask],
        validation: [ArrayTask] = [],
        options: Options = Options(),
        progress: (_ epoch: Int, _ loss: Double) -> Bool = { _, _ in
            true
        }
    ) throws -> MAML {
        let training = try ArrayTraining(
            model: model, tasks: tasks, validation: validation, options: options)
        return MAML(try training.run(progress: progress), of: training)
    }

    private init(_ outcome: ArrayTraining.Outcome, of training: ArrayTraining) {
        network = training.form.network
        parameters = Parameters(
            layout: network.parameters,
            values: Array(outcome.values.prefix(network.parameters.count)))
        losses = outcome.losses
        validation = outcome.validation
        selectedEpoch = outcome.selectedEpoch
        gradientCount = outcome.gradientCount
        hessianProductCount = outcome.hessianProductCount
        guard let tuned = training.tuned else {
            values = outcome.values
            adaptation = training.adaptation
            form = training.form
            return
        }
        values = tuned.start(from: outcome.values)
        adaptation = tuned.settings
        form = ArrayForm(
            network: tuned.network, loss: training.form.loss,
            windowLength: training.form.windowLength)
    }

    /// Adapts to a support.
    ///
    /// - Parameters:
    ///   - support: What to adapt on.
    ///   - steps: Inner steps; as in training when left out.
    /// - Returns: The adapted model.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model or a loss is not finite.
    public func adapted(
        to support: ArrayTask.Part, steps: Int? = nil
    ) throws -> AdaptedModel {
        let task = try form.samples(ArrayTask(id: "support", support: support, query: support))
        var run = AdaptationRun<Float>(
            network: form.network, settings: adaptation, trajectoryBudget: 1)
        run.begin(task, goal: .parameters, initial: values, steps: steps)
        _ = try run.advance(by: .max)
        return AdaptedModel(parameters: run.adapted, form: form, support: task.support)
    }

    /// What the model puts out for rows, after adaptation to a task.
    ///
    /// - Parameters:
    ///   - inputs: Rows of the model's width.
    ///   - support: What to adapt on.
    ///   - steps: Inner steps; as in training when left out.
    /// - Returns: A row for each row.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model or a loss is not finite.
    public func predict(
        _ inputs: [[Float]], after support: ArrayTask.Part, steps: Int? = nil
    ) throws -> [[Float]] {
        try adapted(to: support, steps: steps).outputs(of: inputs)
    }
}
