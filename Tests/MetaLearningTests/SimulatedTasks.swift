import MetaLearning
import SeededRandom
import Synchronization

/// Small tasks that look like a laboratory's: three classes on four channels, each person with
/// gains of their own.
struct SimulatedTasks: EpisodeSource {
    struct Failure: Error, Equatable {}

    let classNames = ["relax", "open", "close"]
    let channelCount = 4
    let windowLength = 6
    private let base: EpisodesInMemory
    private let reads: Reads
    private let readLimit: Int

    private final class Reads: Sendable {
        let ids = Mutex<[String]>([])
    }

    /// Makes tasks.
    ///
    /// - Parameters:
    ///   - train: How many training tasks.
    ///   - validation: How many validation tasks.
    ///   - test: How many test tasks.
    ///   - readLimit: How many tasks can be read before the source fails.
    /// - Throws: When a task cannot be made.
    init(train: Int = 5, validation: Int = 2, test: Int = 2, readLimit: Int = .max) throws {
        func tasks(_ prefix: String, _ count: Int) throws -> [Episode] {
            try (0..<count).map { try Self.task("\(prefix)\($0)") }
        }
        base = try EpisodesInMemory(
            classNames: classNames, train: tasks("train", train),
            validation: tasks("validation", validation), test: tasks("test", test))
        reads = Reads()
        self.readLimit = readLimit
    }

    /// The ids that were read, in order.
    var readIDs: [String] { reads.ids.withLock { $0 } }

    func ids(in split: EpisodeSplit) -> [String] { base.ids(in: split) }

    func episode(_ id: String) throws -> Episode {
        let count = reads.ids.withLock { ids in
            ids.append(id)
            return ids.count
        }
        guard count <= readLimit else { throw Failure() }
        return try base.episode(id)
    }

    private static func task(_ id: String) throws -> Episode {
        var generator = SeededGenerator(seed: 3, stream: id)
        let gains = (0..<4).map { _ in Float(0.5 + generator.uniform()) }
        let run = 24
        let sequence: [UInt8] = [0, 1, 0, 2, 0, 1, 2, 0]
        var signal: [Float] = []
        var labels: [UInt8] = []
        for label in sequence {
            for _ in 0..<run {
                for channel in 0..<4 {
                    let active = (label == 1 && channel < 2) || (label == 2 && channel >= 2)
                    let level: Float = active ? 1.2 : -0.4
                    signal.append(gains[channel] * level + 0.4 * Float(generator.nearlyNormal()))
                }
                labels.append(label)
            }
        }
        func windows(_ range: Range<Int>, stride: Int) throws -> WindowSet {
            let starts = Array(
                Swift.stride(from: range.lowerBound, to: range.upperBound - 6, by: stride))
            return try WindowSet(
                signal: signal, channelCount: 4, windowLength: 6, starts: starts,
                labels: starts.map { labels[$0 + 5] })
        }
        return try Episode(
            id: id, support: windows(0..<96, stride: 3), query: windows(102..<192, stride: 2))
    }
}

extension TrainingConfiguration {
    /// Small enough for a test.
    static var small: TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.model = DNN(hidden: [12, 8])
        configuration.inner.learningRate = 0.01
        configuration.inner.epochs = 2
        configuration.inner.batchSize = 8
        configuration.outer.learningRate = 0.01
        configuration.metaEpochs = 3
        configuration.tasksPerStep = 3
        configuration.baselines.pretrained?.epochs = 2
        configuration.baselines.pretrained?.learningRate = 0.01
        configuration.threads = 2
        return configuration
    }
}
