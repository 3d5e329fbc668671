public import MetaLearning

extension ArrayCollection {
    /// The episodes that training settings ask for.
    ///
    /// Training ids name places of a meta-epoch that are drawn anew in each round; what is scored is
    /// always the same, by the seed of `few_shot`.
    ///
    /// - Parameter configuration: The settings.
    /// - Returns: N-way K-shot episodes of classes, or the tasks of a regression.
    /// - Throws: ``ArrayError`` when the settings do not fit the collection.
    public func episodes(
        by configuration: TrainingConfiguration
    ) throws(ArrayError) -> any EpisodeSource {
        guard !manifest.isRegression else { return try RegressionEpisodes(self, configuration) }
        guard let settings = configuration.fewShot else {
            throw ArrayError(
                .missing("few_shot", known: []), at: "the training settings",
                hint:
                    "\(manifest.name) has \(manifest.classes.count) classes, of which episodes are "
                    + "drawn: write for example few_shot: {ways: 5, shots: 1, queries: 15}")
        }
        return try ArrayEpisodes(self, configuration, settings)
    }

    /// The tasks of a regression's split as arrays, for ``MetaLearning/MAML``: their support is as many
    /// of the first rows as the collection says, and rows are scaled as in training.
    ///
    /// - Parameter split: Which tasks.
    /// - Returns: The tasks in the manifest's order.
    /// - Throws: ``ArrayError`` when the collection has classes, or cannot be read.
    public func tasks(in split: EpisodeSplit) throws -> [ArrayTask] {
        guard manifest.isRegression else {
            throw ArrayError(
                .invalid(expected: "tasks of a regression", found: "classes"), at: manifest.name,
                hint: "draw episodes of the classes with episodes(by:)")
        }
        let source = try RegressionEpisodes(self, TrainingConfiguration())
        return try source.ids(in: split).map { ArrayTask(try source.episode($0)) }
    }
}
