import Figures
import MetaLearning
import Statistics

/// Methods on each task.
struct TaskFigures {
    let comparison: RunComparison

    /// A method's numbers on tasks.
    private struct Series: Sendable {
        let name: String
        let color: SeriesColor
        let values: [Double]
    }

    /// Bars of each task; `nil` without results.
    func tasks(_ metric: Metric = .accuracy) -> ReportFigure? {
        let groups = comparison.groups
        var ids: [String] = []
        var seen: Set<String> = []
        for group in groups {
            for id in group.tasks where seen.insert(id).inserted { ids.append(id) }
        }
        guard !ids.isEmpty else { return nil }
        let names = Self.shortNames(ids)
        var series: [Series] = []
        for (place, group) in groups.enumerated() {
            for method in group.methods where groups.count == 1 || method == .meta {
                let values = group.means(metric, of: method)
                series.append(
                    Series(
                        name: groups.count > 1 ? comparison.figureNames[place] : method.title,
                        color: groups.count > 1 ? .series(place) : method.color,
                        values: ids.map { values[$0] ?? .nan }))
            }
        }
        let classCount = groups.flatMap(\.runs).compactMap { $0.setting?.classes.count }.first
        let shown = series
        let table =
            [["task"] + shown.map(\.name)]
            + ids.indices.map { index in
                [ids[index]] + shown.map { CompactNumber.share($0.values[index]) }
            }
        let isLong = ids.count > 24
        let axis = Axis(
            comparison.title(of: metric), range: comparison.isRegression ? nil : 0...1)
        return ReportFigure(
            name: "tasks", title: "Each test task",
            caption:
                "Query \(comparison.title(of: metric)) of each test task after fine-tuning on its support"
                + (isLong
                    ? ", sorted by the last method."
                    : comparison.isRegression
                        ? "." : ". The dashed line is what guessing would give."),
            table: table
        ) { width in
            isLong
                ? Self.dots(shown, axis, width)
                : Self.bars(shown, names, axis, width, classCount)
        }
    }

    private static func bars(
        _ series: [Series], _ names: [String], _ axis: Axis, _ width: ReportFigure.Width,
        _ classCount: Int?
    ) -> Figure {
        // As many tasks side by side as leave the bars their width.
        let room = width == .wide ? 48 : 16
        let chunk = max(1, room / max(1, series.count + 1))
        let rows = stride(from: 0, to: names.count, by: chunk).map {
            $0..<min($0 + chunk, names.count)
        }
        return Figure(
            size: FigureSize(
                width: width.points,
                height: max(72, min(14_400, (width == .wide ? 250 : 220) * Double(rows.count)))),
            columns: 1,
            panels: rows.map { range in
                // A last row that is not full keeps the bars as wide as in the others.
                let filler = rows.count > 1 ? chunk - range.count : 0
                var marks = series.map { one in
                    Mark.bars(
                        Bars(
                            one.name,
                            values: Array(one.values[range])
                                + Array(repeating: .nan, count: filler), color: one.color))
                }
                if let classCount, classCount > 1 {
                    marks.append(
                        .reference(ReferenceLine(.horizontal, at: 1 / Double(classCount))))
                }
                return Panel(
                    x: Axis(
                        scale: .categories(
                            names[range] + Array(repeating: "", count: filler))),
                    y: axis, marks: marks,
                    showsLegend: range.lowerBound == 0)
            })
    }

    private static func dots(
        _ series: [Series], _ axis: Axis, _ width: ReportFigure.Width
    ) -> Figure {
        let last = series.last?.values ?? []
        let order = last.indices.sorted { last[$0] < last[$1] }
        return Figure(
            size: FigureSize(width: width.points, height: width == .wide ? 300 : 260),
            panels: [
                Panel(
                    x: Axis("task, sorted"), y: axis,
                    marks: series.map { one in
                        .curve(
                            Curve(
                                one.name, x: order.indices.map { Double($0 + 1) },
                                y: order.map { one.values[$0] }, color: one.color,
                                style: .points))
                    }, showsLegend: true)
            ])
    }

    /// Ids without the parts that they have in common, where that leaves them different.
    static func shortNames(_ ids: [String]) -> [String] {
        let parts = ids.map { $0.split(separator: "/").map(String.init) }
        guard let count = parts.first?.count, count > 1, parts.allSatisfy({ $0.count == count })
        else { return ids }
        for kept in [[0], [0, count - 1], Array(0..<count)] {
            let names = parts.map { own in kept.map { own[$0] }.joined(separator: "/") }
            if Set(names).count == ids.count { return names }
        }
        return ids
    }
}
