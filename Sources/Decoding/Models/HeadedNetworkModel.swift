private import Autodiff
package import MetaLearning

/// A trained network with a closed-form head after a support.
package struct HeadedNetworkModel: NetworkDecoderModel {
    private let definition: any ModelDefinition
    private let learner: any HeadLearner
    private let fitted: FittedNetwork
    private let stored: Parameters<Float>
    private let form: WindowForm
    /// All numbers of the network as it runs.
    let parameters: Parameters<Float>

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - definition: Which model, and how large.
    ///   - learner: The learner that has made the head.
    ///   - fitted: The network with its head.
    ///   - stored: Its parameters and what the head made of a support.
    ///   - form: The windows.
    init(
        _ definition: any ModelDefinition, learner: any HeadLearner, fitted: FittedNetwork,
        stored: Parameters<Float>, form: WindowForm
    ) {
        self.definition = definition
        self.learner = learner
        self.fitted = fitted
        self.stored = stored
        self.form = form
        parameters = fitted.values(stored.values)
    }

    /// Fits a trained network to training people, of whom nobody is the one who will use it.
    ///
    /// - Parameters:
    ///   - definition: Which model, and how large.
    ///   - learner: The learner that has made the head.
    ///   - network: The network with its head.
    ///   - values: Its parameters as they were trained.
    ///   - people: The windows of each training task with their classes; looked at by heads that do
    ///     not decide without a support.
    ///   - form: The windows.
    /// - Throws: ``DecodingError`` when there are no windows, or no solution.
    package init(
        _ definition: any ModelDefinition, learner: any HeadLearner, network: HeadedNetwork,
        values: [Float], people: [TaskSamples<Float>], form: WindowForm
    ) throws(DecodingError) {
        var pooled: LabeledSamples<Float>?
        if !network.head.decidesWithoutSupport {
            guard !people.isEmpty else {
                throw DecodingError(
                    .unsupported("the head of \(learner.name) needs windows of training people"),
                    at: "model", hint: "give the collection that the model was trained on")
            }
            pooled = LabeledSamples(joining: people.flatMap { [$0.support, $0.query] })
        }
        let fitted = FittedNetwork(network)
        self.init(
            definition, learner: learner, fitted: fitted,
            stored: try Self.stored(values, of: fitted, fittedTo: pooled, at: "model"), form: form)
    }

    /// Parameters with what the head makes of a support.
    private static func stored(
        _ values: [Float], of fitted: FittedNetwork, fittedTo support: LabeledSamples<Float>?,
        at place: String
    ) throws(DecodingError) -> Parameters<Float> {
        let numbers = fitted.headed.fitted(values, to: support)
        guard numbers.allSatisfy(\.isFinite) else {
            throw DecodingError(
                .unsupported("the head has no solution for these windows"), at: place,
                hint: "look for channels that are flat or saturated")
        }
        return Parameters(layout: fitted.stored, values: values + numbers)
    }

    /// Its kind: the model and the learner.
    package var kind: any DecoderModelKind { HeadedNetworkKind(definition, learner: learner) }
    /// Classes that it distinguishes.
    package var classCount: Int { form.classCount }
    /// Networks see normalized windows.
    package var sight: WindowSight { .normalized }
    /// The network as it runs.
    var network: any Network { fitted }
    /// Channels of a window.
    var channelCount: Int { form.channelCount }
    /// Samples of a window.
    var windowLength: Int { form.windowLength }
    /// Whether other programs can have it: its head is an affine map of features.
    var isAffine: Bool { fitted.headed.head.isAffine }

    /// The network, recorded for one window.
    package func makeScorer() -> any WindowScorer { NetworkScorer(self) }

    /// Stores the parameters under PyTorch's names, and what the head made of the support.
    package func store(in file: inout Safetensors) { file.set(stored) }
}

extension HeadedNetworkModel: AdaptableModel {
    /// Those of the ring, when the head counts them.
    package var turns: FeatureTurns {
        fitted.headed.head.turns.count > 1 ? .ring(channels: form.channelCount) : .none
    }

    /// The network as it was trained, with what its head makes of the support.
    package func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) throws(DecodingError) -> any DecoderModel {
        try checkHasWindows(support, id: id)
        let values = Array(stored.values.prefix(fitted.headed.parameters.count))
        return HeadedNetworkModel(
            definition, learner: learner, fitted: fitted,
            stored: try Self.stored(
                values, of: fitted,
                fittedTo: LabeledSamples(support, layout: fitted.layout), at: id),
            form: form)
    }
}
