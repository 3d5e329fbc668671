/// One configuration: runs that differ in their seed alone, on one collection or on the folds of
/// a design.
///
/// Folds are collections of the same data that test on different tasks, each task in one of them,
/// as in leaving one person out at a time. Collections whose test tasks overlap are configurations
/// of their own.
package struct RunGroup: Sendable {
    /// What tells it from the other groups: whatever differs, or the run's name.
    package let name: String
    /// The runs: one for each seed and fold.
    package let runs: [RunRecord]
    /// How many folds there are; 1 for runs on one collection.
    package let foldCount: Int

    /// The seeds, each once, in the order of the runs.
    package var seeds: [String] {
        var seeds: [String] = []
        for run in runs where !run.seed.isEmpty && !seeds.contains(run.seed) {
            seeds.append(run.seed)
        }
        return seeds
    }

    /// Puts runs together that differ in their seed or fold alone.
    ///
    /// - Parameter runs: The runs.
    /// - Returns: The groups in the order of their first runs, no two with the same name.
    package static func groups(_ runs: [RunRecord]) -> [RunGroup] {
        let families = families(of: runs)
        let names = RunNames(families.map { $0.flatMap(\.runs) }).names
        return zip(names, families).map { name, family in
            RunGroup(name: name, runs: family.flatMap(\.runs), foldCount: family.count)
        }
    }

    // MARK: Seeds and folds

    /// Settings that a run's numbers do not depend on, or that make the runs of one group.
    static let settingsApart: Set = ["seed", "seeds", "threads", "trajectory_budget_mib"]

    /// Runs on one collection, one for each seed.
    private struct Fold {
        let key: Key
        var runs: [RunRecord]

        /// What the runs of a fold have in common.
        struct Key: Hashable {
            let settings: [String]
            let tensors: String
            let collection: String
            /// A second run of the same settings and seed belongs to another group.
            let copy: Int
        }

        /// The test tasks.
        var tasks: Set<String> { Set(runs.flatMap(\.testTasks)) }

        /// Whether another collection may be a fold beside this one: it has the same tensors, or
        /// is another collection of the same design.
        func isBeside(_ other: Fold) -> Bool {
            guard key.settings == other.key.settings, key.copy == other.key.copy else {
                return false
            }
            if key.tensors == other.key.tensors { return true }
            let (one, two) = (runs[0], other.runs[0])
            return one.sweep != nil && one.sweep == two.sweep
                && one.dataVariant == two.dataVariant
        }
    }

    /// The groups as folds.
    private static func families(of runs: [RunRecord]) -> [[Fold]] {
        var folds: [Fold] = []
        var places: [Fold.Key: Int] = [:]
        for run in runs {
            let settings = run.settings.filter { !settingsApart.contains($0.path) }.map {
                "\($0.path)=\($0.value)"
            }
            var copy = 0
            while true {
                let key = Fold.Key(
                    settings: settings, tensors: run.value("collection_sha256") ?? "",
                    collection: run.value("environment.manifest_sha256")
                        ?? run.value("collection") ?? "", copy: copy)
                guard let place = places[key] else {
                    places[key] = folds.count
                    folds.append(Fold(key: key, runs: [run]))
                    break
                }
                if !folds[place].runs.contains(where: { $0.seed == run.seed }) {
                    folds[place].runs.append(run)
                    break
                }
                copy += 1
            }
        }
        var families: [[Fold]] = []
        for fold in folds {
            if let place = families.firstIndex(where: { $0[0].isBeside(fold) }) {
                families[place].append(fold)
            } else {
                families.append([fold])
            }
        }
        return families.flatMap { family in
            areFolds(family) ? [family] : family.map { [$0] }
        }
    }

    /// Whether each task is tested on in one of the collections alone.
    private static func areFolds(_ family: [Fold]) -> Bool {
        var seen: Set<String> = []
        for tasks in family.map(\.tasks) {
            guard !tasks.isEmpty, seen.isDisjoint(with: tasks) else { return false }
            seen.formUnion(tasks)
        }
        return true
    }
}

extension RunRecord {
    /// The tasks that it was tested on.
    var testTasks: [String] {
        metrics.isEmpty
            ? results.map(\.task) : metrics.filter { $0.scope == .task }.map(\.name)
    }

    /// What varies in the steps before training, besides the collection of a design.
    var dataVariant: [String: String] {
        Dictionary(
            varied.filter { $0.key.hasPrefix("build.") || $0.key.hasPrefix("filter.") },
            uniquingKeysWith: { first, _ in first })
    }
}
