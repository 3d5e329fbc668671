import EMGArchive
import MetaLearning

/// A prior over people's class means in log amplitude, learned on a collection's training tasks
/// and adapted to a task's support in closed form.
struct PriorClassifier: SupportClassifier {
    /// What it is called in tables.
    var method: Method { .prior }
    private let amplitudes: WindowAmplitudes
    private let features: LogAmplitude
    private let prior: LearnedPrior

    /// Learns a prior.
    ///
    /// The tasks of one patient are occasions of one person; support and query of training tasks
    /// are both learned from.
    ///
    /// - Parameters:
    ///   - settings: How the prior is learned.
    ///   - manifest: The collection's manifest.
    ///   - tasks: The collection's tasks.
    /// - Returns: The classifier.
    /// - Throws: ``MetaLearningError`` for fewer than two training people with all classes, or
    ///   what the source throws.
    static func learn(
        _ settings: TrainingConfiguration.Baselines.Prior, from manifest: CollectionManifest,
        tasks: any EpisodeSource
    ) throws -> PriorClassifier {
        let amplitudes = WindowAmplitudes(manifest)
        let patients = manifest.patients
        var order: [String] = []
        var people: [String: [(rows: [Double], labels: [UInt8])]] = [:]
        for id in tasks.ids(in: .train) {
            let task = try tasks.episode(id)
            let patient = patients[id] ?? id
            if people[patient] == nil { order.append(patient) }
            people[patient, default: []].append(
                (
                    amplitudes.rows(of: task.support, in: id)
                        + amplitudes.rows(of: task.query, in: id),
                    task.support.labels + task.query.labels
                ))
        }
        let occasions = order.map { people[$0] ?? [] }
        let width = tasks.channelCount
        let features = LogAmplitude.fit(
            occasions.map { $0.flatMap(\.rows) }, channels: width)
        let prior = try LearnedPrior.fit(
            occasions.map { person in
                person.map { ClassRows(features($0.rows), labels: $0.labels, width: width) }
            }, classCount: manifest.classes.count,
            turns: settings.turns == .ring && width > 1 ? .ring(channels: width) : .none,
            settings: LearnedPrior.Settings(settings))
        return PriorClassifier(amplitudes: amplitudes, features: features, prior: prior)
    }

    /// Adapts to the support and predicts the query's classes.
    ///
    /// - Parameter task: The task.
    /// - Returns: A class for each query window.
    func predictions(for task: Episode) -> [UInt8] {
        let support = ClassRows(
            features(amplitudes.rows(of: task.support, in: task.id)), labels: task.support.labels,
            width: prior.width)
        return prior.adapted(to: support).predictions(
            features(amplitudes.rows(of: task.query, in: task.id)))
    }
}

extension LearnedPrior.Settings {
    /// As a configuration has it.
    init(_ settings: TrainingConfiguration.Baselines.Prior) {
        self.init()
        shrinkage = settings.shrinkage
        mixesTurns = settings.mixesTurns
        noiseByClass = settings.noiseByClass
    }
}
