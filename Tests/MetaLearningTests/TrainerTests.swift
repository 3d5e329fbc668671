import Autodiff
import Foundation
import MetaLearning
import Synchronization
import TestSupport
import Testing

@Suite("Training")
struct TrainerTests {
    @Test(
        "the query loss after adaptation falls, and test tasks are predicted better than by chance")
    func learns() throws {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 6
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        let losses = result.epochs.map(\.trainLoss)
        #expect(try #require(losses.last) < losses[0] * 0.8)
        let meta = try #require(result.columns.last)
        #expect(meta.method == .meta && meta.meanAccuracy > 0.6)
    }

    @Test(
        "the bytes of checkpoints do not depend on threads or memory",
        arguments: [SecondOrderMAML(), FirstOrderMAML()] as [any MetaLearner])
    func determinism(learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var runs: [[String: Data]] = []
        for (threads, budget) in [(1, 128), (2, 128), (3, 1)] {
            var configuration = TrainingConfiguration.small
            configuration.learner = learner
            configuration.threads = threads
            configuration.trajectoryBudgetMiB = budget
            let place = folder.url.appending(path: "\(threads)-\(budget)")
            try Self.train(SimulatedTasks(), configuration, in: place)
            runs.append(try Self.checkpoints(of: place))
        }
        #expect(
            runs[0].keys.sorted() == ["best", "last", "pretrained", "random", "resume"])
        #expect(runs[1] == runs[0])
        #expect(runs[2] == runs[0])
    }

    @Test("another seed gives other parameters")
    func seeds() throws {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 1
        let first = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        configuration.seed = 46
        let second = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(first.parameters != second.parameters)
    }

    @Test(
        "a run that was stopped ends with the bytes of an undisturbed one",
        arguments: [3, 8, 12, 17, 25])
    func resuming(readLimit: Int) throws {
        let folder = try TemporaryFolder()
        let whole = folder.url.appending(path: "whole")
        let stopped = folder.url.appending(path: "stopped")
        let configuration = TrainingConfiguration.small
        try Self.train(SimulatedTasks(), configuration, in: whole)
        #expect(throws: SimulatedTasks.Failure.self) {
            try Self.train(SimulatedTasks(readLimit: readLimit), configuration, in: stopped)
        }
        let run = try TrainingRun.resume(stopped)
        let result = try Trainer(source: SimulatedTasks(), configuration: run.configuration())
            .train(into: run)
        #expect(try Self.checkpoints(of: stopped) == Self.checkpoints(of: whole))
        #expect(result.epochs.map(\.epoch) == [1, 2, 3])
        for file in ["results.csv", "results.md"] {
            #expect(
                try Data(contentsOf: stopped.appending(path: file))
                    == Data(contentsOf: whole.appending(path: file)))
        }
    }

    /// Stops after a number of steps, or of other moments when a test is known.
    private final class Stopper: TrainingObserver {
        private let limit: Int
        private let seen = Mutex(0)

        init(after limit: Int) {
            self.limit = limit
        }

        var wantsStop: Bool { seen.withLock { $0 >= limit } }

        func observe(_ event: TrainingEvent) {
            switch event {
            case .step, .pretraining, .tested: seen.withLock { $0 += 1 }
            default: break
            }
        }

        func observe(_ parameters: Parameters<Float>, after epoch: Int) {}
        func observe(_ result: TrainingResult) {}
    }

    @Test(
        "a run that is asked to stop, at any moment, ends with the bytes of an undisturbed one",
        arguments: [
            ShuffledSampling(), LossWeightedSampling(), EpsilonGreedySampling(),
        ] as [any SamplingRegime])
    func stopping(regime: any SamplingRegime) throws {
        let folder = try TemporaryFolder()
        let whole = folder.url.appending(path: "whole")
        var configuration = TrainingConfiguration.small
        configuration.sampling.regime = regime
        configuration.checkpoints.every = 2
        try Self.train(SimulatedTasks(), configuration, in: whole)
        #expect(
            try Self.checkpoints(of: whole).keys.sorted() == [
                "best", "epoch-00002", "last", "pretrained", "random", "resume",
            ])
        // Two steps an epoch, three epochs, then the baselines.
        for limit in 1...9 {
            let place = folder.url.appending(path: "\(limit)")
            let trainer = try Trainer(source: SimulatedTasks(), configuration: configuration)
            let run = try TrainingRun.create(
                place, configuration: configuration, threads: trainer.threads,
                provenance: ["collection": "simulated"])
            #expect(throws: TrainingStop.self, "\(limit)") {
                try trainer.train(into: run, observer: Stopper(after: limit))
            }
            #expect(!TrainingRun.isFinished(place))
            let result = try trainer.train(into: TrainingRun.resume(place))
            #expect(TrainingRun.isFinished(place))
            #expect(result.epochs.map(\.epoch) == [1, 2, 3])
            #expect(try Self.checkpoints(of: place) == Self.checkpoints(of: whole), "\(limit)")
            for file in ["results.csv", "results.md"] {
                #expect(
                    try Data(contentsOf: place.appending(path: file))
                        == Data(contentsOf: whole.appending(path: file)), "\(limit)")
            }
        }
    }

    @Test("what a run's folder says about its surroundings is kept when it is resumed")
    func environment() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "run")
        let made = try TrainingRun.create(
            place, configuration: .small, threads: 1, provenance: ["a": "1"],
            environment: ["fftw": "3 \"x\"\n", "seed": "45"])
        let again = try TrainingRun.resume(place)
        #expect(again.provenance == made.provenance && again.environment == made.environment)
    }

    @Test("other settings do not resume a run")
    func resumingOtherSettings() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "run")
        try Self.train(SimulatedTasks(), .small, in: place)
        var other = TrainingConfiguration.small
        other.inner.learningRate *= 2
        let error = #expect(throws: MetaLearningError.self) {
            try Trainer(source: SimulatedTasks(), configuration: other).train(
                into: TrainingRun.resume(place))
        }
        #expect(error?.kind == .incompatible(expected: "these settings", found: "other settings"))
    }

    @Test("the best epoch is that of the lowest validation loss")
    func selection() throws {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 5
        configuration.outer.learningRate = 0.2
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        let losses = try result.epochs.map { try #require($0.validationLoss) }
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
        #expect(result.selectedEpoch == best + 1)
        #expect((result.parameters == result.lastParameters) == (best == 4))
        configuration.selection = .lastEpoch
        let last = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(last.selectedEpoch == 5)
        #expect(last.parameters == result.lastParameters)
    }

    @Test("without validation tasks the last epoch is taken and the result says so")
    func withoutValidation() throws {
        let source = try SimulatedTasks(validation: 0)
        let result = try Trainer(source: source, configuration: .small).train()
        #expect(result.selectedEpoch == 3)
        #expect(result.parameters == result.lastParameters)
        #expect(result.epochs.allSatisfy { $0.validationLoss == nil })
        #expect(result.notes[0].contains("no validation tasks"))
    }

    @Test("test tasks are read only after the parameters have been selected")
    func testTasksLast() throws {
        let source = try SimulatedTasks()
        let readBefore = Mutex<[String]?>(nil)
        let trainer = try Trainer(source: source, configuration: .small)
        _ = try trainer.train { event in
            if case .selected = event { readBefore.withLock { $0 = source.readIDs } }
        }
        let before = try #require(readBefore.withLock { $0 })
        #expect(!before.isEmpty && before.allSatisfy { !$0.hasPrefix("test") })
        #expect(source.readIDs.contains { $0.hasPrefix("test") })
    }

    @Test("each training task is used once an epoch, in another order each time")
    func order() throws {
        let source = try SimulatedTasks(train: 7, validation: 0, test: 0)
        var configuration = TrainingConfiguration.small
        configuration.threads = 1
        let steps = Mutex<[Int]>([])
        _ = try Trainer(source: source, configuration: configuration).train { event in
            if case .step(let step) = event { steps.withLock { $0.append(step.stepCount) } }
        }
        // One read to measure the trajectory, then seven an epoch.
        let reads = Array(source.readIDs.dropFirst())
        #expect(reads.count == 21)
        let epochs = (0..<3).map { Array(reads[$0 * 7..<$0 * 7 + 7]) }
        for epoch in epochs { #expect(Set(epoch).count == 7) }
        #expect(Set(epochs).count == 3)
        #expect(steps.withLock { $0 } == Array(repeating: 3, count: 9))
    }

    @Test("the table has each method and task and counts what each was given")
    func table() throws {
        let result = try Trainer(source: SimulatedTasks(), configuration: .small).train()
        #expect(result.columns.map(\.method) == [.random, .pretrained, .meta])
        // 30 support windows in batches of 8, twice; 42 query windows; 5 tasks, 3 epochs; the
        // baseline takes all 360 windows in batches of 32, twice.
        #expect(result.columns.allSatisfy { $0.scores.map(\.fineTuningGradients) == [8, 8] })
        #expect(result.columns.map(\.trainingGradients) == [0, 2 * 12, 3 * 5 * (8 + 6)])
        #expect(result.columns.map(\.hessianProducts) == [0, 0, 3 * 5 * 8])
        let rows = result.csv.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(rows.map { $0[0] } == ["task", "test0", "test1", "mean"])
        #expect(rows[0] == ["task", "random", "pretrained", "meta"])
        #expect(result.markdown.contains("| before fine-tuning | 0 | 24 | 210 |"))
    }

    @Test("progress says what is done, in lines for a person")
    func progress() throws {
        let lines = Mutex<[String]>([])
        _ = try Trainer(source: SimulatedTasks(), configuration: .small).train { event in
            lines.withLock { $0.append(event.description) }
        }
        let text = lines.withLock { $0 }
        let start = "5 train, 2 validation, 2 test tasks, 431 parameters, 2 threads, trajectory 0."
        #expect(text[0].hasPrefix(start) && text[0].hasSuffix(" MiB, recompute ×1.0"))
        #expect(text[1].hasPrefix("epoch 1, step 1/2: loss "))
        #expect(text[3].hasPrefix("epoch 1: train loss ") && text[3].contains(", validation loss "))
        #expect(text.contains { $0.hasPrefix("pre-training, pass 2/2: loss ") })
        #expect(try #require(text.last).contains(": mean test accuracy "))
        #expect(text.count == 1 + 3 * 3 + 1 + 2 + 3)
    }

    @Test("baselines that are not wanted are left out")
    func withoutBaselines() throws {
        var configuration = TrainingConfiguration.small
        configuration.baselines.random = false
        configuration.baselines.pretrained = nil
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(result.columns.map(\.method) == [.meta])
        let untested = try Trainer(
            source: SimulatedTasks(test: 0), configuration: configuration
        ).train()
        #expect(untested.columns.isEmpty)
    }

    @Test("a source without training tasks is refused")
    func emptySplit() throws {
        let source = try SimulatedTasks(train: 0)
        let error = #expect(throws: MetaLearningError.self) {
            try Trainer(source: source, configuration: .small)
        }
        #expect(error?.kind == .emptySplit(.train))
    }

    @Test("a meta-gradient that explodes stops the run with its epoch and tasks")
    func explosion() throws {
        var configuration = TrainingConfiguration.small
        configuration.inner.optimizer = InnerSGD()
        configuration.inner.learningRate = 100
        configuration.inner.epochs = 40
        let trainer = try Trainer(source: SimulatedTasks(), configuration: configuration)
        let error = #expect(throws: MetaLearningError.self) { try trainer.train() }
        guard case .notFinite? = error?.kind else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
        #expect(error?.location.contains("train") == true)
    }

    private static func train(
        _ source: SimulatedTasks, _ configuration: TrainingConfiguration, in folder: URL
    ) throws {
        let trainer = try Trainer(source: source, configuration: configuration)
        let run = try TrainingRun.create(
            folder, configuration: configuration, threads: trainer.threads,
            provenance: ["collection": "simulated"])
        _ = try trainer.train(into: run)
    }

    private static func checkpoints(of folder: URL) throws -> [String: Data] {
        let checkpoints = folder.appending(path: "checkpoints")
        let names = try FileManager.default.contentsOfDirectory(atPath: checkpoints.path())
        return Dictionary(
            uniqueKeysWithValues: try names.map {
                (
                    String($0.prefix { $0 != "." }),
                    try Data(contentsOf: checkpoints.appending(path: $0))
                )
            })
    }
}
