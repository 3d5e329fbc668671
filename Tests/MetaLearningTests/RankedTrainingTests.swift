import Autodiff
import Distribution
import Foundation
import MetaLearning
import Synchronization
import TaskDraws
import TestSupport
import Testing

@Suite("Training on several ranks")
struct RankedTrainingTests {
    /// Asks for a stop after a number of steps and other moments.
    private final class Stopper: TrainingObserver {
        private let limit: Int
        private let seen = Mutex(0)

        init(after limit: Int) {
            self.limit = limit
        }

        var wantsStop: Bool { seen.withLock { $0 >= limit } }

        func observe(_ event: TrainingEvent) {
            switch event {
            case .step, .tested, .pretraining: seen.withLock { $0 += 1 }
            default: break
            }
        }

        func observe(_ parameters: Parameters<Float>, after epoch: Int) {}
        func observe(_ result: TrainingResult) {}
    }

    private struct FullDisk: Error {}

    /// Fails when the first rank writes its second epoch.
    private struct FailingDisk: TrainingObserver {
        var wantsStop: Bool { false }
        func observe(_ event: TrainingEvent) {}
        func observe(_ parameters: Parameters<Float>, after epoch: Int) throws {
            if epoch == 2 { throw FullDisk() }
        }
        func observe(_ result: TrainingResult) {}
    }

    /// Trains on ranks that are threads of this process; the first has the folder.
    @discardableResult
    private static func train(
        _ configuration: TrainingConfiguration, on size: Int, in folder: URL,
        source: @escaping @Sendable (Int) throws -> any EpisodeSource = { _ in
            try SimulatedTasks()
        },
        observer: @escaping @Sendable (Int) -> (any TrainingObserver)? = { _ in nil },
        resumes: Bool = false
    ) -> [Result<TrainingResult, any Error>] {
        ThreadRanks.run(size) { ranks in
            var own = configuration
            // Another number of threads on each.
            own.threads = 1 + ranks.rank % 3
            let trainer = try Trainer(
                source: source(ranks.rank), configuration: own, ranks: ranks)
            var run: TrainingRun?
            if ranks.isFirst {
                run =
                    resumes
                    ? try TrainingRun.resume(folder)
                    : try TrainingRun.create(folder, configuration: configuration, threads: 1)
            }
            return try trainer.train(into: run, observer: observer(ranks.rank))
        }
    }

    /// Everything that numbers stand in, but for times.
    private static func files(of folder: URL) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "checkpoints").path())
        {
            files[name] = try Data(contentsOf: folder.appending(path: "checkpoints/\(name)"))
        }
        for name in ["results.csv", "results.md", "fine-tuning.csv", "sequences.csv", "queue.csv"] {
            files[name] = try? Data(contentsOf: folder.appending(path: name))
        }
        return files
    }

    @Test(
        "checkpoints and tables have the same bytes for 1, 2, 3 and 4 ranks and any threads",
        arguments: [
            SecondOrderMAML(multiStepEpochs: 1), FirstOrderMAML(), Reptile(), ImplicitMAML(),
            ANIL(), MetaSGD(startRate: nil, multiStepEpochs: 1),
            SequentialFirstOrderMAML(length: 2, afterEachTask: .sampled), ProtoMAML(),
            LayerRatesMAML(rateSteps: 3), PrototypicalNetwork(), RidgeRegression(features: 7),
            PosteriorFeatures(),
        ] as [any MetaLearner])
    func bytes(_ learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.learner = learner
        configuration.metaEpochs = 2
        configuration.tasksPerStep = 4
        configuration.outer.clipNorm = 0.5
        configuration.studies.convergence = [1, 3]
        configuration.studies.support = [0.5]
        configuration.studies.sequences = .init(length: 2, count: 5)
        let whole = folder.url.appending(path: "1")
        Self.train(configuration, on: 1, in: whole)
        let expected = try Self.files(of: whole)
        #expect(expected["results.csv"] != nil && expected["best.safetensors"] != nil)
        for size in 2...4 {
            let place = folder.url.appending(path: "\(size)")
            let results = Self.train(configuration, on: size, in: place)
            let first = try results[0].get()
            #expect(try Self.files(of: place) == expected, "\(size) ranks")
            // Every rank knows what came of all tasks.
            for result in results {
                let result = try result.get()
                #expect(result.parameters == first.parameters)
                #expect(result.columns == first.columns)
            }
        }
    }

    @Test(
        "every way of drawing tasks gives the same bytes on 3 ranks",
        arguments: [
            ShuffledSampling(), LossWeightedSampling(), EpsilonGreedySampling(),
            ImportanceWeightedSampling(), UniformSampling(),
        ] as [any SamplingRegime])
    func sampling(_ regime: any SamplingRegime) throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.sampling.regime = regime
        configuration.initial = .pretrained
        let places = [1, 3].map { folder.url.appending(path: "\($0)") }
        Self.train(configuration, on: 1, in: places[0])
        Self.train(configuration, on: 3, in: places[1])
        #expect(try Self.files(of: places[1]) == Self.files(of: places[0]))
    }

    @Test("varied and turned tasks, with draws in the table, give the same bytes on 2 ranks")
    func variation() throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.variation.train = [TaskVariationStep(BandRotation())]
        configuration.variation.evaluation = [
            TaskVariationStep(BandRotation()), TaskVariationStep(PermutedLabels()),
        ]
        let places = [1, 2].map { folder.url.appending(path: "\($0)") }
        let one = try Self.train(configuration, on: 1, in: places[0])[0].get()
        let two = try Self.train(configuration, on: 2, in: places[1])[0].get()
        #expect(one.columns == two.columns)
        #expect(one.columns[0].scores.contains { !$0.draw.labels.isEmpty })
        #expect(try Self.files(of: places[1]) == Self.files(of: places[0]))
    }

    @Test(
        "a run that any rank stops at any moment goes on with another number of ranks",
        arguments: 1...9)
    func stopping(limit: Int) throws {
        let folder = try TemporaryFolder()
        let (whole, place) = (
            folder.url.appending(path: "whole"), folder.url.appending(path: "stopped")
        )
        Self.train(.small, on: 1, in: whole)
        let who = limit % 3
        let results = Self.train(
            .small, on: 3, in: place, observer: { $0 == who ? Stopper(after: limit) : nil })
        for result in results {
            #expect(throws: (any Error).self) { _ = try result.get() }
        }
        #expect(!TrainingRun.isFinished(place))
        let resumed = Self.train(.small, on: 1 + limit % 4, in: place, resumes: true)
        #expect(try resumed[0].get().epochs.map(\.epoch) == [1, 2, 3])
        #expect(try Self.files(of: place) == Self.files(of: whole))
    }

    @Test(
        "a rank that cannot read a task ends all, and the run can be resumed", arguments: 0...2)
    func failing(who: Int) throws {
        let folder = try TemporaryFolder()
        let (whole, place) = (
            folder.url.appending(path: "whole"), folder.url.appending(path: "failed")
        )
        Self.train(.small, on: 1, in: whole)
        let results = Self.train(
            .small, on: 3, in: place,
            source: { try SimulatedTasks(readLimit: $0 == who ? 2 : .max) })
        for (rank, result) in results.enumerated() {
            let error = #expect(throws: (any Error).self) { _ = try result.get() }
            if rank == who {
                #expect(error is SimulatedTasks.Failure)
            } else {
                #expect((error as? DistributionError)?.kindName == "rank_failed")
            }
        }
        Self.train(.small, on: 2, in: place, resumes: true)
        #expect(try Self.files(of: place) == Self.files(of: whole))
    }

    @Test("a full disk of the first rank ends all ranks")
    func disk() throws {
        let folder = try TemporaryFolder()
        let results = Self.train(
            .small, on: 3, in: folder.url.appending(path: "run"),
            observer: { $0 == 0 ? FailingDisk() : nil })
        #expect(throws: FullDisk.self) { _ = try results[0].get() }
        for result in results.dropFirst() {
            let error = #expect(throws: DistributionError.self) { _ = try result.get() }
            #expect(error?.kindName == "rank_failed")
        }
    }

    @Test("a rank reads the tasks that it works on, and no rank reads all of them")
    func reading() throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.tasksPerStep = 8
        configuration.baselines.pretrained = nil
        let sources = try (0..<4).map { _ in try SimulatedTasks(train: 8, validation: 4, test: 4) }
        for result in Self.train(
            configuration, on: 4, in: folder.url.appending(path: "run"),
            source: { sources[$0] })
        {
            _ = try result.get()
        }
        for (rank, source) in sources.enumerated() {
            // The first rank reads a task to say what memory training takes.
            let read = Set(source.readIDs.dropFirst(rank == 0 ? 1 : 0))
            #expect(read.count == 2 + 1 + 1, "rank \(rank) read \(read.sorted())")
        }
    }

    @Test("the report of an epoch says what each rank's time went into")
    func reports() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "run")
        let result = try Self.train(.small, on: 3, in: place)[0].get()
        for epoch in result.epochs {
            #expect(epoch.ranks.map(\.rank) == [0, 1, 2])
            // Five training tasks and two for validation.
            #expect(epoch.ranks.map(\.tasks).reduce(0, +) == 7)
            #expect(epoch.ranks.allSatisfy { $0.computeSeconds > 0 && $0.bytesSent > 0 })
        }
        let lines = try String(
            contentsOf: place.appending(path: "metrics.jsonl"), encoding: .utf8)
        #expect(lines.contains("\"exchange_seconds\""))
        let alone = folder.url.appending(path: "alone")
        #expect(try Self.train(.small, on: 1, in: alone)[0].get().epochs[0].ranks.isEmpty)
        let other = try String(
            contentsOf: alone.appending(path: "metrics.jsonl"), encoding: .utf8)
        #expect(!other.contains("ranks"))
    }
}
