/// Numbers of tasks, reduced in the order in which they depend on each other: a task's numbers to
/// their mean over seeds, a person's tasks to their mean, and people to the mean of all.
struct PersonTable: Sendable {
    /// A task of a person.
    struct Key: Sendable, Hashable {
        let person: String
        let task: String
    }

    private var sums: [Key: (sum: Double, count: Double)] = [:]

    /// Creates a table without numbers.
    init() {}

    /// Takes the differences on the tasks that both have.
    init(_ one: PersonTable, less other: PersonTable) {
        let right = other.tasks
        for (task, value) in one.tasks {
            if let number = right[task] { add(value - number, of: task) }
        }
    }

    /// Adds a number of a task, one for each seed.
    mutating func add(_ value: Double, of task: Key) {
        let old = sums[task] ?? (0, 0)
        sums[task] = (old.sum + value, old.count + 1)
    }

    /// The tasks' means over seeds.
    var tasks: [Key: Double] { sums.mapValues { $0.sum / $0.count } }

    /// Each person's mean over tasks, in the order of names.
    var people: [Double] {
        Dictionary(grouping: tasks, by: \.key.person).sorted { $0.key < $1.key }.map {
            let own = $0.value.sorted { $0.key.task < $1.key.task }.map(\.value)
            return own.reduce(0, +) / Double(own.count)
        }
    }
}
