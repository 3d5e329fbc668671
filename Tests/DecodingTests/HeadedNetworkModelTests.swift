import Autodiff
import Decoding
import Documents
import Foundation
import MetaLearning
import Testing

@Suite("Networks with closed-form heads as decoders")
struct HeadedNetworkModelTests {
    /// What a model decides about windows that lie in a signal.
    private static func probabilities(
        _ model: any DecoderModel, of windows: WindowSet
    ) -> [[Double]] {
        var scorer = model.makeScorer()
        return windows.starts.map { start in
            var result = [Double](repeating: 0, count: model.classCount)
            var span = result.mutableSpan
            let first = start * windows.channelCount
            scorer.score(
                windows.signal.span.extracting(first..<first + windows.windowWidth), into: &span)
            return result
        }
    }

    private static func checkpoint(
        _ sample: SampleDecoder, _ learner: any HeadLearner
    ) throws -> ModelCheckpoint {
        try ModelCheckpoint(
            model: sample.model,
            parameters: sample.headedNetwork(learner).initialParameters(seed: 3),
            classNames: SampleDecoder.classes, channelCount: sample.channelCount,
            windowLength: sample.windowLength, learner: learner)
    }

    @Test(arguments: SampleDecoder.headed)
    func `an adapted decoder decides about a query as evaluation in training does`(
        sample: SampleDecoder
    ) throws {
        let learner = try #require(sample.learner)
        let tasks = try (2..<5).map(sample.task)
        var configuration = TrainingConfiguration()
        configuration.learner = learner
        let column = try CheckpointEvaluation(
            Self.checkpoint(sample, learner),
            source: EpisodesInMemory(classNames: SampleDecoder.classes, train: tasks),
            configuration: configuration
        ).column(on: tasks.map(\.id))
        let model = try #require(try sample.bundle.model as? any AdaptableModel)
        for (task, score) in zip(tasks, column.scores) {
            let adapted = try model.adapted(to: task.support, by: nil, id: task.id)
            let rows = Self.probabilities(adapted, of: task.query)
            let decided = rows.map { row in UInt8(row.firstIndex(of: row.max() ?? 0) ?? 9) }
            #expect(decided == score.predictions)
            let right = zip(decided, task.query.labels).count { $0 == $1 }
            #expect(Double(right) / Double(rows.count) == score.accuracy)
            let losses = zip(rows, task.query.labels).map { -log($0[Int($1)]) }
            let loss = losses.reduce(0, +) / Double(losses.count)
            #expect(abs(loss - score.loss) < 1e-3 * max(1, loss), "\(loss), \(score.loss)")
        }
    }

    @Test(arguments: SampleDecoder.headed.prefix(3))
    func `before a support it is adapted to the windows of all training people`(
        sample: SampleDecoder
    ) throws {
        let tasks = try (0..<2).map(sample.task)
        let parts = tasks.flatMap { [$0.support, $0.query] }
        var (signal, starts): ([Float], [Int]) = ([], [])
        for part in parts {
            starts += part.starts.map { $0 + signal.count / sample.channelCount }
            signal += part.signal
        }
        let all = try WindowSet(
            signal: signal, channelCount: sample.channelCount, windowLength: sample.windowLength,
            starts: starts, labels: parts.flatMap(\.labels))
        let bundle = try sample.bundle
        var adapted = bundle
        adapted.model = try #require(bundle.model as? any AdaptableModel)
            .adapted(to: all, by: nil, id: "all")
        #expect(adapted.sha256 == bundle.sha256)
    }

    @Test(arguments: [TrainingConfiguration.Baselines.Prior.Turns.none, .ring])
    func `before a support the posterior is the prior`(
        turns: TrainingConfiguration.Baselines.Prior.Turns
    ) throws {
        var learner = PosteriorFeatures()
        (learner.turns, learner.shrinkage) = (turns, 0.3)
        let sample = SampleDecoder("prior", learner: learner)
        let network = try sample.headedNetwork(learner)
        let tasks = try (0..<6).map(sample.task)
        // The network's last layer is 0 at first: features are log amplitudes.
        let values = try network.started(
            network.initialParameters(seed: 3).values,
            on: tasks.map { try TaskSamples($0, for: network) })
        let model = try HeadedNetworkModel(
            sample.model, learner: learner, network: network, values: values, people: [],
            form: WindowForm(channelCount: 3, windowLength: 40, classCount: 3))

        let amplitudes = tasks.map {
            $0.support.meanAmplitudes() + $0.query.meanAmplitudes()
        }
        let logarithm = LogAmplitude.fit(amplitudes, channels: 3)
        var settings = LearnedPrior.Settings()
        (settings.shrinkage, settings.mixesTurns) = (0.3, true)
        let prior = try LearnedPrior.fit(
            zip(amplitudes, tasks).map {
                [
                    ClassRows(
                        logarithm($0), labels: $1.support.labels + $1.query.labels, width: 3)
                ]
            }, classCount: 3, turns: turns == .ring ? .ring(channels: 3) : .none,
            settings: settings)
        let classifier = prior.adapted(to: ClassRows(width: 3))
        let windows = try sample.somebody(8)
        let rows = logarithm(windows.meanAmplitudes())
        for (place, found) in Self.probabilities(model, of: windows).enumerated() {
            let expected = classifier.probabilities(
                of: Array(rows[place * 3..<(place + 1) * 3]))
            for label in 0..<3 { #expect(abs(found[label] - expected[label]) < 1e-3) }
        }
    }

    @Test func `a file whose learner has no head, or without what the head made, is refused`()
        throws
    {
        let bundle = try SampleDecoder.headed[0].bundle
        func message(_ change: (inout Safetensors) throws -> Void) throws -> String {
            var file = bundle.tensors
            try change(&file)
            do {
                _ = try DecoderBundle(file, name: "x.myodec")
                return "nothing was refused"
            } catch { return "\(error)" }
        }
        func replacing(_ good: String, by bad: String) throws -> String {
            try message { file in
                let text = try #require(file.metadata["decoder"])
                let place = try #require(text.range(of: good), "\(text)")
                file.metadata["decoder"] = text.replacingCharacters(in: place, with: bad)
            }
        }
        #expect(
            try replacing(#""name":"prototypes""#, by: #""name":"reptile""#)
                .contains("learner"))
        #expect(
            try message { $0.remove("fit.means") }.contains("fit.means"))
        #expect(
            try message {
                $0.set(
                    "fit.means",
                    to: Tensor<Float>(shape: [3, 4], elements: Array(repeating: 0, count: 12)))
            }.contains("shape"))
        #expect(
            try message {
                $0.set("fit.lengths", to: Tensor<Float>(shape: [3], elements: [0, .nan, 0]))
            }
            .contains("fit.lengths"))
        #expect(try replacing(#""features":5"#, by: #""features":65536"#).contains("shape"))
    }

    @Test func `a prior over more than can be learned is refused before memory is taken`() {
        var learner = PosteriorFeatures(); learner.base = .none
        learner.features = 65_536
        #expect {
            _ = try learner.network(DNN(), channelCount: 8, windowLength: 40, classCount: 200)
        } throws: { "\($0)".contains("at most 4096 numbers of all class means") }
        learner.base = .logAmplitude
        learner.turns = .ring
        #expect {
            _ = try learner.network(DNN(), channelCount: 1_000, windowLength: 40, classCount: 4)
        } throws: { "\($0)".contains("2 to 256 channels") }
    }
}
