import Autodiff
import Documents
import Foundation
import MetaLearning
import TaskDraws
import TestSupport
import Testing

@Suite("Training on tasks that are varied as a whole")
struct TaskVariationTrainingTests {
    /// Tells a window by the support window that is nearest to it; with the labels of the support.
    private struct Nearest: SupportClassifier {
        let method = Method(rawValue: "nearest")

        func predictions(for task: Episode) -> [UInt8] {
            let shown = rows(of: task.support)
            return rows(of: task.query).map { row in
                let distances = shown.map { other in
                    zip(row, other).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                }
                let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
                return task.support.labels[nearest]
            }
        }

        private func rows(of windows: WindowSet) -> [[Float]] {
            windows.starts.indices.map { index in
                var row = [Float](repeating: 0, count: windows.windowWidth)
                windows.gather([index], as: .timeMajor, into: &row)
                return row
            }
        }
    }

    private static func configuration(
        train: [any TaskVariation] = [], evaluation: [any TaskVariation] = []
    ) -> TrainingConfiguration {
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 2
        configuration.variation.train = train.map { TaskVariationStep($0) }
        configuration.variation.evaluation = evaluation.map { TaskVariationStep($0) }
        return configuration
    }

    private static func checkpoints(
        of folder: URL
    ) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in ["checkpoints/best", "checkpoints/last", "checkpoints/resume"] {
            files[name] = try Data(contentsOf: folder.appending(path: "\(name).safetensors"))
        }
        files["results.md"] = try Data(contentsOf: folder.appending(path: "results.md"))
        return files
    }

    private static let everything: [any TaskVariation] = [
        BandRotation(isFractional: true), ChannelGains(range: 0.3), ChannelDropOut(channels: 0...1),
        ChannelSwap(pairs: 1...1), PermutedLabels(), MissingClasses(missing: 0...1),
        SupportSize(windows: 1...6),
    ]

    @Test(
        "a seed gives the same bytes on any number of threads and after a stop",
        arguments: [SecondOrderMAML(), FirstOrderMAML(), SequentialFirstOrderMAML()]
            as [any MetaLearner])
    func determinism(learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var configuration = Self.configuration(
            train: Self.everything, evaluation: Self.everything)
        configuration.learner = learner
        var runs: [[String: Data]] = []
        for (threads, budget) in [(1, 96), (2, 96), (3, 1)] {
            configuration.threads = threads
            configuration.trajectoryBudgetMiB = budget
            let place = folder.url.appending(path: "\(threads)-\(budget)")
            let run = try TrainingRun.create(place, configuration: configuration, threads: threads)
            _ = try Trainer(source: SimulatedTasks(), configuration: configuration).train(into: run)
            runs.append(try Self.checkpoints(of: place))
        }
        #expect(runs[1] == runs[0] && runs[2] == runs[0])
        let stopped = folder.url.appending(path: "stopped")
        let run = try TrainingRun.create(stopped, configuration: configuration, threads: 1)
        #expect(throws: SimulatedTasks.Failure.self) {
            _ = try Trainer(
                source: SimulatedTasks(readLimit: 12), configuration: configuration
            ).train(into: run)
        }
        let resumed = try TrainingRun.resume(stopped)
        _ = try Trainer(source: SimulatedTasks(), configuration: resumed.configuration())
            .train(into: resumed)
        #expect(try Self.checkpoints(of: stopped) == runs[0])
    }

    @Test("support and query of a task share its draw")
    func sharing() throws {
        let task = try SimulatedTasks().episode("test0")
        var draw = TaskDraw()
        draw.turn = 1
        draw.labels = [1, 2, 0]
        draw.support = [0, 4, 5]
        let varied = try task.varied(by: draw, columnCount: 4)
        #expect(varied.draw == draw)
        #expect(varied.support.starts == [0, 4, 5].map { task.support.starts[$0] })
        #expect(varied.query.starts == task.query.starts)
        for (own, other) in [(task.support, varied.support), (task.query, varied.query)] {
            for sample in [0, 17, 190] {
                for channel in 0..<4 {
                    #expect(
                        other.signal[sample * 4 + channel]
                            == own.signal[sample * 4 + (channel + 1) % 4])
                }
            }
        }
        #expect(varied.query.labels == task.query.labels.map { [1, 2, 0][Int($0)] })
        #expect(
            varied.support.labels == [0, 4, 5].map { [1, 2, 0][Int(task.support.labels[$0])] })
    }

    @Test("test draws are the same whatever trains, and however many tasks there are")
    func fixedTestDraws() throws {
        func draws(seed: UInt64, test: Int, train: [any TaskVariation]) throws -> [String: TaskDraw]
        {
            var configuration = Self.configuration(train: train, evaluation: Self.everything)
            configuration.metaEpochs = 1
            configuration.seed = seed
            let source = try SimulatedTasks(train: train.isEmpty ? 3 : 5, test: test)
            let result = try Trainer(source: source, configuration: configuration).train()
            for column in result.columns {
                #expect(column.scores.map(\.draw) == result.columns[0].scores.map(\.draw))
            }
            return Dictionary(
                uniqueKeysWithValues: result.columns[0].scores.map { ($0.id, $0.draw) })
        }
        let first = try draws(seed: 45, test: 2, train: [])
        let second = try draws(seed: 46, test: 4, train: Self.everything)
        #expect(first.count == 2 && second.count == 4)
        for (id, draw) in first {
            #expect(!draw.isIdentity && second[id] == draw)
        }
    }

    @Test(
        "permuted labels cost a method that reads the support nothing, and are told as the true classes"
    )
    func permutedLabels() throws {
        let configuration = Self.configuration(evaluation: [PermutedLabels()])
        func column(_ configuration: TrainingConfiguration) throws -> TrainingResult.Column {
            let result = try Trainer(
                source: SimulatedTasks(test: 4), configuration: configuration,
                classifiers: [Nearest()]
            ).train()
            return try #require(result.columns.first { $0.method.rawValue == "nearest" })
        }
        let plain = try column(Self.configuration())
        let permuted = try column(configuration)
        #expect(
            permuted.scores.contains { !$0.draw.labels.isEmpty && $0.draw.labels != [0, 1, 2] })
        #expect(permuted.scores.map(\.predictions) == plain.scores.map(\.predictions))
        #expect(permuted.scores.map(\.accuracy) == plain.scores.map(\.accuracy))
    }

    @Test("a class that the support does not show is evaluated all the same")
    func missingClasses() throws {
        let configuration = Self.configuration(evaluation: [MissingClasses(shown: 1...1)])
        let result = try Trainer(
            source: SimulatedTasks(test: 3), configuration: configuration, classifiers: [Nearest()]
        ).train()
        let column = try #require(result.columns.first { $0.method.rawValue == "nearest" })
        for score in column.scores {
            // The support shows one class: the nearest window is always of it.
            #expect(score.draw.missing.count == 2 && Set(score.predictions).count == 1)
            let query = try SimulatedTasks(test: 3).episode(score.id).query
            #expect(score.predictions.count == query.count)
        }
    }

    @Test("training tasks are drawn anew in each step, or once when that is asked for")
    func redrawing() throws {
        func parameters(_ change: (inout TrainingConfiguration) -> Void) throws -> [Float] {
            var configuration = Self.configuration(train: [BandRotation()])
            change(&configuration)
            return try Trainer(source: SimulatedTasks(), configuration: configuration).train()
                .lastParameters.values
        }
        let anew = try parameters { _ in }
        let once = try parameters { $0.variation.redraws = false }
        let none = try parameters { $0.variation = .init() }
        let other = try parameters { $0.variation.seed = 1 }
        #expect(Set([anew, once, none, other]).count == 4)
    }

    @Test("settings of variations are read, written back and part of a run's identity")
    func settings() throws {
        let plain = TrainingConfiguration()
        #expect(!plain.document.json(.compact).contains("variation\""))
        let document = try Document(
            yaml: """
                variation:
                  train: [{kind: rotation}, {kind: support_size, windows: [1, 5]}]
                  evaluation: [{kind: rotation, per: person}, {kind: missing_classes, shown: 1}]
                  redraw: false
                  seed: 9
                """.utf8, name: "settings")
        let read = try TrainingConfiguration(document.cursor)
        #expect(read.variation.train.count == 2 && read.variation.evaluation.count == 2)
        #expect(!read.variation.redraws && read.variation.seed == 9)
        let again = try Document(json: read.document.json(.compact).utf8, name: "again")
        #expect(try TrainingConfiguration(again.cursor) == read)
        #expect(read != plain && read.identity != plain.identity)
    }

    @Test("a run says what was varied")
    func notes() throws {
        let configuration = Self.configuration(
            train: [BandRotation(), SupportSize(windows: 1...5)], evaluation: [BandRotation()])
        let result = try Trainer(source: SimulatedTasks(), configuration: configuration).train()
        #expect(
            result.notes.contains(
                "Tasks were varied: training tasks: rotation, support_size (drawn anew each time); "
                    + "validation and test tasks: rotation (seed 45)."))
    }
}
