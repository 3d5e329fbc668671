private import ArrayCollections
private import Documents
private import EMGArchive
package import EMGEpisodes
package import MetaLearning

extension LearningCollection {
    /// Checks that a model knows the input of the collection, and what of it the model has seen.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - name: The model's file, for messages.
    ///   - source: The tasks.
    ///   - splits: The splits that it is to be scored on.
    ///   - ids: The tasks of those.
    ///   - allowsSeen: Whether tasks that it has seen are scored all the same.
    /// - Returns: What a reader of the scores must know.
    /// - Throws: When the input is another one, what it would be scored on was seen, or what the
    ///   model says of its input is damaged.
    package func check(
        _ model: ModelCheckpoint, at name: String, on source: any EpisodeSource,
        splits: [EpisodeSplit], tasks ids: [String], allowsSeen: Bool
    ) throws -> InputCheck {
        let isOfArrays = model.inputDescription.map(ArrayInput.isOne)
        switch self {
        case .recordings(let file):
            guard isOfArrays != true else {
                throw MetaLearningError(
                    .incompatible(expected: "windows of recordings", found: "labeled arrays"),
                    at: name, hint: "evaluate it on a collection made by \"myotask arrays\"")
            }
            return try InputCheck(
                model, at: name, on: file.manifest, tasks: ids, allowsSeen: allowsSeen)
        case .arrays(let collection):
            guard isOfArrays != false else {
                throw MetaLearningError(
                    .incompatible(expected: "labeled arrays", found: "windows of recordings"),
                    at: name, hint: "evaluate it on a collection made by \"myotask build\"")
            }
            return InputCheck(
                warnings: try Self.warnings(
                    model, at: name, on: collection,
                    members: splits.flatMap { split in
                        (source as? ArrayEpisodes)?.members(in: split)
                            ?? collection.manifest.tasks.filter { $0.split == split }
                    }, allowsSeen: allowsSeen))
        }
    }

    private static func warnings(
        _ model: ModelCheckpoint, at name: String, on collection: ArrayCollection,
        members: [ArrayMember], allowsSeen: Bool
    ) throws -> [String] {
        guard let json = model.inputDescription else {
            return [
                "\(name): nothing in it says what it was made for, so the samples' form, their "
                    + "normalization and which classes it was trained on could not be checked"
            ]
        }
        let input: ArrayInput
        do throws(DocumentError) {
            input = try ArrayInput(json: json)
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "a description of the model's input", found: "\(error)",
                    byteOffset: 8), at: name,
                hint: "write the checkpoint's metadata again as it was")
        }
        if let (expected, found) = input.differences(from: collection.manifest).first {
            throw MetaLearningError(
                .incompatible(expected: found, found: expected), at: name,
                hint:
                    "evaluate on a collection that was built like \(input.collection), or build this "
                    + "one with the same settings")
        }
        let seen = input.seen(among: members)
        guard let first = seen.first else { return [] }
        let error = ArrayError(
            .seen(first.names, how: first.how), at: name,
            hint:
                "score classes that the model has not seen with --split or another collection, or "
                + "add --allow-seen")
        guard allowsSeen else { throw error }
        return [
            "\(error.description.split(separator: "\n").first ?? ""); its scores are no estimate for "
                + "new classes"
        ]
    }
}
