import Autodiff
import Foundation
import MetaLearning
import TestSupport
import Testing

/// Every algorithm on every model against PyTorch's numbers on real windows.
@Suite(
    "Models and algorithms equal PyTorch's",
    .enabled(
        if: SharedMaterial.isPresent("golden/maml/cnn.safetensors"),
        "the golden fixtures of PyTorch lie beside the checkout and are not there"))
struct GoldenModelTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let model: String
        let task: String
        let optimizer: String
        var testDescription: String { "\(model), \(task), \(optimizer)" }

        static let all = ["dnn", "cnn", "tcn", "tf"].flatMap { model in
            ["task0", "task1"].flatMap { task in
                ["sgd", "adam"].map { Row(model: model, task: task, optimizer: $0) }
            }
        }

        var settings: AdaptationSettings {
            AdaptationSettings(
                optimizer: optimizer == "sgd"
                    ? .sgd(InnerSGD(learningRate: 0.01)) : .adam(InnerAdam(learningRate: 0.001)),
                epochs: 1, batchSize: 8, queryBatchSize: 8)
        }

        /// The gates that the fixtures' README derives from measured rounding.
        func gate<Scalar: TensorScalar>(_ value: String, _ scalar: Scalar.Type) -> Double {
            guard scalar == Double.self else {
                return optimizer == "adam" && value == "maml" ? 1e-2 : 1e-4
            }
            if optimizer == "sgd" { return 1e-12 }
            return model == "tf" && value == "imaml_phi" ? 1e-7 : 1e-10
        }
    }

    @Test("in double precision", arguments: Row.all)
    func double(_ row: Row) throws { try check(row, Double.self) }

    @Test("in single precision", arguments: Row.all)
    func single(_ row: Row) throws { try check(row, Float.self) }

    private func check<Scalar: TensorScalar>(_ row: Row, _ scalar: Scalar.Type) throws {
        let fixture = try ModelFixture(row.model)
        let prefix = "\(row.task)/\(row.optimizer)"
        let task: TaskSamples<Scalar> = try fixture.task(row.task)
        let initial: [Scalar] = try fixture.vector("init")
        func solver(_ rule: ImplicitSolver.Rule) -> any MetaLearner {
            ImplicitMAML(ImplicitSolver(rule, iterations: 5, lambda: 2))
        }
        let learners: [(String, any MetaLearner)] = [
            ("maml", SecondOrderMAML()), ("fomaml", FirstOrderMAML()), ("reptile", Reptile()),
            ("imaml_cg", solver(.conjugateGradient)), ("imaml_sd", solver(.steepestDescent)),
        ]
        for (name, learner) in learners {
            var run = AdaptationRun<Scalar>(
                network: fixture.network, settings: learner.adaptation(row.settings),
                trajectoryBudget: .max)
            run.begin(task, goal: learner.goal(epoch: 0), initial: initial)
            let outcome = try #require(try run.advance(by: .max))
            let distance = relativeDistance(
                outcome.gradient, try fixture.vector("\(prefix)/\(name)"))
            #expect(distance < row.gate(name, scalar), "\(name)")
            switch name {
            case "fomaml":
                let far = relativeDistance(run.adapted, try fixture.vector("\(prefix)/adapted"))
                #expect(far < row.gate("adapted", scalar), "adapted")
                let loss: Tensor<Scalar> = try fixture.file.tensor(
                    "\(prefix)/query_loss_sum", in: "")
                #expect(
                    relativeDistance([outcome.query.loss], loss.elements)
                        < row.gate("loss", scalar))
                let losses: Tensor<Scalar> = try fixture.file.tensor(
                    "\(prefix)/support_losses", in: "")
                #expect(
                    relativeDistance(outcome.supportLosses, losses.elements)
                        < row.gate("loss", scalar))
            case "imaml_cg":
                let far = relativeDistance(run.adapted, try fixture.vector("\(prefix)/imaml_phi"))
                #expect(far < row.gate("imaml_phi", scalar), "imaml_phi")
            default: break
            }
        }
    }

    @Test(
        "a state_dict's tensors are taken and given back", arguments: ["dnn", "cnn", "tcn", "tf"])
    func parameters(_ model: String) throws {
        let fixture = try ModelFixture(model)
        var stateDict = Safetensors()
        for entry in fixture.network.parameters.entries {
            let tensor: Tensor<Float> = try fixture.file.tensor("init/\(entry.name)", in: "")
            stateDict.set(entry.name, to: tensor)
        }
        let parameters = try Parameters(stateDict, for: fixture.network, name: model)
        let values: [Float] = try fixture.vector("init")
        #expect(parameters.values == values)
        let names = fixture.file.entries.map(\.name).filter { $0.hasPrefix("init/") }
        #expect(Set(names) == Set(fixture.network.parameters.entries.map { "init/\($0.name)" }))
    }
}

/// A file of golden values with its model.
struct ModelFixture {
    let file: Safetensors
    let network: any Network
    private let length: Int

    init(_ model: String) throws {
        file = try Safetensors(
            contentsOf: SharedMaterial.url("golden/maml/\(model).safetensors"))
        length = model == "dnn" ? 40 : 12
        var (tcn, transformer) = (TCN(), Transformer())
        (tcn.blocks, tcn.dropout) = ([5, 5], 0)
        (transformer.feedForward, transformer.dropout) = (32, 0)
        network =
            switch model {
            case "dnn": DenseNetwork(inputWidth: 320, hidden: [64, 32], classCount: 3)
            case "cnn":
                ConvolutionalNetwork(
                    channelCount: 8, windowLength: 12, hidden: [8], classCount: 3)
            case "tcn":
                TemporalConvolutionalNetwork(
                    tcn, channelCount: 8, windowLength: 12, classCount: 3)
            default:
                TransformerNetwork(
                    transformer, channelCount: 8, windowLength: 12, classCount: 3)
            }
    }

    /// The parameters below a prefix as one flat vector.
    func vector<Scalar: TensorScalar>(_ prefix: String) throws -> [Scalar] {
        try network.parameters.entries.flatMap { entry -> [Scalar] in
            try file.tensor("\(prefix)/\(entry.name)", in: "").elements
        }
    }

    func task<Scalar: TensorScalar>(_ name: String) throws -> TaskSamples<Scalar> {
        TaskSamples(
            id: name, support: try samples(name, "support"), query: try samples(name, "query"))
    }

    /// Windows as rows in the order that the model wants.
    private func samples<Scalar: TensorScalar>(
        _ task: String, _ part: String
    ) throws -> LabeledSamples<Scalar> {
        let windows: Tensor<Scalar> = try file.tensor("\(task)/\(part)_x", in: "")
        let labels = try file.integers("\(task)/\(part)_y", in: "").map { UInt8($0) }
        guard network.layout == .channelMajor else {
            return LabeledSamples(rows: windows.elements, labels: labels)
        }
        let rows = labels.indices.flatMap { window in
            (0..<8).flatMap { channel in
                (0..<length).map { windows.elements[(window * length + $0) * 8 + channel] }
            }
        }
        return LabeledSamples(rows: rows, labels: labels)
    }
}
