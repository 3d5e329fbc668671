import Autodiff
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Fine-tuning that diverges")
struct DivergenceTests {
    /// Settings of a short training.
    private static var diverging: TrainingConfiguration {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 1
        configuration.inner.learningRate = 0.01
        configuration.studies.convergence = [3]
        return configuration
    }

    /// The task with samples of one channel, at the start of its support, that are too large.
    private static func spoiled(_ task: Episode, by outlier: Float) throws -> Episode {
        var signal = task.support.signal
        for index in 0..<8 { signal[index * 4] = outlier }
        func windows(_ set: WindowSet) throws -> WindowSet {
            try WindowSet(
                signal: signal, channelCount: 4, windowLength: 6, starts: set.starts,
                labels: set.labels)
        }
        return try Episode(
            id: task.id, support: windows(task.support), query: windows(task.query))
    }

    /// Tasks of which one is spoiled.
    private static func source(outlier: Float, of spoiledID: String) throws -> EpisodesInMemory {
        let base = try SimulatedTasks(test: 3)
        func episodes(_ split: EpisodeSplit) throws -> [Episode] {
            try base.ids(in: split).map { id in
                let task = try base.episode(id)
                return id == spoiledID ? try spoiled(task, by: outlier) : task
            }
        }
        return try EpisodesInMemory(
            classNames: base.classNames, train: episodes(.train),
            validation: episodes(.validation), test: episodes(.test))
    }

    @Test(
        "the table is complete: the task is scored by chance and flagged, the others as ever",
        arguments: [Float.infinity, -.infinity])
    func table(outlier: Float) throws {
        let configuration = Self.diverging
        let plain = try Trainer(
            source: Self.source(outlier: 0, of: "test1"), configuration: configuration
        )
        .train()
        let folder = try TemporaryFolder()
        let run = try TrainingRun.create(
            folder.url.appending(path: "run"), configuration: configuration, threads: 1)
        let result = try Trainer(
            source: Self.source(outlier: outlier, of: "test1"), configuration: configuration
        ).train(into: run)
        #expect(result.columns.map(\.method) == [.random, .pretrained, .meta])
        for (column, other) in zip(result.columns, plain.columns) {
            #expect(column.scores.map(\.hasDiverged) == [false, true, false])
            #expect(column.scores[0] == other.scores[0] && column.scores[2] == other.scores[2])
            let score = column.scores[1]
            // 45 windows of three classes, of which each is given a third.
            #expect(!score.loss.isFinite && abs(score.accuracy - 1.0 / 3) < 0.05)
            #expect(score.predictions.count == 42)
            #expect(!other.scores[1].hasDiverged)
        }
        // In the table and in the study of fine-tuning, for each of three methods.
        #expect(result.notes.count { $0.contains(" diverged on test1") } == 6)
        #expect(result.notes.count { $0.contains("after 3 steps diverged on test1") } == 3)
        let text = try String(
            contentsOf: folder.url.appending(path: "run/results.md"), encoding: .utf8)
        #expect(text.components(separatedBy: "(diverged)").count == 4)
    }

    @Test("an evaluation with rates that are far too high scores every task and flags it")
    func evaluation() throws {
        let source = try SimulatedTasks(test: 3)
        var configuration = Self.diverging
        let result = try Trainer(source: source, configuration: configuration).train()
        let model = try ModelCheckpoint(
            model: configuration.model, parameters: result.parameters,
            classNames: source.classNames, channelCount: 4, windowLength: 6)
        configuration.inner.learningRate = 1e30
        let column = try CheckpointEvaluation(model, source: source, configuration: configuration)
            .column(on: source.ids(in: .test))
        #expect(column.scores.count == 3 && column.scores.allSatisfy(\.hasDiverged))
        #expect(column.scores.allSatisfy { $0.predictions.count == 42 })
        #expect(abs(column.meanAccuracy - 1.0 / 3) < 0.1)
    }

    @Test("a validation task that diverges chooses no epoch, and training goes on")
    func validation() throws {
        let source = try Self.source(outlier: .infinity, of: "validation0")
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 2
        let run = try TrainingRun.create(
            folder.url.appending(path: "run"), configuration: configuration, threads: 1)
        let result = try Trainer(source: source, configuration: configuration).train(into: run)
        #expect(result.epochs.allSatisfy { ($0.validationLoss ?? 0) > 1e30 })
        #expect(result.epochs.allSatisfy { $0.validationLoss?.isFinite == true })
        #expect(result.columns.count == 3)
    }

    @Test("a training task that diverges is an error that says what to do")
    func training() throws {
        var configuration = TrainingConfiguration.small
        configuration.inner.learningRate = 1e30
        let error = #expect(throws: MetaLearningError.self) {
            try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        }
        guard case .notFinite = error?.kind else {
            Issue.record("expected a loss that is not finite, got \(String(describing: error))")
            return
        }
    }

    @Test("a baseline whose pre-training diverges is left out of the table, which says so")
    func baseline() throws {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 1
        configuration.baselines.pretrained?.learningRate = 1e30
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(result.columns.map(\.method) == [.random, .meta])
        #expect(result.notes.contains { $0.contains("pre-trained baseline is not in the table") })
    }

    @Test("the note about gradients is about the trained models, and says when they are matched")
    func budgets() throws {
        func notes(_ change: (inout TrainingConfiguration) -> Void) throws -> [String] {
            var configuration = TrainingConfiguration.small
            configuration.metaEpochs = 1
            change(&configuration)
            return try Trainer(source: SimulatedTasks(), configuration: configuration).train()
                .notes.filter { $0.contains("gradients before fine-tuning") }
        }
        let unmatched = try notes { _ in }
        #expect(unmatched.count == 1 && unmatched[0].contains("took different numbers"))
        #expect(!unmatched[0].contains("random"))
        let matched = try notes { $0.baselines.pretrained?.matchesGradients = true }
        #expect(matched.count == 1 && matched[0].contains("took the same number"))
        #expect(matched[0].contains("over 32 windows") && matched[0].contains("at most 8"))
        let alone = try notes { $0.baselines.pretrained = nil }
        #expect(alone.isEmpty)
    }
}
