package import EMGArchive
package import MetaLearning

extension TrainingConfiguration {
    /// What is compared on a collection's test tasks and is no model.
    ///
    /// - Parameters:
    ///   - manifest: The collection's manifest.
    ///   - tasks: Its tasks, of which those for training may be learned from.
    /// - Returns: The discriminant, when it is wanted and windows are long enough for features;
    ///   the prior, when it is wanted.
    /// - Throws: ``MetaLearningError`` when a prior cannot be learned, or what the source throws.
    package func classifiers(
        for manifest: CollectionManifest, tasks: any EpisodeSource
    ) throws -> [any SupportClassifier] {
        // There is nothing to distinguish without classes, or when targets are learned.
        guard manifest.targets == nil, !manifest.classes.isEmpty else { return [] }
        var classifiers: [any SupportClassifier] = []
        if baselines.lda, let discriminant = TimeDomainDiscriminant(manifest) {
            classifiers.append(discriminant)
        }
        if let prior = baselines.prior {
            guard fewShot == nil else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "classes by their names", found: "classes numbered anew"),
                    at: "baselines.prior",
                    hint: "a prior knows each class: leave it out with few_shot")
            }
            classifiers.append(try PriorClassifier.learn(prior, from: manifest, tasks: tasks))
        }
        return classifiers
    }
}
