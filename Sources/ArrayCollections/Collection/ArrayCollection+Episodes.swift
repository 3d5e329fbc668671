package import MetaLearning

extension ArrayCollection {
    /// The episodes that training settings ask for.
    ///
    /// - Parameter configuration: The settings.
    /// - Returns: N-way K-shot episodes of classes, or the tasks of a regression.
    /// - Throws: ``ArrayError`` when the settings do not fit the collection.
    package func episodes(
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
}
