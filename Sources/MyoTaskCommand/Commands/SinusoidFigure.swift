import Figures
import MetaLearning

/// What `myotask sinusoids --plot` draws: how often each part of the parameters was drawn for
/// training, and how hard it was last.
struct SinusoidFigure {
    private let groups: [(name: String, runs: [SinusoidRun])]

    /// Prepares the drawing; `nil` when no run has a queue.
    init?(_ runs: [SinusoidRun]) {
        let runs = runs.filter { $0.experiment.queue != nil }
        var groups: [(name: String, runs: [SinusoidRun])] = []
        for run in runs {
            if let place = groups.firstIndex(where: { $0.name == run.name }) {
                groups[place].runs.append(run)
            } else {
                groups.append((run.name, [run]))
            }
        }
        guard !groups.isEmpty else { return nil }
        self.groups = groups
    }

    /// One row a regime: counts on the left, losses on the right. Several seeds are averaged, and
    /// so is what lies along a third parameter.
    var figure: Figure {
        let seeds = groups.map(\.runs.count).max() ?? 1
        return Figure(
            title: "Where tasks were drawn from",
            summary: "Counts and last losses of the queue's cells over amplitude and phase for "
                + groups.map(\.name).joined(separator: ", ")
                + (seeds > 1 ? ", means over \(seeds) seeds" : ""),
            size: FigureSize(width: 760, height: min(14_400, 40 + 290 * Double(groups.count))),
            columns: 2,
            panels: groups.flatMap { name, runs in
                [
                    panel("\(name): times drawn", runs) { $0.counts.map(Double.init) },
                    panel("\(name): last loss", runs) { $0.losses },
                ]
            })
    }

    private func panel(
        _ title: String, _ runs: [SinusoidRun], _ values: (TaskQueue) -> [Double]
    ) -> Panel {
        let grid = runs[0].experiment.settings.family.grid
        let (rows, columns) = (grid.axes[0], grid.axes[1])
        var sums = [Double](repeating: 0, count: rows.count * columns.count)
        var counts = sums
        for run in runs {
            guard let queue = run.experiment.queue else { continue }
            for (cell, value) in values(queue).enumerated() {
                let place = grid.place(of: cell)
                // The largest amplitude is on top.
                let target = (rows.count - 1 - place[0]) * columns.count + place[1]
                sums[target] += value
                counts[target] += 1
            }
        }
        return Panel(
            title: title,
            x: Axis(columns.name, unit: "°", scale: .categories(Self.labels(columns, every: 6))),
            y: Axis(rows.name, scale: .categories(Self.labels(rows, every: 10).reversed())),
            marks: [
                .heatMap(
                    HeatMap(
                        rowCount: rows.count, columnCount: columns.count,
                        values: zip(sums, counts).map { $0 / $1 }))
            ])
    }

    /// The lower ends of some cells; the others have no name.
    private static func labels(_ axis: ParameterGrid.Axis, every step: Int) -> [String] {
        (0..<axis.count).map { cell in
            guard cell.isMultiple(of: step) else { return "" }
            let value = axis.lower + Double(cell) * axis.block
            let tenths = (value * 10).rounded() / 10
            return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
        }
    }
}
