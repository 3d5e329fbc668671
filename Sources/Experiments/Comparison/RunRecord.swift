private import ArrayCollections
package import Documents
package import EMGArchive
package import Foundation
package import MetaLearning

/// What a run's folder has on record; what is missing is empty.
package struct RunRecord: Sendable {
    /// A meta-epoch of `metrics.jsonl`.
    package struct Epoch: Sendable, Hashable {
        /// The epoch, counted from 1.
        package let number: Int
        /// Its numbers by their names, such as `train_loss`.
        package let values: [String: Double]
        /// What the time of each rank went into; empty for a training in one process.
        package var ranks: [RankReport] = []
    }

    /// A cell of the task queue.
    package struct QueueCell: Sendable, Hashable {
        /// The task or group.
        package let name: String
        /// Its last loss.
        package let loss: Double
        /// How much the loss changed last.
        package let change: Double
        /// How often it was drawn.
        package let count: Double
    }

    /// Where the folder lies.
    package let folder: URL
    /// The folder's name.
    package let name: String
    /// Every setting of `configuration.json` by its path, in the file's order.
    package let settings: [(path: String, value: String)]
    /// What the run was made from, in the file's order.
    package let provenance: [(key: String, value: String)]
    /// What its windows are; `nil` for a run of an older version, which does not say it.
    package let input: InputDescription?
    /// The members of that (`input.json`), such as channels, rate, window, normalization and
    /// conditioning, in the file's order.
    let inputMembers: [(path: String, value: String)]
    /// What varies between the runs of its sweep, with its own values; empty when it is no run of
    /// one.
    package let varied: [(key: String, value: String)]
    /// What tells its sweep from others, wherever its parts lie; `nil` when it is no run of one.
    let sweep: String?
    /// The meta-epochs.
    package let epochs: [Epoch]
    /// The accuracies of `results.csv`: each task's, by method.
    package let results: [(task: String, accuracies: [(method: Method, value: Double)])]
    /// What the collection said.
    package let setting: TestSetting?
    /// All metrics.
    package let metrics: [TaskMetrics]
    /// The convergence study.
    package let adaptation: [StudyRow]
    /// The study of support sizes.
    package let supportSizes: [StudyRow]
    /// What methods keep of tasks learned one after the other.
    let sequences: [SequenceRecord]
    /// The task queue.
    package let queue: [QueueCell]
    /// Whether its models put out values: R² stands in the place of accuracy.
    package let isRegression: Bool

    /// Reads a run's folder, and what the sweep in the folder above says of it.
    ///
    /// - Parameter folder: The folder; it has a `configuration.json`.
    /// - Returns: What is on record.
    /// - Throws: `DocumentError` with the place of what cannot be read.
    package static func read(_ folder: URL) throws(DocumentError) -> RunRecord {
        try read(folder, of: sweep(above: folder))
    }

    static func read(_ folder: URL, of list: SweepList?) throws(DocumentError) -> RunRecord {
        let name = folder.standardizedFileURL.lastPathComponent
        func file(_ name: String) -> URL? {
            let url = folder.appending(path: name)
            return FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
                ? url : nil
        }
        let configuration = try Document(contentsOf: folder.appending(path: "configuration.json"))
        let settings = leaves(configuration.root)
        let provenance =
            try file("provenance.json").map { url throws(DocumentError) in
                leaves(try Document(contentsOf: url).root).map {
                    (key: $0.path, value: $0.value)
                }
            } ?? []
        let described = try file("input.json").map { url throws(DocumentError) in
            try Document(contentsOf: url)
        }
        // What another version wrote may say less; what it does say still names the run.
        let input = described.flatMap { try? InputDescription($0) }
        let inputMembers = described.map { leaves($0.root) } ?? []
        let point = list?.points.first { $0.folder == name }
        let varied =
            point.map { zip(list?.keys ?? [], $0.values).map { (key: $0, value: $1) } } ?? []
        let sweep = point == nil ? nil : list?.points.map(\.id).joined(separator: " ")
        let setting = try file("test-tasks.json").map { url throws(DocumentError) in
            try TestSetting(Document(contentsOf: url).cursor)
        }
        let adaptation =
            try file("adaptation.csv").map { url throws(DocumentError) in
                try StudyRow.read(contentsOf: url, point: "steps")
            } ?? []
        let supportSizes =
            try file("support-size.csv").map { url throws(DocumentError) in
                try StudyRow.read(contentsOf: url, point: "share")
            } ?? []
        let isRegression = file("regression.csv") != nil
        return RunRecord(
            folder: folder, name: name, settings: settings, provenance: provenance, input: input,
            inputMembers: inputMembers, varied: varied, sweep: sweep,
            epochs: try file("metrics.jsonl").map(Self.epochs) ?? [],
            results: try file("results.csv").map { url throws(DocumentError) in
                try Self.results(url, isRegression: isRegression)
            } ?? [], setting: setting,
            metrics: try file("task-metrics.csv").map(TaskMetrics.read) ?? [],
            adaptation: adaptation, supportSizes: supportSizes,
            sequences: try file("sequences.csv").map(SequenceRecord.read) ?? [],
            queue: try file("queue.csv").map(Self.queue) ?? [],
            isRegression: isRegression)
    }

    /// What each method predicted of each test window; `nil` when it is not on record.
    ///
    /// - Throws: `DocumentError` with the line of a fault.
    package func predictions() throws(DocumentError) -> TestPredictions? {
        let url = folder.appending(path: "predictions.csv")
        guard let setting,
            FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
        else { return nil }
        return try TestPredictions.read(contentsOf: url, classCount: setting.classes.count)
    }

    /// The seed; empty when there is none on record.
    package var seed: String { value("seed") ?? "" }

    /// Whether it is of labeled arrays, whose tasks are cases of their own.
    var isOfArrays: Bool {
        setting?.hasEpisodes == true
            || inputMembers.contains { $0.path == "format" && $0.value == ArrayInput.format }
    }

    /// Whose a task is: the person on record, else the beginning of the task's id; of labeled arrays
    /// nobody's but its own.
    func person(of task: String) -> String {
        if isOfArrays { return task }
        return setting?.tasks.first { $0.id == task }?.patient
            ?? task.split(separator: "/").first.map(String.init) ?? task
    }

    /// What a setting is; `nil` when there is none of that path.
    package func value(_ path: String) -> String? {
        settings.first { $0.path == path }?.value ?? provenance.first { $0.key == path }?.value
    }
}
