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
        let entries = Dictionary(
            manifest.tasks.map { ($0.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
        tasks = ids.compactMap { id in
            entries[FewShotEpisodes.task(of: id)].map {
                Member(id: id, patient: $0.patient, condition: $0.condition)
            }
        }
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
            "tasks",
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
        DocumentValue.object([
            "format": .string(Self.format), "format_version": .integer(1),
            "collection": .string(collection), "classes": .strings(classes),
            "sampling_rate_hz": .number(samplingRate),
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
