public import MetaLearning

/// Runs that differ in their seed alone.
public struct RunGroup: Sendable {
    /// What tells it from the other groups: the settings that differ, or the run's name.
    public let name: String
    /// The runs, one a seed.
    public let runs: [RunRecord]

    /// Settings that a run's numbers do not depend on, or that make the runs of one group.
    private static let apart: Set = ["seed", "seeds", "threads", "trajectory_budget_mb"]

    /// Puts runs together that differ in their seed alone.
    ///
    /// - Parameter runs: The runs.
    /// - Returns: The groups in the order of their first runs.
    public static func groups(_ runs: [RunRecord]) -> [RunGroup] {
        var keys: [[String]] = []
        var members: [[RunRecord]] = []
        for run in runs {
            let key =
                run.settings.filter { !apart.contains($0.path) }.map { "\($0.path)=\($0.value)" }
                + [run.value("collection_sha256") ?? ""]
            if let place = keys.firstIndex(of: key) {
                members[place].append(run)
            } else {
                keys.append(key)
                members.append([run])
            }
        }
        return members.map { own in
            RunGroup(name: name(of: own, among: members.map { $0[0] }), runs: own)
        }
    }

    private static func name(of own: [RunRecord], among firsts: [RunRecord]) -> String {
        guard firsts.count > 1 else { return own[0].name }
        var paths: [String] = []
        for run in firsts {
            for (path, _) in run.settings where !apart.contains(path) && !paths.contains(path) {
                let values = Set(firsts.map { $0.value(path) ?? "–" })
                if values.count > 1 { paths.append(path) }
            }
        }
        let parts = paths.prefix(3).map { "\($0)=\(own[0].value($0) ?? "–")" }
        if paths.isEmpty || paths.count > 3 { return own[0].name }
        return parts.joined(separator: " ")
    }

    /// The methods on record, in the order in which they were tested.
    public var methods: [Method] {
        var methods: [Method] = []
        for run in runs {
            let own =
                run.metrics.isEmpty
                ? run.results.first?.accuracies.map(\.method) ?? []
                : run.metrics.filter { $0.scope == .task }.map(\.method)
            for method in own where !methods.contains(method) { methods.append(method) }
        }
        return methods
    }

    /// The tasks on record.
    public var tasks: [String] {
        var tasks: [String] = []
        var seen: Set<String> = []
        for run in runs {
            let own =
                run.metrics.isEmpty
                ? run.results.map(\.task)
                : run.metrics.filter { $0.scope == .task }.map(\.name)
            for task in own where seen.insert(task).inserted { tasks.append(task) }
        }
        return tasks
    }

    /// A method's numbers, task by task, each the mean over seeds.
    ///
    /// - Parameters:
    ///   - metric: Which number.
    ///   - method: The method.
    /// - Returns: The numbers there are, by task.
    public func means(_ metric: Metric, of method: Method) -> [String: Double] {
        var sums: [String: (sum: Double, count: Double)] = [:]
        for run in runs {
            for (task, value) in Self.values(metric, of: method, in: run) {
                let old = sums[task] ?? (0, 0)
                sums[task] = (old.sum + value, old.count + 1)
            }
        }
        return sums.mapValues { $0.sum / $0.count }
    }

    /// A method's mean over tasks, for each run that has it.
    public func runMeans(_ metric: Metric, of method: Method) -> [Double] {
        runs.compactMap { run in
            let values = Self.values(metric, of: method, in: run).map(\.value)
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
    }

    private static func values(
        _ metric: Metric, of method: Method, in run: RunRecord
    ) -> [(task: String, value: Double)] {
        guard run.metrics.isEmpty else {
            return run.metrics.compactMap { row in
                guard row.scope == .task, row.method == method, let value = row.values[metric],
                    value.isFinite
                else { return nil }
                return (row.name, value)
            }
        }
        // A run of an older version has accuracies only.
        guard metric == .accuracy else { return [] }
        return run.results.compactMap { task, accuracies in
            accuracies.first { $0.method == method }.map { (task, $0.value) }
        }
    }
}
