import Decoding
import Documents
import EMGEpisodes
import Experiments
import Foundation
import MetaLearning
import PrintableText
import Statistics
import TaskDraws

/// Metrics of tasks as text.
struct EvaluationText {
    private let rows: [TaskMetrics]
    private let marks: SeenMarks
    private let tasks: [String: TestSetting.Member]
    private let hasEpisodes: Bool

    init(_ files: TestFiles) {
        rows = files.metrics
        marks = files.marks
        hasEpisodes = files.setting.hasEpisodes
        tasks = Dictionary(
            files.setting.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a row's task was; `nil` for means over tasks.
    private func task(of row: TaskMetrics) -> TestSetting.Member? {
        row.scope == .task ? tasks[row.name] : nil
    }

    /// Whether a method's fine-tuning diverged on a row's task.
    private func hasDiverged(_ row: TaskMetrics) -> Bool {
        task(of: row)?.diverged.contains(row.method) ?? false
    }

    /// What a reader of the table must know of single tasks.
    private var notes: [String] {
        let varied = tasks.values.count { !$0.draw.isIdentity }
        let diverged = rows.filter(hasDiverged).map { "\($0.name) (\($0.method.title))" }
        return [
            varied == 0
                ? nil
                : "\(varied) of \(tasks.count, of: "task") \(varied == 1 ? "was" : "were") varied "
                    + "as the configuration says; --json has each one's draw.",
            diverged.isEmpty
                ? nil
                : "Fine-tuning diverged and was scored as what the model predicts then, by chance "
                    + "where it predicts nothing: \(diverged.joined(separator: ", ")).",
            marks.note,
        ].compactMap(\.self)
    }

    /// A table for people: tasks, patients with several tasks, conditions and the mean, with what
    /// the model has seen before.
    var table: String {
        let methods = Set(rows.map(\.method))
        if hasEpisodes { return episodeTable + notes.map { "\n\n\($0)" }.joined() }
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
        return table.text + notes.map { "\n\n\($0)" }.joined()
    }

    /// A row for each method: means over episodes with their intervals.
    private var episodeTable: String {
        let metrics: [Metric] = [.accuracy, .balancedAccuracy, .macroF1]
        var table = TextTable(["method", ">episodes"] + metrics.map { ">\($0.title), 95 %" })
        for whole in rows where whole.scope == .all {
            let own = rows.filter { $0.scope == .task && $0.method == whole.method }
            table.add(
                [whole.method.title, "\(own.count)"]
                    + metrics.map { metric in
                        let interval = MeanInterval(own.compactMap { $0.values[metric] })
                        return String(format: "%.4f", interval.mean)
                            + (interval.halfWidth.map { String(format: " ± %.4f", $0) } ?? "")
                    })
        }
        return table.text
    }

    /// The same for programs, with confusions.
    var json: String {
        JSONText.of(
            .object([
                "rows": .array(
                    rows.map { row in
                        .object(known: [
                            "scope": .string(row.scope.rawValue), "name": .string(row.name),
                            "method": .string(row.method.rawValue),
                            "windows": .integer(row.windows),
                            "transitions": .integer(row.transitions),
                            "metrics": .object(
                                sorted: Dictionary(
                                    uniqueKeysWithValues: row.values.map {
                                        ($0.key.rawValue, .number($0.value))
                                    })),
                            "latency_s": row.latency.map { .number($0) },
                            "delay_s": row.delay.map { .number($0) },
                            "confusion": row.confusion.map(Self.document),
                            "seen": (marks.mark(of: row)?.rawValue).map { .string($0) },
                            "draw": task(of: row).flatMap {
                                $0.draw.isIdentity ? nil : $0.draw.document
                            },
                            "diverged": hasDiverged(row) ? .boolean(true) : nil,
                        ])
                    })
            ]))
    }

    private static func document(_ confusion: ConfusionMatrix) -> DocumentValue {
        .array(
            (0..<confusion.classCount).map { label in
                .integers((0..<confusion.classCount).map { confusion[label, $0] })
            })
    }

    private static func text(_ value: Double?) -> String {
        value.map { CompactNumber.share($0) } ?? "–"
    }
}
