package import ArrayCollections
package import EMGArchive
package import EMGEpisodes
package import Files
package import Foundation
package import MetaLearning

/// What testing leaves in a run's folder besides the table of accuracies.
///
///     test-tasks.json    classes, windows, and whose the test tasks are
///     predictions.csv    what each method predicted of each query window
///     task-metrics.csv   all metrics for each task, patient, condition and all tasks
///     confusion.csv      how often each class was predicted when each was the true one
///     adaptation.csv     metrics after each number of fine-tuning steps
///     support-size.csv   metrics on each fraction of the supports
package struct TestFiles: Sendable {
    /// What the collection says.
    package let setting: TestSetting
    /// What was predicted.
    package let predictions: TestPredictions
    /// The metrics.
    package let metrics: [TaskMetrics]
    /// The convergence study.
    package let adaptation: [StudyRow]
    /// The study of support sizes.
    package let supportSizes: [StudyRow]
    /// Which tasks the model had seen before.
    package let marks: SeenMarks

    /// Evaluates columns of a test table; `nil` when nothing was distinguished.
    ///
    /// - Parameters:
    ///   - columns: Methods with their predictions, all on the same tasks.
    ///   - fineTuning: The same after numbers of steps.
    ///   - supportSizes: The same on parts of the supports.
    ///   - collection: The collection they were tested on.
    ///   - seen: The tasks that the model had seen before.
    /// - Returns: What goes into the run's folder.
    /// - Throws: `FilesError` when a test task cannot be read.
    package static func evaluate(
        _ columns: [TrainingResult.Column], fineTuning: [FineTuningTable] = [],
        supportSizes: [SupportSizeTable] = [], collection: CollectionFile, seen: [SeenTask] = []
    ) throws -> TestFiles? {
        let columns = columns.filter(\.tellsClasses)
        guard let first = columns.first else { return nil }
        return try evaluate(
            columns, fineTuning, supportSizes,
            setting: TestSetting(collection.manifest, tasks: first.scores.map(\.id)), seen: seen
        ) { id in
            let query = try collection.tensors(for: id).query
            return (query.starts.map(Int.init), query.labels)
        }
    }

    /// Evaluates columns of a test table of labeled arrays; `nil` when nothing was distinguished.
    ///
    /// - Parameters:
    ///   - columns: Methods with their predictions, all on the same episodes.
    ///   - fineTuning: The same after numbers of steps.
    ///   - supportSizes: The same on parts of the supports.
    ///   - arrays: The collection they were tested on.
    ///   - source: The episodes.
    /// - Returns: What goes into the run's folder.
    /// - Throws: When an episode cannot be read.
    package static func evaluate(
        _ columns: [TrainingResult.Column], fineTuning: [FineTuningTable] = [],
        supportSizes: [SupportSizeTable] = [], arrays: ArrayCollection,
        source: any EpisodeSource
    ) throws -> TestFiles? {
        let columns = columns.filter(\.tellsClasses)
        guard let first = columns.first else { return nil }
        return try evaluate(
            columns, fineTuning, supportSizes,
            setting: TestSetting(
                arrays.manifest, episodes: source, ids: first.scores.map(\.id)), seen: []
        ) { id in
            let query = try source.episode(id).query
            return (query.starts, query.labels)
        }
    }

    private static func evaluate(
        _ columns: [TrainingResult.Column], _ fineTuning: [FineTuningTable],
        _ supportSizes: [SupportSizeTable], setting: TestSetting, seen: [SeenTask],
        query: (String) throws -> (starts: [Int], labels: [UInt8])
    ) throws -> TestFiles {
        let setting = setting.noting(columns)
        var tasks: [TestPredictions.Windows] = []
        for score in columns[0].scores {
            let (starts, labels) =
                try score.query.map { ($0.starts, $0.labels) } ?? query(score.id)
            tasks.append(
                TestPredictions.Windows(
                    id: score.id, starts: starts, labels: labels, predicted: []))
        }
        func predictions(_ columns: [TrainingResult.Column]) -> TestPredictions {
            let columns = columns.filter(\.tellsClasses)
            var tasks = tasks
            for index in tasks.indices {
                tasks[index].predicted = columns.map { $0.scores[index].predictions }
            }
            return TestPredictions(methods: columns.map(\.method), tasks: tasks)
        }
        func study(_ columns: [TrainingResult.Column], at point: Double) -> [StudyRow] {
            let predicted = predictions(columns)
            return predicted.methods.indices.flatMap { method in
                predicted.tasks.map { task in
                    let row = TaskMetrics(
                        task, predicted: task.predicted[method], method: predicted.methods[method],
                        setting: setting)
                    return StudyRow(
                        method: row.method, point: point, task: task.id, values: row.values)
                }
            }
        }
        let whole = predictions(columns)
        return TestFiles(
            setting: setting, predictions: whole,
            metrics: TaskMetrics.rows(whole, setting: setting),
            adaptation: fineTuning.flatMap { study($0.columns, at: Double($0.steps)) },
            supportSizes: supportSizes.flatMap { study($0.columns, at: $0.share) },
            marks: SeenMarks(seen, setting: setting))
    }

    /// Writes the files, each whole or not at all; files that are there are replaced.
    ///
    /// - Parameter folder: The run's folder.
    /// - Throws: `FilesError` when a file cannot be written.
    package func write(to folder: URL) throws(FilesError) {
        var files = [
            ("test-tasks.json", setting.json),
            ("predictions.csv", predictions.csv),
            ("task-metrics.csv", TaskMetrics.csv(metrics, marks: marks)),
            (
                "confusion.csv",
                TaskMetrics.confusionCSV(
                    metrics, classes: setting.classes, isOfEpisodes: setting.hasEpisodes)
            ),
        ]
        if !adaptation.isEmpty {
            files.append(("adaptation.csv", StudyRow.csv(adaptation, point: "steps")))
        }
        if !supportSizes.isEmpty {
            files.append(("support-size.csv", StudyRow.csv(supportSizes, point: "share")))
        }
        for (name, text) in files {
            try AtomicFile.write(text, to: folder.appending(path: name))
        }
    }
}

extension TrainingResult.Column {
    /// Whether it has predictions of classes.
    fileprivate var tellsClasses: Bool {
        !scores.isEmpty && scores.allSatisfy { !$0.predictions.isEmpty }
    }
}
