import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Sequences of test tasks")
struct TaskSequenceTests {
    @Test("what is kept, forgotten and transferred back is as the papers define it")
    func measures() {
        let score = SequenceScore(
            ids: ["a", "b", "c"], accuracies: [[0.8], [0.9, 0.6], [0.5, 0.7, 1]],
            losses: [[1], [1, 1], [1, 1, 1]])
        #expect(abs(score.learned - (0.8 + 0.6 + 1) / 3) < 1e-12)
        #expect(abs(score.final - (0.5 + 0.7 + 1) / 3) < 1e-12)
        // The best of a was 0.9, after b was learned; b became better still.
        #expect(abs(score.forgetting - ((0.9 - 0.5) + (0.6 - 0.7)) / 2) < 1e-12)
        #expect(abs(score.backwardTransfer - ((0.5 - 0.8) + (0.7 - 0.6)) / 2) < 1e-12)
        #expect(abs(score.retained(after: 0) - score.learned) < 1e-12)
        #expect(abs(score.retained(after: 1) - (0.9 + 0.7) / 2) < 1e-12)
        #expect(score.retained(after: 2) == 0.5)
    }

    @Test("sequences have no task in common while there are enough, and never one twice")
    func draws() {
        let apart = TrainingConfiguration.Studies.Sequences(length: 3, count: 4)
        let drawn = apart.draw(from: 13)
        #expect(drawn.map(\.count) == [3, 3, 3, 3])
        #expect(Set(drawn.joined()).count == 12)
        #expect(apart.draw(from: 13) == drawn)
        for (count, length) in [(5, 3), (2, 2)] {
            let few = apart.draw(from: count)
            #expect(few.count == 4)
            #expect(few.allSatisfy { Set($0).count == length && $0.count == length })
        }
    }

    @Test(
        "each task is learned from where the one before left the model, and all are scored",
        arguments: [
            SecondOrderMAML(), MetaSGD(startRate: nil, multiStepEpochs: 0), ProtoMAML(), ANIL(),
        ] as [any MetaLearner])
    func values(_ learner: any MetaLearner) throws {
        var configuration = TrainingConfiguration.small
        configuration.learner = learner
        configuration.metaEpochs = 2
        configuration.studies.sequences = .init(length: 3, count: 2)
        let source = try SimulatedTasks(test: 4)
        let trainer = try Trainer(source: source, configuration: configuration)
        let result = try trainer.train()
        let table = try #require(result.sequences)
        #expect(table.columns.map(\.method) == [.random, .pretrained, .meta])
        let column = try #require(table.columns.last)
        let alone = try #require(result.columns.last).scores
        // The first task of a sequence is learned as a task by itself is.
        for score in column.scores {
            #expect(score.ids.count == 3)
            #expect(
                score.accuracies[0][0]
                    == (try #require(alone.first { $0.id == score.ids[0] })).accuracy)
        }
        // Without learned rates and heads of their own the second one is two adaptations in a row.
        guard learner is SecondOrderMAML else { return }
        let score = column.scores[0]
        let tasks = try score.ids.map {
            try TaskSamples<Float>(try source.episode($0), for: trainer.network)
        }
        let settings = learner.adaptation(configuration.adaptation)
        var run = AdaptationRun<Float>(
            network: trainer.network, settings: settings, trajectoryBudget: .max)
        run.begin(tasks[0], goal: .parameters, initial: result.parameters.values)
        _ = try run.advance(by: .max)
        run.begin(tasks[1], goal: .parameters, initial: run.adapted)
        _ = try run.advance(by: .max)
        let both = run.adapted
        for place in 0..<2 {
            run.begin(tasks[place], goal: .score, initial: both, steps: 0)
            let query = try #require(try run.advance(by: .max)).query
            #expect(score.accuracies[1][place] == query.accuracy)
            #expect(score.losses[1][place] == Double(query.loss) / Double(query.batchCount))
        }
    }

    @Test("the table has a row for each task learned, and its numbers come back from the file")
    func files() throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 1
        configuration.studies.sequences = .init(length: 2, count: 3)
        let run = try TrainingRun.create(
            folder.url.appending(path: "run"), configuration: configuration, threads: 1)
        let result = try Trainer(
            source: SimulatedTasks(test: 3), configuration: configuration
        ).train(into: run)
        let markdown = result.markdown
        #expect(markdown.contains("## Learned one after the other"))
        #expect(markdown.contains("| backward transfer |"))
        let csv = try String(
            contentsOf: run.folder.appending(path: "sequences.csv"), encoding: .utf8)
        // Three methods, three sequences, one and two rows.
        #expect(csv.split(separator: "\n").count == 1 + 3 * 3 * 3)
        #expect(csv == result.sequences?.csv)
    }

    @Test("heads that are fitted in closed form keep nothing and have no sequences")
    func closedForm() throws {
        var configuration = TrainingConfiguration.small
        configuration.learner = PrototypicalNetwork()
        configuration.metaEpochs = 1
        configuration.studies.sequences = .init(length: 2, count: 1)
        let result = try Trainer(
            source: SimulatedTasks(), configuration: configuration
        ).train()
        #expect(result.sequences?.columns.map(\.method).contains(.meta) == false)
    }
}
