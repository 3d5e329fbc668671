internal import TaskDraws

/// A source whose tasks are varied as the training settings say: tasks that are scored always in the
/// same way, training tasks anew in each round.
struct VariedEpisodes: CheckedEpisodes {
    private let base: any EpisodeSource
    private let settings: TrainingConfiguration.Variation
    private let trainingSeed: UInt64
    private let trained: Set<String>

    /// A source varied by settings; itself when they vary nothing.
    ///
    /// - Parameters:
    ///   - base: Where tasks come from.
    ///   - configuration: The settings.
    ///   - trains: Whether training tasks are trained on: those have a draw in each round only.
    /// - Returns: The source.
    static func varying(
        _ base: any EpisodeSource, by configuration: TrainingConfiguration, trains: Bool
    ) -> any EpisodeSource {
        configuration.variation.isEmpty
            ? base
            : VariedEpisodes(
                base: base, settings: configuration.variation, trainingSeed: configuration.seed,
                trained: trains ? Set(base.ids(in: .train)) : [])
    }

    private init(
        base: any EpisodeSource, settings: TrainingConfiguration.Variation, trainingSeed: UInt64,
        trained: Set<String>
    ) {
        self.base = base
        self.settings = settings
        self.trainingSeed = trainingSeed
        self.trained = trained
    }

    var classNames: [String] { base.classNames }
    var knownClassNames: [String] { base.knownClassNames }
    var channelCount: Int { base.channelCount }
    var windowLength: Int { base.windowLength }
    var targetNames: [String] { base.targetNames }
    var electrodeGrid: (rows: Int, columns: Int)? { base.electrodeGrid }
    var imageExtent: (rows: Int, columns: Int)? { base.imageExtent }
    var drawsEpisodes: Bool { base.drawsEpisodes }
    var variation: (any WindowVariation)? { base.variation }
    var inputDescription: String? { base.inputDescription }

    func windowCounts(of id: String) -> (support: Int, query: Int)? { base.windowCounts(of: id) }
    func prefetch(_ ids: [String]) { base.prefetch(ids) }
    func takeChecked() -> [String] { (base as? any CheckedEpisodes)?.takeChecked() ?? [] }
    func trust(_ names: [String]) { (base as? any CheckedEpisodes)?.trust(names) }

    func ids(in split: EpisodeSplit) -> [String] { base.ids(in: split) }
    func group(of id: String) -> String { base.group(of: id) }

    func episode(_ id: String) throws -> Episode {
        let episode = try base.episode(id)
        guard !trained.contains(id) else { return episode }
        return try varied(episode, by: settings.evaluation, round: "")
    }

    func episode(_ id: String, in round: EpisodeRound) throws -> Episode {
        try varied(
            try base.episode(id, in: round), by: settings.train,
            round: settings.redraws
                ? "\(round.name) of seed \(trainingSeed)" : "training, seed \(trainingSeed)",
            variesClasses: round.variesClasses)
    }

    private func varied(
        _ episode: Episode, by steps: [TaskVariationStep], round: String,
        variesClasses: Bool = true
    ) throws(MetaLearningError) -> Episode {
        let shape = TaskShape(
            channelCount: channelCount, columnCount: electrodeGrid?.columns,
            classCount: targetNames.isEmpty ? classNames.count : 0,
            supportLabels: episode.support.labels)
        let draw = steps.draw(of: shape, id: episode.id, seed: settings.seed, round: round)
        return try episode.varied(
            by: variesClasses ? draw : draw.ofChannels, columnCount: shape.columnCount)
    }
}
