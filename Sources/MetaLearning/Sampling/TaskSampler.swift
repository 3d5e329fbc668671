private import CSV
import SeededRandom

/// Draws training tasks: once each in an epoch, or by a queue over their cells.
struct TaskSampler: Sendable {
    /// A task that was drawn.
    struct Draw: Sendable, Hashable {
        let id: String
        let cell: Int
        let weight: Double
    }

    /// The cells' names, in the order of their first task.
    let cells: [String]
    private let ids: [String]
    private let tasksOfCell: [[String]]
    /// The queue; also kept, for its statistics, when it does not decide.
    var queue: TaskQueue

    /// Prepares drawing.
    ///
    /// - Parameters:
    ///   - ids: The training tasks.
    ///   - settings: How they are drawn.
    ///   - seed: The run's seed.
    ///   - key: Gives a task's cell.
    init(
        _ ids: [String], settings: TrainingConfiguration.Sampling, seed: UInt64,
        key: (String) -> String
    ) {
        self.ids = ids
        var places: [String: Int] = [:]
        var names: [String] = []
        var tasks: [[String]] = []
        for id in ids {
            let name = settings.key == .task ? id : key(id)
            if let place = places[name] {
                tasks[place].append(id)
            } else {
                places[name] = names.count
                names.append(name)
                tasks.append([id])
            }
        }
        cells = names
        tasksOfCell = tasks
        var generator = SeededGenerator(seed: seed, stream: "task queue")
        queue = TaskQueue(
            cellCount: names.count, regime: settings.regime, from: &generator)
    }

    /// Draws the tasks of a meta-step; in `shuffled` order they are those given.
    mutating func draw(
        _ count: Int, shuffled: [String], step: Int, from generator: inout SeededGenerator
    ) -> [Draw] {
        guard queue.regime.drawsFromQueue else {
            return shuffled.map { Draw(id: $0, cell: 0, weight: 1) }
        }
        return (0..<count).map { _ in
            let drawn = queue.draw(step: step, from: &generator)
            let tasks = tasksOfCell[drawn.cell]
            let place = tasks.count == 1 ? 0 : generator.integer(below: tasks.count)
            return Draw(id: tasks[place], cell: drawn.cell, weight: drawn.weight)
        }
    }

    /// Takes the losses of drawn tasks in.
    mutating func insert(_ losses: [Double], of draws: [Draw]) {
        guard queue.regime.drawsFromQueue else { return }
        for (draw, loss) in zip(draws, losses) { queue.insert(loss, at: draw.cell) }
    }

    /// The queue as CSV, one row a cell: what heat maps are drawn from.
    var csv: String {
        let rows = cells.indices.map { cell in
            let name = CSVText.field(cells[cell])
            return "\(name),\(queue.losses[cell]),\(queue.changes[cell]),\(queue.counts[cell])\n"
        }
        return "cell,loss,change,count\n" + rows.joined()
    }
}
