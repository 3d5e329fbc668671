import Figures
import MetaLearning
import Statistics

/// What methods keep of tasks that they learned one after the other.
struct ForgettingFigure {
    let comparison: RunComparison

    /// A method of a group.
    private struct Line: Sendable {
        let name: String
        let color: SeriesColor
        let scores: [SequenceScore]
        /// Whether sequences have no task in common and tasks are independent of each other.
        let hasIntervals: Bool

        /// The tasks of the shortest sequence.
        var length: Int { scores.map(\.ids.count).min() ?? 0 }

        func mean(_ value: (SequenceScore) -> Double) -> MeanInterval {
            MeanInterval(scores.map(value))
        }

        /// A curve of means, with the interval's area.
        func marks(_ x: [Int], _ value: (SequenceScore, Int) -> Double) -> [Mark] {
            let means = x.map { place in mean { value($0, place) } }
            let places = x.map(Double.init)
            let curve = Mark.curve(
                Curve(
                    name, x: places, y: means.map(\.mean), color: color, style: .lineWithPoints))
            let widths = means.compactMap(\.halfWidth)
            guard hasIntervals, widths.count == x.count, x.count > 1 else { return [curve] }
            return [
                .ribbon(
                    Ribbon(
                        x: places, low: zip(means, widths).map { $0.mean - $1 },
                        high: zip(means, widths).map { $0.mean + $1 }, color: color)), curve,
            ]
        }
    }

    /// Accuracy on a task while others are learned, and on all tasks learned so far; `nil` without
    /// that study.
    var figure: ReportFigure? {
        let lines = lines
        guard let length = lines.map(\.length).min(), length > 1 else { return nil }
        let title = comparison.title(of: .accuracy)
        var caption =
            "What is kept of tasks that are learned one after the other: \(title) on a task after so "
            + "many others were learned since, and on all tasks learned so far, means over "
            + "\(lines.map(\.scores.count).max() ?? 0) sequences of \(length) tasks"
        caption +=
            lines.contains(where: \.hasIntervals)
            ? "; areas are 95 % intervals over sequences." : "."
        let (since, learned) = (Array(0..<length), Array(1...length))
        return ReportFigure(
            name: "forgetting", title: "Learning task after task", caption: caption,
            table: Self.table(lines)
        ) { width in
            Figure(
                size: FigureSize(
                    width: width.points, height: width == .wide ? 280 : 500),
                columns: width == .wide ? 2 : 1,
                panels: [
                    Panel(
                        x: Axis("tasks learned since"), y: Axis("\(title) on a task"),
                        marks: lines.flatMap { $0.marks(since) { $0.retained(after: $1) } },
                        showsLegend: true),
                    Panel(
                        x: Axis("tasks learned"), y: Axis("\(title) on all of them"),
                        marks: lines.flatMap { $0.marks(learned) { $0.means[$1 - 1] } },
                        showsLegend: true),
                ])
        }
    }

    /// Each method of one group; of several groups the models that were meta-trained.
    private var lines: [Line] {
        comparison.groups.enumerated().flatMap { place, group in
            let isOne = comparison.groups.count == 1
            let all = group.runs.flatMap { run in run.sequences.map { (run, $0) } }
            var methods: [Method] = []
            for (_, record) in all where !methods.contains(record.method) {
                methods.append(record.method)
            }
            return methods.filter { isOne || $0 == .meta }.map { method in
                let own = all.filter { $0.1.method == method }
                let scores = own.flatMap(\.1.scores)
                let ids = own.first?.1.scores.flatMap(\.ids) ?? []
                return Line(
                    name: isOne ? method.title : comparison.figureNames[place],
                    color: isOne ? method.color : .series(place), scores: scores,
                    // Of several seeds each sequence is learned once a seed.
                    hasIntervals: group.runs.allSatisfy(\.isOfArrays) && own.count == 1
                        && Set(ids).count == ids.count)
            }
        }.filter { !$0.scores.isEmpty }
    }

    private static func table(_ lines: [Line]) -> [[String]] {
        [
            [
                "method", "when learned", "all in the end", "forgetting", "backward transfer",
            ]
        ]
            + lines.map { line in
                func cell(_ value: (SequenceScore) -> Double) -> String {
                    let mean = line.mean(value)
                    let width = line.hasIntervals ? mean.halfWidth : nil
                    return CompactNumber.share(mean.mean)
                        + (width.map { " ± \(CompactNumber.share($0))" } ?? "")
                }
                return [
                    line.name, cell(\.learned), cell(\.final), cell(\.forgetting),
                    cell(\.backwardTransfer),
                ]
            }
    }
}
