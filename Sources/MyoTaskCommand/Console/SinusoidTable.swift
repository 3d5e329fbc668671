import Documents
import Foundation
import MetaLearning
import PrintableText
import Statistics

/// One run of the sinusoid benchmark.
struct SinusoidRun: Sendable {
    /// How tasks were drawn.
    let name: String
    let experiment: SinusoidExperiment

    /// The cells of its queue: parameters, loss, change and how often they were drawn.
    var queueCSV: String {
        guard let queue = experiment.queue else { return "" }
        let grid = experiment.settings.family.grid
        var text = grid.axes.map(\.name).joined(separator: ",") + ",loss,change,count\n"
        for cell in queue.losses.indices {
            // The lower corner of the cell.
            let corner = zip(grid.axes, grid.place(of: cell)).map { axis, place in
                String(format: "%.6g", axis.lower + Double(place) * axis.block)
            }
            text += corner.joined(separator: ",")
            text += ",\(queue.losses[cell]),\(queue.changes[cell]),\(queue.counts[cell])\n"
        }
        return text
    }
}

/// The errors of runs of the sinusoid benchmark, side by side.
struct SinusoidTable {
    private let runs: [SinusoidRun]

    init(_ runs: [SinusoidRun]) {
        self.runs = runs
    }

    /// Two tables for people: random tasks, and the grid with its hardest tenth.
    var text: String {
        guard let first = runs.first else { return "" }
        let steps = first.experiment.settings.testSteps
        let counts = "\(first.experiment.settings.testTasks, of: "random task")"
        let groups = names.map { name in runs.filter { $0.name == name } }
        func table(_ title: String, _ value: (SinusoidExperiment, Int) -> Double) -> String {
            var table = TextTable(["tasks drawn", ">seeds"] + steps.map { ">\($0, of: "step")" })
            for group in groups {
                table.add(
                    [group[0].name, "\(group.count)"]
                        + steps.indices.map { step in
                            Self.summary(group.map { value($0.experiment, step) })
                        })
            }
            return "\(title)\n\(table.text)"
        }
        var text = table("Mean squared error, \(counts)") { $0.scores[$1].mean }
        text += "\n\n" + table("The hardest tenth of them") { $0.scores[$1].hardest }
        text += "\n\n" + table("Mean squared error, fixed grid") { $0.gridScores[$1].mean }
        text += "\n\n" + table("The hardest tenth of the grid") { $0.gridScores[$1].hardest }
        var speed = TextTable("tasks drawn", ">meta-steps a second", ">counts ~ losses")
        for group in groups {
            let rates = group.map {
                Double($0.experiment.settings.iterations) / $0.experiment.seconds
            }
            let correlations = group.compactMap { $0.experiment.queue?.correlation }
            speed.add(
                group[0].name, String(format: "%.0f", rates.reduce(0, +) / Double(rates.count)),
                correlations.isEmpty ? "" : Self.summary(correlations))
        }
        return text + "\n\n" + speed.text
    }

    private var names: [String] {
        var seen: Set<String> = []
        return runs.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The mean over seeds, and their standard deviation when there are several; how many diverged
    /// when any did.
    private static func summary(_ values: [Double]) -> String {
        let diverged = values.count { !$0.isFinite }
        guard diverged == 0 else {
            return values.count > 1 ? "diverged (\(diverged) of \(values.count))" : "diverged"
        }
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count > 1 else { return String(format: "%.3f", mean) }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(values.count - 1)).squareRoot()
        // A task that almost diverged needs no twenty digits.
        let format = mean < 10_000 ? "%.3f ± %.3f" : "%.1e ± %.1e"
        return String(format: format, mean, deviation)
    }

    /// Every number for programs, an object for each run, set of tasks and number of steps.
    static func document(_ runs: [SinusoidRun]) -> DocumentValue {
        let rows = runs.flatMap { run in
            [("random", run.experiment.scores), ("grid", run.experiment.gridScores)]
                .flatMap { tasks, scores in
                    scores.map { score in
                        DocumentValue.object([
                            "drawn": .string(run.name),
                            "seed": FieldFormat<UInt64>.seed.write(run.experiment.settings.seed),
                            "tasks": .string(tasks), "steps": .integer(score.steps),
                            "mean_squared_error": .number(score.mean),
                            "half_width_95": .number(score.halfWidth),
                            "deviation": .number(score.deviation),
                            "hardest_tenth": .number(score.hardest),
                        ])
                    }
                }
        }
        return .object(["rows": .array(rows)])
    }

    /// Every number, a row for each run, set of tasks and number of steps.
    static func csv(_ runs: [SinusoidRun]) -> String {
        var text = "drawn,seed,tasks,steps,mse,half_width_95,deviation,hardest_tenth\n"
        for run in runs {
            let sets = [("random", run.experiment.scores), ("grid", run.experiment.gridScores)]
            for (tasks, scores) in sets {
                for score in scores {
                    text += "\(run.name),\(run.experiment.settings.seed),\(tasks),\(score.steps),"
                    text += "\(score.mean),\(score.halfWidth),\(score.deviation),\(score.hardest)\n"
                }
            }
        }
        return text
    }
}
