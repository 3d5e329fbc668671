import MetaLearning
import Statistics

/// What the methods predicted of events: of all test tasks, and by patient, condition and task.
struct EventTables {
    let group: RunGroup

    /// What the rows of a table are of.
    private enum Scope: String, CaseIterable {
        case all
        case patient
        case condition
        case task

        var title: String {
            self == .all ? "All test tasks" : "By \(rawValue)"
        }
    }

    /// The tables with their titles, that of all tasks first; none without events on record.
    var tables: [(title: String, rows: [[String]])] {
        let tasks = tasks
        return Scope.allCases.compactMap { scope in
            let names = names(scope, tasks)
            guard !tasks.isEmpty, scope == .all || names.count > 1 else { return nil }
            return (scope.title, rows(scope, names, tasks))
        }
    }

    /// A task's numbers by one method of one run.
    private struct TaskRow {
        let metrics: TaskMetrics
        let patient: String
        let condition: String

        func name(_ scope: Scope) -> String {
            switch scope {
            case .all: ""
            case .patient: patient
            case .condition: condition
            case .task: metrics.name
            }
        }
    }

    private var tasks: [TaskRow] {
        group.runs.flatMap { run -> [TaskRow] in
            let conditions = Dictionary(
                (run.setting?.tasks ?? []).map { ($0.id, $0.condition) },
                uniquingKeysWith: { first, _ in first })
            return run.metrics.filter { $0.scope == .task }.map { row in
                TaskRow(
                    metrics: row, patient: run.person(of: row.name),
                    condition: conditions[row.name] ?? "")
            }
        }
    }

    private func names(_ scope: Scope, _ tasks: [TaskRow]) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for name in tasks.map({ $0.name(scope) }) where seen.insert(name).inserted {
            names.append(name)
        }
        return names
    }

    private func rows(_ scope: Scope, _ names: [String], _ tasks: [TaskRow]) -> [[String]] {
        let own = Dictionary(grouping: tasks) { $0.name(scope) }
        let numbers = [
            "accuracy", "balanced", "macro F1", "changes followed", "of", "stability",
            "latency (s)", "delay (s)",
        ]
        return [(scope == .all ? [] : [scope.rawValue]) + ["method"] + numbers]
            + names.flatMap { name in
                group.methods.compactMap { method -> [String]? in
                    let rows = (own[name] ?? []).filter { $0.metrics.method == method }
                    guard !rows.isEmpty else { return nil }
                    return (scope == .all ? [] : [name]) + [method.title] + cells(rows)
                }
            }
    }

    private func cells(_ rows: [TaskRow]) -> [String] {
        func mean(_ value: (TaskMetrics) -> Double?) -> String {
            var table = PersonTable()
            for row in rows {
                guard let number = value(row.metrics) else { continue }
                table.add(
                    number, of: PersonTable.Key(person: row.patient, task: row.metrics.name))
            }
            return table.people.mean.map { CompactNumber.share($0) } ?? "–"
        }
        // Every seed is asked for the same changes.
        var changes: [String: Int] = [:]
        for row in rows { changes[row.metrics.name] = row.metrics.transitions }
        return [
            mean { $0.values[.accuracy] }, mean { $0.values[.balancedAccuracy] },
            mean { $0.values[.macroF1] }, mean { $0.values[.transitionAccuracy] },
            "\(changes.values.reduce(0, +))", mean { $0.values[.stability] }, mean(\.latency),
            mean(\.delay),
        ]
    }

    /// The mean latency over people of a method, in seconds.
    func latency(of method: Method) -> Double? {
        var table = PersonTable()
        for row in tasks where row.metrics.method == method {
            guard let latency = row.metrics.latency else { continue }
            table.add(
                latency, of: PersonTable.Key(person: row.patient, task: row.metrics.name))
        }
        return table.people.mean
    }
}
