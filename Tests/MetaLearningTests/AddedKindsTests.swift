import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

// What a package outside would write: public names only.

/// A model: one narrow layer.
struct Bottleneck: ModelDefinition, Hashable {
    var width = 4

    static let key = "bottleneck"
    static let documentation = "One narrow layer."
    static let fields: Fields<Self> = [
        Field("width", \.width, .integer(in: 1...64), "Numbers of the narrow layer.")
    ]

    func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        BottleneckNetwork(
            inputWidth: channelCount * windowLength, width: width, classCount: classCount)
    }

    func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["narrow.weight"] != nil, tensors["linear1.weight"] != nil else { return nil }
        return Bottleneck(width: try tensors.extent(of: "narrow.weight", at: 0, in: 1...64))
    }
}

struct BottleneckNetwork: LayeredNetwork {
    var name: String { Bottleneck.key }
    var layout: WindowSet.Layout { .channelMajor }
    let inputWidth: Int
    let width: Int
    let classCount: Int
    private(set) var plan = ModelPlan(ModelRecorder())

    init(inputWidth: Int, width: Int, classCount: Int) {
        self.inputWidth = inputWidth
        self.width = width
        self.classCount = classCount
        plan = makePlan()
    }

    func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let narrow = recorder.linear("narrow", input, outputs: width)
        // With a layer called as those of a `dnn` are.
        return recorder.linear("linear1", recorder.tape.relu(narrow), outputs: classCount)
    }
}

/// A learner: first-order at first, then exact ("derivative-order annealing" of Antoniou, Edwards
/// and Storkey 2019).
struct AnnealedMAML: MetaLearner, Hashable {
    var firstOrderEpochs = 5

    static let key = "annealed_maml"
    static let documentation = "First-order MAML at first, then exact."
    static let fields: Fields<Self> = [
        Field(
            "first_order_epochs", \.firstOrderEpochs, .integer(in: 0...1_000),
            "Meta-epochs without second derivatives.")
    ]

    func goal(epoch: Int) -> AdaptationGoal {
        epoch < firstOrderEpochs ? .firstOrderGradient : .exactGradient
    }
}

/// An inner rule: descent at a fraction of the rate.
struct FractionDescent: InnerRule, Hashable {
    var learningRate = 1e-4
    var fraction = 0.5

    static let key = "fraction"
    static let documentation = "Descent at a fraction of the rate."
    static let fields: Fields<Self> = [
        Field("fraction", \.fraction, .number(in: 0...1), "Of the learning rate.")
    ]

    var momentCount: Int { 0 }
    var adjointNeedsGradient: Bool { false }
    var adjointNeedsMoments: Bool { false }

    func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        guard movesParameters else { return }
        let rate = Scalar(learningRate * fraction)
        for (place, index) in block.enumerated() {
            let before = source?.parameters[index] ?? state.parameters[index]
            state.parameters[index] = before - rate * gradient[place]
        }
    }

    func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        let rate = Scalar(learningRate * fraction)
        for index in block { direction[index] = -rate * adjoint.parameters[index] }
    }
}

@Suite("Kinds that a package outside adds")
struct AddedKindsTests {
    private static var kinds: Kinds {
        var kinds = Kinds()
        kinds.add(model: Bottleneck.self)
        kinds.add(learner: AnnealedMAML.self)
        kinds.add(innerOptimizer: FractionDescent.self)
        return kinds
    }

    private static let yaml = """
        algorithm: annealed_maml
        algorithm_settings: {first_order_epochs: 1, lambda: 3}
        model: {name: bottleneck, width: 3}
        inner: {optimizer: fraction, fraction: 0.25, learning_rate: 0.04, epochs: 1, batch_size: 8}
        meta_epochs: 2
        tasks_per_step: 2
        baselines: {pretrained: {epochs: 1}}
        threads: 2
        """

    private static func read(
        _ yaml: String, kinds: Kinds = kinds
    ) throws(DocumentError) -> TrainingConfiguration {
        var document = try Document(yaml: yaml.utf8, name: "t.yaml")
        document.kinds = kinds
        return try TrainingConfiguration(document.cursor)
    }

    private static func fault(_ yaml: String, kinds: Kinds = kinds) -> String {
        do throws(DocumentError) {
            return "read as \(try read(yaml, kinds: kinds))"
        } catch {
            return error.description
        }
    }

    @Test("they are read with their settings, and written so that they are read again")
    func reading() throws {
        let configuration = try Self.read(Self.yaml)
        #expect((configuration.model as? Bottleneck)?.width == 3)
        #expect((configuration.learner as? AnnealedMAML)?.firstOrderEpochs == 1)
        #expect((configuration.inner.optimizer as? FractionDescent)?.fraction == 0.25)
        let text = configuration.resolvedJSON(threads: 1)
        #expect(try Self.read(text) == configuration.resolved(threads: 1))
        // Settings of the library's learner are kept beside those of the added one.
        let settings = try Document(json: text.utf8, name: "c").cursor.object()
            .required("algorithm_settings").object()
        #expect(try settings.required("lambda").number() == 3)
        #expect(try settings.required("first_order_epochs").integer() == 1)
    }

    @Test("a run trains with them, and its checkpoint is read back")
    func training() throws {
        let folder = try TemporaryFolder()
        let configuration = try Self.read(Self.yaml)
        let place = folder.url.appending(path: "run")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 2)
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train(
            into: run)
        #expect(result.epochs.count == 2)
        #expect(try run.configuration(kinds: Self.kinds) == configuration.resolved(threads: 2))
        let file = place.appending(path: "checkpoints/best.safetensors")
        let checkpoint = try ModelCheckpoint(contentsOf: file, kinds: Self.kinds)
        #expect((checkpoint.model as? Bottleneck)?.width == 3)
        #expect(checkpoint.parameters == result.parameters)
        // Who does not know the kind is predicted so.
        let error = #expect(throws: MetaLearningError.self) {
            try ModelCheckpoint(contentsOf: file)
        }
        #expect(error.map { "\($0)".contains("one of dnn, cnn") } == true)
    }

    /// A quarter of a rate that is four times as large is the same number in binary, so the bits
    /// are those of the library's rule.
    @Test("an added inner rule and its adjoint give what the library's do")
    func innerRule() throws {
        var configuration = try Self.read(Self.yaml)
        let added = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        configuration.inner.optimizer = InnerSGD()
        configuration.inner.learningRate = 0.01
        let own = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(added.parameters == own.parameters)
        configuration.inner.learningRate = 0.02
        let other = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(other.parameters != own.parameters)
    }

    @Test("they train on arrays")
    func arrays() throws {
        let tasks = (0..<3).map { task in
            let inputs = (0..<8).map { [Float($0) / 8, Float(task)] }
            let answers = ArrayTask.Answers.targets(inputs.map { [$0[0] * Float(task + 1)] })
            return ArrayTask(id: "\(task)", inputs: inputs, answers: answers, trainFraction: 0.5)
        }
        var options = MAML.Options()
        options.learner = AnnealedMAML(firstOrderEpochs: 2)
        options.inner = FractionDescent(learningRate: 0.1)
        options.metaEpochs = 4
        options.tasksPerEpoch = 2...3
        options.threads = 1
        let trained = try MAML.train(model: Bottleneck(), tasks: tasks, options: options)
        #expect(trained.losses.count == 4)
        #expect(trained.network.name == "bottleneck")
        #expect(try trained.predict([[0.5, 1]], after: tasks[1].support).count == 1)
    }

    @Test("a state_dict of an added model is predicted from one whose layers it shares")
    func stateDict() throws {
        let network = BottleneckNetwork(inputWidth: 24, width: 5, classCount: 3)
        let parameters: Parameters<Float> = network.initialParameters(seed: 1)
        var file = Safetensors()
        for entry in parameters.layout.entries {
            file.set(
                entry.name,
                to: Tensor(shape: entry.shape, elements: Array(parameters.values[entry.range])))
        }
        let checkpoint = try ModelCheckpoint(
            stateDict: file, name: "x", like: DNN(), for: SimulatedTasks(), kinds: Self.kinds)
        #expect((checkpoint.model as? Bottleneck)?.width == 5)
    }

    @Test(
        "names that are nearly theirs are suggested",
        arguments: [
            ("algorithm: anealed_maml", "annealed_maml"),
            ("model: {name: botleneck}", "bottleneck"),
            ("model: {name: bottleneck, widht: 3}", "width"),
            ("algorithm_settings: {first_order_epoch: 1}", "first_order_epochs"),
            ("inner: {optimizer: fracton}", "fraction"), ("inner: {fracton: 1}", "fraction"),
        ])
    func suggestions(yaml: String, meant: String) {
        #expect(Self.fault(yaml).hasSuffix("did you mean \"\(meant)\"?"))
        #expect(!Self.fault(yaml, kinds: Kinds()).contains(meant))
    }

    @Test("their settings are checked, also when another kind is named")
    func ranges() {
        let expected =
            "t.yaml:1:43: $.algorithm_settings.first_order_epochs: expected a whole number "
            + "from 0 to 1000, found -1"
        #expect(Self.fault("algorithm_settings: {first_order_epochs:  -1}") == expected)
        #expect(
            Self.fault("{inner: {fraction: 2}}").contains("$.inner.fraction: expected a number"))
        #expect(
            Self.fault("model: {name: dnn, width: 2}")
                .hasSuffix("dnn has no width; it belongs to bottleneck"))
    }

    @Test("they are in the schema")
    func schema() throws {
        let document = TrainingConfiguration.schemaDocument(with: Self.kinds).document
        let properties = try Document(name: "s", root: document).cursor.object()
            .required("properties").object()
        func names(_ cursor: DocumentCursor) throws -> [String] {
            try cursor.object().required("enum").array().map { try $0.string() }
        }
        #expect(try names(properties.required("algorithm")).last == "annealed_maml")
        let settings = try properties.required("algorithm_settings").object()
            .required("properties").object()
        #expect(
            try settings.required("first_order_epochs").object().required("default").integer() == 5)
        let inner = try properties.required("inner").object().required("properties").object()
        #expect(try names(inner.required("optimizer")).last == "fraction")
        #expect(inner.optional("fraction") != nil)
        let models = try properties.required("model").object().required("oneOf").array()
        let last = try #require(models.last).object().required("properties").object()
        #expect(last.optional("width") != nil)
    }
}
