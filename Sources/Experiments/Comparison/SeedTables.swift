import MetaLearning
import Statistics

/// A method's numbers, or differences of two methods', over all seeds and for each of them.
struct SeedTables {
    /// Over all seeds.
    let all: PersonTable
    /// For each seed; none for a method without seeds.
    private let seeds: [String: PersonTable]

    /// Puts a method's numbers into tables.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - numbers: A number for each run and task.
    init(_ method: Method, _ numbers: [(run: RunRecord, task: String, value: Double)]) {
        var all = PersonTable()
        var seeds: [String: PersonTable] = [:]
        for (run, task, value) in numbers {
            let key = PersonTable.Key(person: run.person(of: task), task: task)
            all.add(value, of: key)
            if method.hasSeed { seeds[run.seed, default: PersonTable()].add(value, of: key) }
        }
        self.all = all
        self.seeds = seeds
    }

    /// Takes a method's numbers from the runs of a configuration.
    init(_ metric: Metric, of method: Method, in group: RunGroup) {
        self.init(
            method,
            group.runs.flatMap { run in
                run.values(metric, of: method).map { (run: run, task: $0.task, value: $0.value) }
            })
    }

    /// Takes the differences on the tasks that both have, for the seeds that both have; of a
    /// method without seeds the same for all.
    init(_ one: SeedTables, less other: SeedTables) {
        all = PersonTable(one.all, less: other.all)
        var seeds: [String: PersonTable] = [:]
        for (seed, table) in one.seeds {
            guard let right = other.seeds.isEmpty ? other.all : other.seeds[seed] else { continue }
            seeds[seed] = PersonTable(table, less: right)
        }
        if one.seeds.isEmpty {
            seeds = other.seeds.mapValues { PersonTable(one.all, less: $0) }
        }
        self.seeds = seeds
    }

    /// The mean over people, folds and tasks for each seed; seeds that lack tasks of others are
    /// left out.
    var seedMeans: [Double] {
        seeds.sorted { $0.key < $1.key }.compactMap { _, table in
            table.tasks.count == all.tasks.count ? table.people.mean : nil
        }
    }
}
