import Figures
import MetaLearning
import Statistics

/// Curves over meta-epochs, steps and sizes of support.
struct CurveFigures {
    let comparison: RunComparison

    private var groups: [RunGroup] { comparison.groups }

    // MARK: Learning

    /// Loss and accuracy over meta-epochs; `nil` without epochs.
    var learning: ReportFigure? {
        guard groups.contains(where: { $0.runs.contains { !$0.epochs.isEmpty } }) else {
            return nil
        }
        let quantities = [("loss", "loss"), ("accuracy", "accuracy")].filter { key, _ in
            lines(key).contains { !$0.points.isEmpty }
        }
        let panels = quantities.map { key, title in (title, lines(key)) }
        let seeds = groups.map(\.seeds.count).max() ?? 1
        let folds = groups.map(\.foldCount).max() ?? 1
        var caption = "Query \(quantities.map(\.1).joined(separator: " and ")) after adaptation, "
        caption += "mean over tasks, for each meta-epoch."
        if seeds > 1 {
            caption +=
                " Lines are means over seeds\(folds > 1 ? ", each of them over its folds" : ""), "
                + "areas reach from the lowest to the highest seed."
        } else if folds > 1 {
            caption += " Lines are means over folds."
        }
        return ReportFigure(
            name: "learning-curves", title: "Learning curves", caption: caption,
            table: learningTable
        ) { width in
            Figure(
                size: FigureSize(
                    width: width.points,
                    height: width == .wide ? 270 : 230 * Double(max(1, panels.count))),
                columns: width == .wide ? max(1, panels.count) : 1,
                panels: panels.map { title, lines in
                    Panel(
                        x: Axis("meta-epoch"), y: Axis(title),
                        marks: lines.flatMap(\.marks), showsLegend: true)
                })
        }
    }

    /// A quantity over epochs, with its spread over seeds.
    private struct Line: Sendable {
        let name: String
        let color: Int
        let points: [(x: Double, mean: Double, low: Double, high: Double)]

        var marks: [Mark] {
            let x = points.map(\.x)
            let curve = Mark.curve(
                Curve(
                    name, x: x, y: points.map(\.mean), color: .series(color),
                    style: points.count <= 20 ? .lineWithPoints : .line))
            guard points.contains(where: { $0.low < $0.high }) else { return [curve] }
            return [
                .ribbon(
                    Ribbon(
                        x: x, low: points.map(\.low), high: points.map(\.high),
                        color: .series(color))), curve,
            ]
        }
    }

    private func lines(_ key: String) -> [Line] {
        if groups.count == 1 {
            return ["train", "validation"].enumerated().map { place, part in
                Line(
                    name: part, color: place == 0 ? 0 : 1,
                    points: points(groups[0], "\(part)_\(key)"))
            }.filter { !$0.points.isEmpty }
        }
        return groups.enumerated().map { place, group in
            let validated = points(group, "validation_\(key)")
            return Line(
                name: comparison.figureNames[place], color: place,
                points: validated.isEmpty ? points(group, "train_\(key)") : validated)
        }.filter { !$0.points.isEmpty }
    }

    private func points(
        _ group: RunGroup, _ key: String
    ) -> [(x: Double, mean: Double, low: Double, high: Double)] {
        var values: [Int: [String: [Double]]] = [:]
        for run in group.runs {
            for epoch in run.epochs {
                if let value = epoch.values[key], value.isFinite {
                    values[epoch.number, default: [:]][run.seed, default: []].append(value)
                }
            }
        }
        return values.keys.sorted().compactMap { epoch in
            // A seed's number is the mean of its folds.
            let seeds = (values[epoch] ?? [:]).sorted { $0.key < $1.key }.compactMap(\.value.mean)
            guard let mean = seeds.mean, let low = seeds.min(), let high = seeds.max() else {
                return nil
            }
            return (Double(epoch), mean, low, high)
        }
    }

    private var learningTable: [[String]] {
        let keys = ["train_loss", "validation_loss", "train_accuracy", "validation_accuracy"]
            .filter { key in groups.contains { !points($0, key).isEmpty } }
        var rows = [["epoch"]]
        var columns: [[Int: Double]] = []
        for group in groups {
            for key in keys {
                let own = points(group, key)
                guard !own.isEmpty else { continue }
                let title = key.split(separator: "_").joined(separator: " ")
                rows[0].append(groups.count > 1 ? "\(group.name): \(title)" : title)
                columns.append(
                    Dictionary(own.map { (Int($0.x), $0.mean) }, uniquingKeysWith: { $1 }))
            }
        }
        for epoch in Set(columns.flatMap(\.keys)).sorted() {
            rows.append(
                ["\(epoch)"]
                    + columns.map { $0[epoch].map { CompactNumber.text($0) } ?? "–" })
        }
        return rows
    }

    // MARK: Studies

    /// Metrics after numbers of fine-tuning steps; `nil` without that study.
    var adaptation: ReportFigure? {
        study(
            name: "adaptation", title: "Adaptation", axis: "steps of fine-tuning",
            caption:
                "How fast the methods adapt: means over \(comparison.cases.many) after so many steps on "
                + "the support", rows: \.adaptation, text: { CompactNumber.text($0) })
    }

    /// Metrics on parts of the support; `nil` without that study.
    var supportSize: ReportFigure? {
        study(
            name: "support-size", title: "Size of the support", axis: "fraction of each class (%)",
            caption:
                "How much labeled signal the methods need: means over \(comparison.cases.many) when only "
                + "the first windows of each class are used", rows: \.supportSizes,
            text: { CompactNumber.text(($0 * 1_000).rounded() / 10) })
    }

    /// A method of a group over the points of a study.
    private struct StudyLine: Sendable {
        let name: String
        let color: SeriesColor
        let isMeta: Bool
        let points: [(place: Int, mean: Double, interval: PeopleInterval?)]

        var marks: [Mark] {
            let curve = Mark.curve(
                Curve(
                    name, x: points.map { Double($0.place) }, y: points.map(\.mean), color: color,
                    style: .lineWithPoints))
            let spread = points.compactMap { point in
                point.interval.map { (x: Double(point.place), low: $0.low, high: $0.high) }
            }
            guard isMeta, spread.count > 1 else { return [curve] }
            return [
                .ribbon(
                    Ribbon(
                        x: spread.map(\.x), low: spread.map(\.low), high: spread.map(\.high),
                        color: color)), curve,
            ]
        }
    }

    private func study(
        name: String, title: String, axis: String, caption: String,
        rows: (RunRecord) -> [StudyRow], text: (Double) -> String
    ) -> ReportFigure? {
        let all = groups.flatMap(\.runs).flatMap(rows)
        let points = Set(all.map(\.point)).sorted()
        guard !points.isEmpty else { return nil }
        let panels = [Metric.accuracy, .transitionAccuracy].filter { metric in
            all.contains { $0.values[metric] != nil }
        }.map { (metric: $0, lines: studyLines($0, at: points, rows: rows)) }
        let labels = points.map(text)
        let hasInterval = panels.contains { panel in
            panel.lines.contains { $0.isMeta && $0.points.contains { $0.interval != nil } }
        }
        return ReportFigure(
            name: name, title: title,
            caption: caption
                + (hasInterval
                    ? "; the area is the 95 % interval over \(comparison.cases.many) of the meta-trained "
                        + "model." : "."),
            table: [["method", axis] + panels.map(\.metric.title)]
                + Self.studyTable(panels.map(\.lines), labels: labels)
        ) { width in
            Figure(
                size: FigureSize(
                    width: width.points,
                    height: width == .wide ? 280 : 250 * Double(max(1, panels.count))),
                columns: width == .wide ? max(1, panels.count) : 1,
                panels: panels.map { metric, lines in
                    Panel(
                        x: Axis(axis, scale: .categories(labels)),
                        y: Axis(metric.title, range: 0...1), marks: lines.flatMap(\.marks),
                        showsLegend: true)
                })
        }
    }

    /// A metric's line of each group and method, as far as there are values.
    private func studyLines(
        _ metric: Metric, at points: [Double], rows: (RunRecord) -> [StudyRow]
    ) -> [StudyLine] {
        var lines: [StudyLine] = []
        for (place, group) in groups.enumerated() {
            let own = group.runs.flatMap { run in rows(run).map { (run: run, row: $0) } }
            var methods: [Method] = []
            for (_, row) in own where !methods.contains(row.method) { methods.append(row.method) }
            // Of several groups the models that were meta-trained are of interest.
            if groups.count > 1 { methods = methods.filter { $0 == .meta } }
            for method in methods {
                lines.append(
                    StudyLine(
                        name: groups.count > 1 ? comparison.figureNames[place] : method.title,
                        color: groups.count > 1 ? .series(place) : method.color,
                        isMeta: method == .meta,
                        points: points.enumerated().compactMap { place, point in
                            Self.mean(own, method, point, metric).map {
                                (place, $0.mean, $0.interval)
                            }
                        }))
            }
        }
        return lines.filter { !$0.points.isEmpty }
    }

    /// A row for each line and point: the means of all metrics.
    private static func studyTable(_ panels: [[StudyLine]], labels: [String]) -> [[String]] {
        (panels.first ?? []).flatMap { line in
            line.points.map { point in
                [line.name, labels[point.place]]
                    + panels.map { lines in
                        let value = lines.first { $0.name == line.name }?.points.first {
                            $0.place == point.place
                        }?.mean
                        return value.map(CompactNumber.share) ?? "–"
                    }
            }
        }
    }

    /// The mean over people at a point of a study, and where it lies.
    private static func mean(
        _ rows: [(run: RunRecord, row: StudyRow)], _ method: Method, _ point: Double,
        _ metric: Metric
    ) -> (mean: Double, interval: PeopleInterval?)? {
        let numbers = SeedTables(
            method,
            rows.filter { $0.row.method == method && $0.row.point == point }.compactMap {
                run, row in
                row.values[metric].map { (run: run, task: row.task, value: $0) }
            })
        let people = numbers.all.people
        return people.mean.map {
            ($0, PeopleInterval(meanOf: people, seeds: numbers.seedMeans, scale: .share))
        }
    }
}
