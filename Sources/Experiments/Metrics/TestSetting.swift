package import ArrayCollections
package import Documents
package import EMGArchive
private import EMGEpisodes
private import EMGSignal
private import Foundation
package import MetaLearning
package import TaskDraws

/// What must be known of a collection to make sense of predictions without it: `test-tasks.json`.
package struct TestSetting: Sendable, Hashable {
    /// A task that was tested on.
    package struct Member: Sendable, Hashable {
        /// Its id, `patient/session/condition[-run]`.
        package let id: String
        /// The person.
        package let patient: String
        /// What was different about the recording.
        package let condition: String
        /// How the task was varied when it was tested.
        package var draw = TaskDraw()
        /// The methods whose fine-tuning diverged on it.
        package var diverged: [Method] = []
    }

    /// What the member `format` says.
    package static let format = "myotask.test-tasks"
    /// The collection's name.
    package let collection: String
    /// The classes in the order of their labels.
    package let classes: [String]
    /// Samples a second.
    package let samplingRate: Double
    /// Samples of a window.
    package let windowLength: Int
    /// Samples from one window to the next.
    package let windowStride: Int
    /// Whether the tasks are independent episodes and not of people: windows are in no order of
    /// time then, and means are over episodes.
    package let hasEpisodes: Bool
    /// The test tasks, in the order of the predictions.
    package private(set) var tasks: [Member]

    /// What a collection says of tasks.
    ///
    /// - Parameters:
    ///   - manifest: The collection's manifest.
    ///   - ids: Tasks of the collection; others are left out.
    package init(_ manifest: CollectionManifest, tasks ids: [String]) {
        collection = manifest.name
        classes = manifest.classes
        samplingRate = manifest.samplingRate.hertz
        windowLength = manifest.window.length
        windowStride = manifest.window.stride
        hasEpisodes = false
        let entries = Dictionary(
            manifest.tasks.map { ($0.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
        tasks = ids.compactMap { id in
            entries[FewShotEpisodes.task(of: id)].map {
                Member(id: id, patient: $0.patient, condition: $0.condition)
            }
        }
    }

    /// What a collection of labeled arrays says of episodes.
    ///
    /// - Parameters:
    ///   - manifest: The collection's manifest.
    ///   - source: Where the episodes come from.
    ///   - ids: Episodes, each a case of its own.
    package init(_ manifest: ArrayManifest, episodes source: any EpisodeSource, ids: [String]) {
        collection = manifest.name
        classes = source.classNames
        samplingRate = 1
        windowLength = source.windowLength
        windowStride = source.windowLength
        hasEpisodes = true
        tasks = ids.map { Member(id: $0, patient: $0, condition: source.group(of: $0)) }
    }

    /// The setting with what was drawn for each task, and which methods diverged on it.
    ///
    /// - Parameter columns: Methods with their scores on the tasks.
    /// - Returns: The setting.
    package func noting(_ columns: [TrainingResult.Column]) -> TestSetting {
        var setting = self
        let scores = columns.map { column in
            Dictionary(
                column.scores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
        for (index, task) in tasks.enumerated() {
            for (column, scores) in zip(columns, scores) {
                guard let score = scores[task.id] else { continue }
                setting.tasks[index].draw = score.draw
                if score.hasDiverged { setting.tasks[index].diverged.append(column.method) }
            }
        }
        return setting
    }

    /// Reads `test-tasks.json`.
    ///
    /// - Parameter cursor: The file's root.
    /// - Throws: `DocumentError` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "format", "format_version", "collection", "classes", "sampling_rate_hz", "window",
            "tasks", "episodes",
        ])
        _ = try object.required("format").choice([Self.format: true])
        _ = try object.required("format_version").integer(in: 1...1)
        collection = try object.required("collection").string()
        var names: [String] = []
        for cursor in try object.required("classes").array() { names.append(try cursor.string()) }
        guard (1...256).contains(names.count) else {
            throw cursor.error(expected: "1 to 256 classes", found: "\(names.count)")
        }
        classes = names
        samplingRate = try object.required("sampling_rate_hz").number(in: 1e-3...1e6)
        let window = try object.required("window").object(allowing: ["length", "stride"])
        windowLength = try window.required("length").integer(in: 1...1 << 30)
        windowStride = try window.required("stride").integer(in: 1...1 << 30)
        hasEpisodes = try object.optional("episodes")?.boolean() ?? false
        var members: [Member] = []
        for cursor in try object.required("tasks").array() {
            let object = try cursor.object(
                allowing: ["id", "patient", "condition", "draw", "diverged"])
            var member = Member(
                id: try object.required("id").string(),
                patient: try object.required("patient").string(),
                condition: try object.required("condition").string())
            if let draw = object.optional("draw") { member.draw = try TaskDraw(draw) }
            for method in try object.optional("diverged")?.array() ?? [] {
                member.diverged.append(Method(rawValue: try method.string()))
            }
            members.append(member)
        }
        tasks = members
    }

    /// The file's text.
    package var json: String {
        DocumentValue.object(known: [
            "format": .string(Self.format), "format_version": .integer(1),
            "collection": .string(collection), "classes": .strings(classes),
            "sampling_rate_hz": .number(samplingRate),
            "episodes": hasEpisodes ? .boolean(true) : nil,
            "window": .object([
                "length": .integer(windowLength), "stride": .integer(windowStride),
            ]),
            "tasks": .array(
                tasks.map { task in
                    .object(known: [
                        "id": .string(task.id), "patient": .string(task.patient),
                        "condition": .string(task.condition),
                        "draw": task.draw.isIdentity ? nil : task.draw.document,
                        "diverged": task.diverged.isEmpty
                            ? nil : .strings(task.diverged.map(\.rawValue)),
                    ])
                }),
        ]).json(.indented(onOneLine: ["classes", "window", "tasks.*"]))
    }

    /// How far the starts of windows that follow each other lie apart at most: windows over a
    /// change of label may have been left out between them.
    package var reach: Int { windowLength + windowStride }
}
