import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Regression of targets")
struct RegressionTests {
    /// Two targets that are sums over a window of one channel, times a person's gain.
    private static func task(_ id: String) throws -> Episode {
        var generator = SeededGenerator(seed: 9, stream: id)
        let gains = (0..<2).map { _ in Float(0.8 + 0.4 * generator.uniform()) }
        let signal = (0..<200 * 2).map { _ in Float(generator.nearlyNormal()) }
        func windows(_ range: Range<Int>) throws -> WindowSet {
            let starts = Array(stride(from: range.lowerBound, to: range.upperBound - 5, by: 2))
            var targets: [Float] = []
            for start in starts {
                for channel in 0..<2 {
                    var sum: Float = 0
                    for sample in start..<start + 5 { sum += signal[sample * 2 + channel] }
                    targets.append(gains[channel] * sum / 2)
                }
            }
            return try WindowSet(
                signal: signal, channelCount: 2, windowLength: 5, starts: starts,
                labels: starts.map { _ in 0 }, targets: targets)
        }
        return try Episode(id: id, support: windows(0..<80), query: windows(90..<200))
    }

    private static func source() throws -> EpisodesInMemory {
        try EpisodesInMemory(
            classNames: [], targetNames: ["flexion", "rotation"],
            train: ["a", "b", "c", "d"].map(task), validation: [task("v")],
            test: [task("x"), task("y")])
    }

    @Test(
        "targets are learned, and scored by error and R²",
        arguments: [
            SecondOrderMAML(), FirstOrderMAML(), Reptile(), ImplicitMAML(), ANIL(), MetaSGD(),
        ] as [any MetaLearner])
    func learns(learner: any MetaLearner) throws {
        let folder = try TemporaryFolder()
        var configuration = TrainingConfiguration.small
        configuration.learner = learner
        configuration.metaEpochs = 25
        let place = folder.url.appending(path: "run")
        let run = try TrainingRun.create(place, configuration: configuration, threads: 1)
        let result = try Trainer(source: Self.source(), configuration: configuration)
            .train(into: run)
        #expect(result.isRegression)
        let meta = try #require(result.columns.last)
        for score in meta.scores {
            let regression = try #require(score.regression)
            #expect(regression.determinations.count == 2)
            #expect(abs(score.accuracy - regression.determination) < 1e-12)
            #expect(regression.determination > 0.5)
            #expect(regression.squaredError < 0.7)
        }
        let text = try String(
            contentsOf: place.appending(path: "regression.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "task,method,mse,r2,r2_0,r2_1")
        #expect(lines.count == 1 + 2 * 3)
        #expect(
            try String(contentsOf: place.appending(path: "results.md"), encoding: .utf8)
                .contains("# R² on test tasks"))
        let checkpoint = try ModelCheckpoint(
            contentsOf: place.appending(path: "checkpoints/best.safetensors"))
        #expect(checkpoint.classNames == ["flexion", "rotation"])
    }

    @Test("the error and R² of an untrained model are those of its outputs")
    func scores() throws {
        // Without fine-tuning the outputs of the random model can be had by themselves.
        var configuration = TrainingConfiguration.small
        configuration.metaEpochs = 1
        configuration.baselines.pretrained = nil
        configuration.studies.convergence = [0]
        let source = try Self.source()
        let trainer = try Trainer(source: source, configuration: configuration)
        let result = try trainer.train()
        let table = try #require(result.fineTuning.first)
        let column = try #require(table.columns.first { $0.method == .random })
        let parameters: Parameters<Float> = trainer.network.initialParameters(
            seed: configuration.seed)
        var objective = Objective<Float>(trainer.network, loss: .meanSquaredError)
        for score in column.scores {
            let query = try source.episode(score.id).query
            objective.load(
                LabeledSamples<Float>(query, layout: trainer.network.layout),
                Array(0..<query.count)[...],
                weighedBy: Minibatches(sampleCount: query.count, size: query.count))
            _ = objective.run(parameters: parameters.values)
            let outputs = objective.logits.map(Double.init)
            var determinations: [Double] = []
            var total = 0.0
            for output in 0..<2 {
                let targets = (0..<query.count).map { Double(query.targets[$0 * 2 + output]) }
                let mean = targets.reduce(0, +) / Double(targets.count)
                var (error, spread) = (0.0, 0.0)
                for (index, target) in targets.enumerated() {
                    let miss = target - outputs[index * 2 + output]
                    error += miss * miss
                    spread += (target - mean) * (target - mean)
                }
                total += error
                determinations.append(1 - error / spread)
            }
            let regression = try #require(score.regression)
            #expect(abs(regression.squaredError - total / Double(2 * query.count)) < 1e-5)
            for (one, other) in zip(regression.determinations, determinations) {
                #expect(abs(one - other) < 1e-4)
            }
        }
    }

    @Test("targets that do not fit the windows are refused")
    func faults() throws {
        #expect(throws: MetaLearningError.self) {
            try WindowSet(
                signal: [0, 1, 2, 3], channelCount: 1, windowLength: 2, starts: [0, 1],
                labels: [0, 0], targets: [1, 2, 3])
        }
        #expect(throws: MetaLearningError.self) {
            try EpisodesInMemory(
                classNames: ["a"], targetNames: ["flexion"], train: [Self.task("a")])
        }
        let none = #expect(throws: MetaLearningError.self) {
            let tasks = try SimulatedTasks()
            let source = try EpisodesInMemory(
                classNames: [], targetNames: ["none"], train: [tasks.episode("train0")])
            _ = try Trainer(source: source, configuration: .small)
        }
        #expect(none != nil)
    }
}
