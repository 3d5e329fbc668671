import ArrayCollections
import Documents
import ErrorReports
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Regression collections")
struct RegressionEpisodesTests {
    @Test("a task's first rows are its support, the others its query")
    func division() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.regression(in: folder.url)
        #expect(collection.manifest.isRegression)
        #expect(collection.manifest.tasks.map(\.name) == (0..<10).map { "d\($0)" })
        #expect(collection.manifest.targets.map(\.name) == ["y", "z"])
        let source = try collection.episodes(by: TrainingConfiguration())
        #expect(source.targetNames == ["y", "z"] && source.classNames.isEmpty)
        let lines = ArrayFixture.table().split(separator: "\n").dropFirst().map {
            $0.split(separator: ",")
        }
        for split in EpisodeSplit.allCases {
            for id in source.ids(in: split) {
                let episode = try source.episode(id)
                #expect(episode.support.count == 4 && episode.query.count == 16)
                let own = lines.filter { $0[1] == id }
                #expect(episode.support.signal == own.map { Float(Double($0[2]) ?? 0) })
                #expect(
                    episode.support.targets + episode.query.targets
                        == own.flatMap { [Float(Double($0[4]) ?? 0), Float(Double($0[5]) ?? 0)] })
                #expect(try source.episode(id, in: EpisodeRound("meta-step 3")) == episode)
            }
        }
    }

    @Test("rows are drawn anew in each round, and always the same where a task is scored")
    func drawing() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.regression(in: folder.url)
        var configuration = TrainingConfiguration()
        var fewShot = TrainingConfiguration.FewShot()
        fewShot.shots = 3
        fewShot.queries = 6
        fewShot.episodes = 2
        configuration.fewShot = fewShot
        let source = try collection.episodes(by: configuration)
        let id = source.ids(in: .train)[0]
        let rounds = try (0..<5).map { try source.episode(id, in: EpisodeRound("meta-step \($0)")) }
        #expect(Set(rounds.map(\.support.signal)).count == 5)
        for episode in rounds {
            #expect(episode.support.count == 3 && episode.query.count == 6)
            #expect(Set(episode.support.signal).count == 9)
        }
        #expect(source.ids(in: .test).count == 4)
        let test = source.ids(in: .test)[0]
        #expect(try source.episode(test) == source.episode(test))
        #expect(source.windowCounts(of: test)?.support == 3)
    }

    @Test("targets are scaled by the training tasks when asked for")
    func targetScaling() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.regression(in: folder.url) {
            $0.targetNormalization = .standard
        }
        let source = try collection.episodes(by: TrainingConfiguration())
        var sums = [0.0, 0.0]
        var squares = [0.0, 0.0]
        var count = 0.0
        for id in source.ids(in: .train) {
            let episode = try source.episode(id)
            for windows in [episode.support, episode.query] {
                for (place, value) in windows.targets.enumerated() {
                    sums[place % 2] += Double(value)
                    squares[place % 2] += Double(value * value)
                }
                count += Double(windows.count)
            }
        }
        #expect(sums.allSatisfy { abs($0 / count) < 1e-4 })
        #expect(squares.allSatisfy { abs($0 / count - 1) < 1e-3 })
    }

    @Test(
        "settings of classes are refused",
        arguments: [
            "{shots: 3, ways: 3}", "{shots: 3, held_out: [d1]}", "{shots: 3, tasks: 4}",
            "{shots: 3, within: group}", "{shots: 20}",
        ])
    func refused(yaml: String) throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.regression(in: folder.url)
        var configuration = TrainingConfiguration()
        configuration.fewShot = try TrainingConfiguration.FewShot(
            Document(yaml: yaml.utf8, name: "few_shot").cursor)
        let fault = #expect(throws: ArrayError.self) { try collection.episodes(by: configuration) }
        #expect(fault?.place.file?.hasPrefix("few_shot") == true)
    }

    /// `train` shuffles the tasks of a meta-epoch by the seed; in the same order the call does the
    /// same sums.
    @Test("train and the one call of the library give the same parameters and losses")
    func sameNumbers() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.regression(in: folder.url) {
            $0.split.validation = .share(0)
            $0.split.test = .share(2)
        }
        let ids = collection.manifest.tasks.filter { $0.split == .train }.map(\.name)
        let yaml = """
            model: {name: mlp, hidden: [8, 8]}
            inner: {optimizer: sgd, learning_rate: 0.05, steps: 2, batch_size: 1000}
            query_batch_size: 1000
            outer: {optimizer: adam, learning_rate: 0.002, gradient: mean}
            meta_epochs: 5
            tasks_per_step: \(ids.count)
            baselines: {pretrained: false}
            """
        let configuration = try TrainingConfiguration(
            Document(yaml: yaml.utf8, name: "settings").cursor)
        let trained = try Trainer(
            source: collection.episodes(by: configuration), configuration: configuration
        ).train()

        let tasks = Dictionary(
            uniqueKeysWithValues: try collection.tasks(in: .train).map { ($0.id, $0) })
        let seed = configuration.seed
        var options = MAML.Options()
        options.inner = InnerSGD(learningRate: 0.05)
        options.innerSteps = 2
        options.outerLearningRate = 2e-3
        options.metaEpochs = 5
        options.tasksPerEpoch = ids.count...ids.count
        options.redraw = { epoch in
            var generator = SeededGenerator(seed: seed, stream: "task order of epoch \(epoch)")
            return generator.shuffled(ids).compactMap { tasks[$0] }
        }
        let called = try MAML.train(
            model: MLP(hidden: [8, 8]), tasks: Array(tasks.values), options: options)
        #expect(called.parameters.values == trained.lastParameters.values)
        for (one, other) in zip(called.losses, trained.epochs.map(\.trainLoss)) {
            #expect(abs(one - other) < 1e-6 * one)
        }
    }
}
