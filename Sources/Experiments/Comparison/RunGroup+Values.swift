package import MetaLearning

extension RunGroup {
    /// The methods on record, in the order in which they were tested.
    package var methods: [Method] {
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
    package var tasks: [String] {
        var tasks: [String] = []
        var seen: Set<String> = []
        for task in runs.flatMap(\.testTasks) where seen.insert(task).inserted {
            tasks.append(task)
        }
        return tasks
    }

    /// A method's numbers, task by task, each the mean over seeds.
    ///
    /// - Parameters:
    ///   - metric: Which number.
    ///   - method: The method.
    /// - Returns: The numbers there are, by task.
    package func means(_ metric: Metric, of method: Method) -> [String: Double] {
        Dictionary(
            SeedTables(metric, of: method, in: self).all.tasks.map { ($0.key.task, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension RunRecord {
    /// A method's numbers of tasks.
    func values(
        _ metric: Metric, of method: Method
    ) -> [(task: String, value: Double)] {
        guard metrics.isEmpty else {
            return metrics.compactMap { row in
                guard row.scope == .task, row.method == method, let value = row.values[metric],
                    value.isFinite
                else { return nil }
                return (row.name, value)
            }
        }
        // A run of an older version has accuracies only.
        guard metric == .accuracy else { return [] }
        return results.compactMap { task, accuracies in
            accuracies.first { $0.method == method }.map { (task, $0.value) }
        }
    }
}
