package import EMGArchive
package import MetaLearning

/// Whether a model knows the input of a collection, and whom of it the model has seen.
package struct InputCheck: Sendable, Hashable {
    /// What a reader of the scores must know.
    package let warnings: [String]
    /// The tasks that the model has seen, when that is allowed.
    package let seen: [SeenTask]

    /// What was found by other means; no task was seen.
    package init(warnings: [String]) {
        self.warnings = warnings
        seen = []
    }

    /// Checks a model against a collection.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - name: The model's file, for messages.
    ///   - manifest: The manifest of the collection it is to be scored on.
    ///   - ids: The tasks it is to be scored on.
    ///   - allowsSeen: Whether tasks that it has seen are scored all the same.
    /// - Throws: ``InputError`` when the input is another one or a task was seen;
    ///   `MetaLearningError` when what the model says of its input is damaged.
    package init(
        _ model: ModelCheckpoint, at name: String, on manifest: CollectionManifest,
        tasks ids: [String], allowsSeen: Bool
    ) throws {
        guard let input = try model.input(at: name) else {
            warnings = [
                "\(name): nothing in it says what it was made for, so channels and their order, "
                    + "units, rate, conditioning, normalization and whom it was trained on could "
                    + "not be checked; its outputs are taken as "
                    + model.classNames.joined(separator: ", ")
            ]
            seen = []
            return
        }
        let differences = input.differences(from: InputDescription(manifest))
        let fatal = differences.filter(\.isFatal)
        guard fatal.isEmpty else { throw InputError(.differs(fatal), at: name) }
        let found = Dictionary(
            input.seenTasks(ids.map(FewShotEpisodes.task), of: manifest).map {
                ($0.id, $0.extent)
            }, uniquingKeysWith: { first, _ in first })
        let seen = ids.compactMap { id in
            found[FewShotEpisodes.task(of: id)].map { SeenTask(id: id, extent: $0) }
        }
        guard seen.isEmpty || allowsSeen else { throw InputError(.seen(seen), at: name) }
        warnings = differences.map { "\(name): \($0)\n  hint: \($0.hint)" }
        self.seen = seen
    }
}
