import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Training with every algorithm, model and way of drawing tasks")
struct TrainerAlgorithmTests {
    private static func configuration() -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.model = DNN(hidden: [10])
        configuration.inner.learningRate = 0.01
        configuration.inner.batchSize = 8
        configuration.inner.epochs = 1
        configuration.metaEpochs = 2
        configuration.tasksPerStep = 2
        configuration.baselines.pretrained?.epochs = 1
        return configuration
    }

    private static func checkpoint(_ configuration: TrainingConfiguration, in folder: URL) throws
        -> Data
    {
        let run = try TrainingRun.create(
            folder, configuration: configuration, threads: configuration.threads ?? 1)
        _ = try Trainer(source: SimulatedTasks(), configuration: configuration).train(into: run)
        return try Data(contentsOf: folder.appending(path: "checkpoints/resume.safetensors"))
    }

    @Test(
        "the bytes do not depend on threads",
        arguments: [
            SecondOrderMAML(multiStepEpochs: 1), FirstOrderMAML(), Reptile(), ImplicitMAML(),
            ANIL(multiStepEpochs: 1), MetaSGD(startRate: nil, multiStepEpochs: 1),
            SequentialFirstOrderMAML(length: 2, afterEachTask: .sampled), ProtoMAML(),
            UnicornMAML(), LayerRatesMAML(rateSteps: 3), PrototypicalNetwork(),
            PrototypicalNetwork(.cosine, features: 5), RidgeRegression(features: 70),
            RidgeRegression(features: 3), PosteriorFeatures(), ringFeatures,
        ] as [any MetaLearner])
    func algorithms(_ learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var configuration = Self.configuration()
        configuration.learner = learner
        var files: [Data] = []
        for threads in [1, 3] {
            configuration.threads = threads
            files.append(
                try Self.checkpoint(configuration, in: folder.url.appending(path: "\(threads)")))
        }
        #expect(files[0] == files[1])
        let hasRates = FileManager.default.fileExists(
            atPath: folder.url.appending(path: "1/checkpoints/best-rates.safetensors").path())
        #expect(hasRates == (learner is MetaSGD || learner is LayerRatesMAML))
    }

    /// Features learned through the posterior over all turns of the channels.
    private static var ringFeatures: PosteriorFeatures {
        var learner = PosteriorFeatures()
        learner.turns = .ring
        return learner
    }

    @Test(
        "a model with a closed-form head is compared, kept, read back and scored again",
        arguments: [
            PrototypicalNetwork(.cosine, features: 6), RidgeRegression(features: 6),
            PosteriorFeatures(), ringFeatures,
        ] as [any MetaLearner], [DNN(hidden: [6]), smallModels[1], smallModels[2]])
    func heads(_ learner: any MetaLearner, _ model: any ModelDefinition) throws {
        let folder = try TemporaryFolder()
        var configuration = Self.configuration()
        configuration.learner = learner
        configuration.model = model
        configuration.initial = .pretrained
        configuration.outer.learningRate = 0.01
        configuration.metaEpochs = 4
        let place = folder.url.appending(path: "run")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 2)
        let source = try SimulatedTasks()
        let result = try Trainer(source: source, configuration: configuration).train(into: run)
        #expect(result.columns.map(\.method) == [.random, .pretrained, .meta])
        let meta = try #require(result.columns.last)
        #expect(meta.meanAccuracy > 0.6)
        #expect(meta.scores.allSatisfy { $0.fineTuningGradients == 0 && $0.loss.isFinite })
        #expect(result.columns[0].scores.allSatisfy { $0.fineTuningGradients > 0 })

        let checkpoint = try ModelCheckpoint(
            contentsOf: place.appending(path: "checkpoints/best.safetensors"))
        #expect(checkpoint.parameters == result.parameters)
        #expect(checkpoint.learner?.name == learner.name)
        #expect(checkpoint.parameters.layout.entries.contains { $0.name.hasPrefix("head.") })
        let written = try run.configuration()
        let column = try CheckpointEvaluation(
            checkpoint, source: source, configuration: written
        ).column(on: source.ids(in: .test))
        #expect(column.scores == meta.scores)
    }

    @Test("a head that starts from good features keeps them when training gains nothing")
    func keepsStart() throws {
        var configuration = Self.configuration()
        configuration.learner = PosteriorFeatures()
        configuration.outer.learningRate = 1e-12
        configuration.metaEpochs = 3
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(result.selectedEpoch == 0)
        #expect(result.epochs.count == 3)
        let last = result.parameters["linear2.weight"]
        #expect(last?.elements.allSatisfy { $0 == 0 } == true)
    }

    /// A small one of each model.
    private static let smallModels: [any ModelDefinition] = {
        var cnn = CNN()
        (cnn.filters, cnn.hidden) = ([3, 4], [6])
        var tcn = TCN()
        tcn.hidden = [6]
        var transformer = Transformer()
        (transformer.feedForward, transformer.heads, transformer.hidden) = (8, 2, [6])
        var grid = GridCNN()
        (grid.filters, grid.hidden) = ([3, 4], [6])
        grid.grid = .init(height: 2, width: 2)
        return [DNN(hidden: [6]), cnn, tcn, transformer, MLP(hidden: [6]), grid]
    }()

    @Test("every model trains and its checkpoint is read back", arguments: smallModels)
    func models(_ model: any ModelDefinition) throws {
        let folder = try TemporaryFolder()
        var configuration = Self.configuration()
        configuration.model = model
        let place = folder.url.appending(path: "run")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 2)
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train(
            into: run)
        let file = place.appending(path: "checkpoints/best.safetensors")
        let checkpoint = try ModelCheckpoint(contentsOf: file)
        #expect(checkpoint.parameters == result.parameters)
        #expect(checkpoint.model.name == model.name)
        #expect(checkpoint.model.document == model.document)
    }

    @Test("a model that windows do not fit is refused with what to do")
    func mismatches() {
        for (model, mention) in [(CNN(), "longer"), (GridCNN(), "grid")]
            as [(any ModelDefinition, String)]
        {
            var configuration = Self.configuration()
            configuration.model = model
            let error = #expect(throws: MetaLearningError.self) {
                try Trainer(source: SimulatedTasks(), configuration: configuration)
            }
            #expect(error?.hint.contains(mention) == true)
        }
    }

    @Test(
        "a stopped run ends with the same bytes whatever draws its tasks",
        arguments: Registry<any SamplingRegime>.standard.entries.map(\.standard))
    func sampling(_ regime: any SamplingRegime) throws {
        let folder = try TemporaryFolder()
        var configuration = Self.configuration()
        configuration.sampling.regime = regime
        configuration.sampling.stepsPerEpoch = regime.drawsFromQueue ? 3 : nil
        configuration.metaEpochs = 3
        configuration.threads = 1
        configuration.baselines.pretrained = nil
        let whole = try Self.checkpoint(configuration, in: folder.url.appending(path: "whole"))
        let place = folder.url.appending(path: "stopped")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 1)
        #expect(throws: SimulatedTasks.Failure.self) {
            try Trainer(source: SimulatedTasks(readLimit: 14), configuration: configuration)
                .train(into: run)
        }
        let again = try TrainingRun.resume(place)
        _ = try Trainer(source: SimulatedTasks(), configuration: configuration).train(into: again)
        let state = place.appending(path: "checkpoints/resume.safetensors")
        #expect(try Data(contentsOf: state) == whole)
        let csv = place.appending(path: "queue.csv")
        #expect(FileManager.default.fileExists(atPath: csv.path()) == regime.drawsFromQueue)
    }

    @Test("the warm start's preset compares methods at equal numbers of gradients")
    func warmStart() throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration(preset: .warmStart)
        configuration.model = DNN(hidden: [10])
        configuration.inner.learningRate = 0.01
        configuration.metaEpochs = 2
        configuration.baselines.pretrained?.epochs = 2
        let place = folder.url.appending(path: "run")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 1)
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train(
            into: run)
        let totals = result.columns.map { $0.trainingGradients + $0.hessianProducts }
        #expect(totals[1] == totals[2] && totals[0] == 0)
        #expect(result.fineTuning.map(\.steps) == [1, 5, 20])
        for table in result.fineTuning {
            #expect(
                table.columns.allSatisfy {
                    $0.scores.allSatisfy { $0.fineTuningGradients == table.steps }
                })
        }
        let text = try String(
            contentsOf: place.appending(path: "results.md"), encoding: .utf8)
        #expect(text.contains("after steps of fine-tuning"))
        #expect(text.contains("(95 % over people)"))
    }

    /// scipy.stats.t.interval(0.95, n - 1, mean, sem).
    @Test("paired differences have Student's interval")
    func intervals() {
        let short = PairedDifference([1, 2, 4], less: [0, 0, 0])
        #expect(abs(short.mean - 7.0 / 3) < 1e-15)
        #expect(abs(short.halfWidth - 3.794_500) < 1e-3)
        let long = (0..<30).map { Double($0 % 5) }
        let difference = PairedDifference(long, less: Array(repeating: 0, count: 30))
        #expect(abs(difference.mean - 2) < 1e-15)
        // t = 2.045230 with 29 degrees of freedom, variance 60 / 29.
        #expect(abs(difference.halfWidth - 2.045_230 * (60.0 / 29 / 30).squareRoot()) < 1e-4)
        #expect(PairedDifference([1], less: [0]).halfWidth == .infinity)
    }
}
