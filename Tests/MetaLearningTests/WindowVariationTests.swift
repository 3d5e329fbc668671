import Foundation
import MetaLearning
import Synchronization
import TestSupport
import Testing

@Suite("Training windows varied on the fly")
struct WindowVariationTests {
    /// Turns a window over where its draw is odd, and keeps what it was given.
    private final class Turning: WindowVariation {
        struct Use: Hashable {
            let window: [Float]
            let draw: UInt64
        }

        let uses = Mutex<Set<Use>>([])
        let changes: Bool

        init(changes: Bool = true) { self.changes = changes }

        let summary = "turned over"

        func vary(_ window: inout [Float], layout: WindowSet.Layout, draw: UInt64) {
            let use = Use(window: window, draw: draw)
            uses.withLock { _ = $0.insert(use) }
            if changes, draw & 1 == 1 { for index in window.indices { window[index].negate() } }
        }
    }

    private struct Source: EpisodeSource {
        let tasks: SimulatedTasks
        let variation: (any WindowVariation)?

        init(_ variation: (any WindowVariation)?, readLimit: Int = .max) throws {
            tasks = try SimulatedTasks(readLimit: readLimit)
            self.variation = variation
        }

        var classNames: [String] { tasks.classNames }
        var channelCount: Int { tasks.channelCount }
        var windowLength: Int { tasks.windowLength }
        func ids(in split: EpisodeSplit) -> [String] { tasks.ids(in: split) }
        func episode(_ id: String) throws -> Episode { try tasks.episode(id) }
    }

    private static func files(
        _ source: Source, _ configuration: TrainingConfiguration, in folder: URL
    ) throws -> [String: Data] {
        let run = try TrainingRun.create(folder, configuration: configuration, threads: 1)
        _ = try Trainer(source: source, configuration: configuration).train(into: run)
        return try files(of: folder)
    }

    private static func files(of folder: URL) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in ["best", "last", "resume"] {
            files[name] = try Data(
                contentsOf: folder.appending(path: "checkpoints/\(name).safetensors"))
        }
        return files
    }

    @Test(
        "a seed gives the same bytes on any number of threads and after a stop",
        arguments: [
            SecondOrderMAML(), FirstOrderMAML(), Reptile(), ImplicitMAML(),
            SequentialFirstOrderMAML(),
        ] as [any MetaLearner])
    func determinism(learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.learner = learner
        configuration.metaEpochs = 2
        configuration.studies.convergence = []
        var runs: [[String: Data]] = []
        for (threads, budget) in [(1, 96), (2, 96), (3, 1)] {
            configuration.threads = threads
            configuration.trajectoryBudgetMiB = budget
            runs.append(
                try Self.files(
                    Source(Turning()), configuration,
                    in: folder.url.appending(path: "\(threads)")))
        }
        #expect(runs[1] == runs[0])
        #expect(runs[2] == runs[0])
        let stopped = folder.url.appending(path: "stopped")
        #expect(throws: SimulatedTasks.Failure.self) {
            _ = try Self.files(Source(Turning(), readLimit: 10), configuration, in: stopped)
        }
        let run = try TrainingRun.resume(stopped)
        _ = try Trainer(source: Source(Turning()), configuration: run.configuration())
            .train(into: run)
        #expect(try Self.files(of: stopped) == runs[0])
    }

    @Test("switched off, a source's variation changes no byte; switched on, it does")
    func off() throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.augmentation = false
        let plain = try Self.files(
            Source(nil), configuration, in: folder.url.appending(path: "plain"))
        let off = try Self.files(
            Source(Turning()), configuration, in: folder.url.appending(path: "off"))
        #expect(off == plain)
        configuration.augmentation = true
        let on = try Self.files(
            Source(Turning()), configuration, in: folder.url.appending(path: "on"))
        #expect(on["last"] != plain["last"])
        let kept = try Self.files(
            Source(Turning(changes: false)), configuration, in: folder.url.appending(path: "kept"))
        #expect(kept["last"] == plain["last"])
    }

    @Test("each training window is varied once a meta-step, no other window ever is")
    func windows() throws {
        let variation = Turning(changes: false)
        let source = try Source(variation)
        var configuration = TrainingConfiguration.small
        configuration.baselines.pretrained?.epochs = 2
        let result = try Trainer(source: source, configuration: configuration).train()
        #expect(result.notes.contains { $0.contains("turned over") })
        let uses = variation.uses.withLock { $0 }
        let draws = Dictionary(grouping: uses, by: \.window).mapValues(\.count)
        var windows: Set<[Float]> = []
        for id in source.ids(in: .train) {
            let episode = try source.episode(id)
            for set in [episode.support, episode.query] {
                for index in 0..<set.count {
                    var row = [Float](repeating: 0, count: set.windowWidth)
                    set.gather([index], as: .channelMajor, into: &row)
                    windows.insert(row)
                }
            }
        }
        #expect(Set(draws.keys) == windows)
        // Three meta-epochs use each task once, pre-training passes twice over all.
        #expect(draws.values.allSatisfy { $0 == 5 })
    }
}
