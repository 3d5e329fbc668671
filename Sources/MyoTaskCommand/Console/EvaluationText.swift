import EMGEpisodes
import Experiments
import Foundation
import MetaLearning

/// Metrics of tasks as text.
struct EvaluationText {
    private let rows: [TaskMetrics]
    private let marks: SeenMarks

    init(_ files: TestFiles) {
        rows = files.metrics
        marks = files.marks
    }

    /// A table for people: tasks, patients with several tasks, conditions and the mean, with what
    /// the model has seen before.
    var table: String {
        let methods = Set(rows.map(\.method))
        var table = TextTable(
            ["", "task"] + (methods.count > 1 ? ["method"] : [])
                + [
                    ">accuracy", ">balanced", ">macro F1", ">transitions", ">stability",
                    ">latency s",
                ] + (marks.isEmpty ? [] : ["seen"]))
        for row in rows {
            let transitions = row.values[.transitionAccuracy].map {
                "\(Self.text($0)) of \(row.transitions)"
            }
            table.add(
                [
                    row.scope == .all ? "" : row.scope.rawValue,
                    row.scope == .all ? "mean" : row.name,
                ]
                    + (methods.count > 1 ? [row.method.title] : [])
                    + [
                        Self.text(row.values[.accuracy]), Self.text(row.values[.balancedAccuracy]),
                        Self.text(row.values[.macroF1]), transitions ?? "–",
                        Self.text(row.values[.stability]), Self.text(row.latency),
                    ] + (marks.isEmpty ? [] : [marks.mark(of: row)?.title ?? ""]))
        }
        return table.text + (marks.note.map { "\n\n\($0)" } ?? "")
    }

    private struct Row: Encodable {
        let scope: String
        let name: String
        let method: String
        let windows: Int
        let transitions: Int
        let metrics: [String: Double]
        let latencySeconds: Double?
        let delaySeconds: Double?
        let confusion: [[Int]]?
        let seen: String?
    }

    /// The same for programs, with confusions.
    func json() throws -> String {
        try JSONText.of(
            rows.map { row in
                Row(
                    scope: row.scope.rawValue, name: row.name, method: row.method.rawValue,
                    windows: row.windows, transitions: row.transitions,
                    metrics: Dictionary(
                        uniqueKeysWithValues: row.values.map { ($0.key.rawValue, $0.value) }),
                    latencySeconds: row.latency, delaySeconds: row.delay,
                    confusion: row.confusion.map { confusion in
                        (0..<confusion.classCount).map { label in
                            (0..<confusion.classCount).map { confusion[label, $0] }
                        }
                    }, seen: marks.mark(of: row)?.rawValue)
            })
    }

    private static func text(_ value: Double?) -> String {
        value.map { CompactNumber.share($0) } ?? "–"
    }
}
