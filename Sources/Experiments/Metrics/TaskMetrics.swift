private import CSV
package import Decoding
package import Documents
private import EMGEpisodes
package import Foundation
package import MetaLearning
internal import Statistics

/// A method's numbers on a task, or their means over the tasks of a patient, of a condition or
/// of the whole test.
package struct TaskMetrics: Sendable, Hashable {
    /// What the numbers are of.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// One task.
        case task
        /// All tasks of a patient.
        case patient
        /// All tasks of a condition.
        case condition
        /// All tasks.
        case all
    }

    /// What the numbers are of.
    package let scope: Scope
    /// The task's id, the patient, the condition, or `all`.
    package let name: String
    /// The method whose predictions the numbers evaluate.
    package let method: Method
    /// Windows of the query.
    package let windows: Int
    /// Changes of intent.
    package let transitions: Int
    /// The numbers there are: without transitions there is no transition accuracy.
    package private(set) var values: [Metric: Double]
    /// The mean time between a change and its prediction, in seconds.
    package private(set) var latency: Double?
    /// The same with its sign.
    package private(set) var delay: Double?
    /// What was predicted of what.
    package private(set) var confusion: ConfusionMatrix?

    /// A task's numbers.
    ///
    /// - Parameters:
    ///   - windows: The task's windows.
    ///   - predicted: What a method predicted of them.
    ///   - method: The method.
    ///   - setting: What the collection says.
    package init(
        _ windows: TestPredictions.Windows, predicted: [UInt8], method: Method, setting: TestSetting
    ) {
        scope = .task
        name = windows.id
        self.method = method
        self.windows = predicted.count
        let confusion = ConfusionMatrix(
            labels: windows.labels, predictions: predicted, classCount: setting.classes.count)
        values = [
            .accuracy: confusion.accuracy, .balancedAccuracy: confusion.balancedAccuracy,
            .macroF1: confusion.macroF1,
        ]
        self.confusion = confusion
        // Samples of an episode follow each other in no time.
        guard !setting.hasEpisodes else {
            transitions = 0
            return
        }
        let score = TransitionScore(
            starts: windows.starts, labels: windows.labels, predictions: predicted,
            rate: setting.samplingRate, reach: setting.reach)
        transitions = score.eventCount
        values[.transitionAccuracy] = score.accuracy
        values[.stability] = score.stability
        latency = score.latency
        delay = score.delay
    }

    /// The means over tasks, each counting the same; the confusion is their sum.
    ///
    /// - Parameters:
    ///   - tasks: Numbers of one method on tasks, at least one.
    ///   - scope: What the tasks have in common.
    ///   - name: Its name.
    package init(meanOf tasks: [TaskMetrics], scope: Scope, name: String) {
        precondition(!tasks.isEmpty, "a mean needs a task")
        self.scope = scope
        self.name = name
        method = tasks[0].method
        windows = tasks.reduce(0) { $0 + $1.windows }
        transitions = tasks.reduce(0) { $0 + $1.transitions }
        values = [:]
        for metric in Metric.allCases {
            values[metric] = tasks.compactMap { $0.values[metric] }.mean
        }
        latency = tasks.compactMap(\.latency).mean
        delay = tasks.compactMap(\.delay).mean
        for case let other? in tasks.map(\.confusion) {
            if confusion == nil { confusion = other } else { confusion?.add(other) }
        }
    }

    /// Every method's numbers: of each task, patient and condition, and of all tasks.
    ///
    /// - Parameters:
    ///   - predictions: What was predicted.
    ///   - setting: What the collection says.
    /// - Returns: Rows of tasks, patients, conditions and all, each in the order of the tasks and
    ///   of the methods.
    package static func rows(
        _ predictions: TestPredictions, setting: TestSetting
    ) -> [TaskMetrics] {
        let members = Dictionary(
            setting.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        // Of episodes there are many, each a case of its own.
        let scopes: Set<Scope> =
            setting.hasEpisodes ? [.all] : [.patient, .condition, .all]
        let tasks = predictions.tasks.flatMap { task in
            zip(predictions.methods, task.predicted).map { method, predicted in
                TaskMetrics(task, predicted: predicted, method: method, setting: setting)
            }
        }
        var rows = tasks
        let groups: [(Scope, (TestSetting.Member) -> String)] = [
            (.patient, \.patient), (.condition, \.condition), (.all, { _ in "all" }),
        ]
        for (scope, key) in groups where scopes.contains(scope) {
            var names: [String] = []
            var seen: Set<String> = []
            for task in setting.tasks where seen.insert(key(task)).inserted {
                names.append(key(task))
            }
            for name in names {
                for method in predictions.methods {
                    let own = tasks.filter {
                        $0.method == method && members[$0.name].map(key) == name
                    }
                    if !own.isEmpty {
                        rows.append(TaskMetrics(meanOf: own, scope: scope, name: name))
                    }
                }
            }
        }
        return rows
    }

    private static let head =
        ["scope", "name", "method", "windows", "transitions"] + Metric.allCases.map(\.rawValue)
        + ["latency_s", "delay_s"]

    /// `task-metrics.csv`.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - marks: Which tasks the model had seen; where there are any, a last column `seen` says so.
    /// - Returns: The text.
    package static func csv(_ rows: [TaskMetrics], marks: SeenMarks = .none) -> String {
        CSVText.line(head + (marks.isEmpty ? [] : ["seen"]))
            + rows.map { row in
                CSVText.line(
                    [
                        row.scope.rawValue, row.name, row.method.rawValue, "\(row.windows)",
                        "\(row.transitions)",
                    ] + Metric.allCases.map { CSVText.number(row.values[$0]) }
                        + [CSVText.number(row.latency), CSVText.number(row.delay)]
                        + (marks.isEmpty ? [] : [marks.mark(of: row)?.rawValue ?? ""]))
            }.joined()
    }

    /// `confusion.csv`: how often each class was predicted when each was the true one; of episodes,
    /// whose classes are numbers, all together alone.
    package static func confusionCSV(
        _ rows: [TaskMetrics], classes: [String], isOfEpisodes: Bool = false
    ) -> String {
        var text = CSVText.line(["scope", "name", "method", "label", "predicted", "count"])
        for row in rows where !isOfEpisodes || row.scope == .all {
            guard let confusion = row.confusion else { continue }
            for label in 0..<confusion.classCount {
                for predicted in 0..<confusion.classCount {
                    text += CSVText.line([
                        row.scope.rawValue, row.name, row.method.rawValue, classes[label],
                        classes[predicted], "\(confusion[label, predicted])",
                    ])
                }
            }
        }
        return text
    }

    /// Reads `task-metrics.csv`; confusions are in another file.
    ///
    /// - Parameter url: The file.
    /// - Returns: The rows.
    /// - Throws: `DocumentError` with the line of the fault.
    package static func read(contentsOf url: URL) throws(DocumentError) -> [TaskMetrics] {
        let table = try CSVTable(contentsOf: url)
        var places: [String: Int] = [:]
        for name in head { places[name] = try table.column(name) }
        var rows: [TaskMetrics] = []
        for row in table.rows {
            func field(_ name: String) -> String { places[name].map { row.fields[$0] } ?? "" }
            func number(_ name: String) throws(DocumentError) -> Double? {
                guard let place = places[name] else { return nil }
                return try table.number(row, place)
            }
            guard let scope = Scope(rawValue: field("scope")) else {
                throw table.error(
                    line: row.line, expected: "task, patient, condition or all",
                    found: field("scope"))
            }
            var values: [Metric: Double] = [:]
            for metric in Metric.allCases {
                guard let place = places[metric.rawValue] else { continue }
                values[metric] = try table.share(row, place)
            }
            var metrics = TaskMetrics(
                scope: scope, name: field("name"), method: Method(rawValue: field("method")),
                windows: Int(field("windows")) ?? 0,
                transitions: Int(field("transitions")) ?? 0)
            metrics.values = values
            metrics.latency = try number("latency_s")
            metrics.delay = try number("delay_s")
            rows.append(metrics)
        }
        return rows
    }

    private init(
        scope: Scope, name: String, method: Method, windows: Int, transitions: Int
    ) {
        self.scope = scope
        self.name = name
        self.method = method
        self.windows = windows
        self.transitions = transitions
        values = [:]
    }
}
