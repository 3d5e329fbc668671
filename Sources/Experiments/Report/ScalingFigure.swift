import Figures
import MetaLearning
import Statistics

/// What the time of trainings on several ranks went into, and how much faster more ranks were.
struct ScalingFigure {
    let runs: [RunRecord]

    /// What an epoch took on a number of ranks, on average over epochs.
    private struct Run: Sendable {
        let name: String
        let rankCount: Int
        let seconds: Double
        /// Seconds of each rank, one after the other.
        let compute: [Double]
        let idle: [Double]
        let exchange: [Double]
        let megabytes: Double
    }

    /// Seconds of each rank, and seconds an epoch over numbers of ranks; `nil` when no run was done
    /// on several ranks.
    var figure: ReportFigure? {
        let all = runs.compactMap(Self.mean)
        let shared = all.filter { $0.rankCount > 1 }
        guard !shared.isEmpty else { return nil }
        let times = Self.times(all)
        var caption =
            "What the time of each rank went into, a meta-epoch on average: work on its own "
            + "tasks, waiting for ranks that were still at work, moving gradients and scores."
        if times != nil {
            caption +=
                " Seconds of an epoch over the number of ranks, beside what the smallest number "
                + "would give if nothing were lost."
        }
        return ReportFigure(
            name: "scaling", title: "Scaling over ranks", caption: caption,
            table: Self.table(of: all)
        ) { width in
            var panels = shared.map { run in
                Panel(
                    title: shared.count == 1 ? "" : run.name,
                    x: Axis("rank", scale: .categories((0..<run.rankCount).map { "\($0)" })),
                    y: Axis("seconds an epoch"),
                    marks: [
                        .bars(Bars("computing", values: run.compute, color: .series(0))),
                        .bars(Bars("idle", values: run.idle, color: .series(1))),
                        .bars(Bars("exchanging", values: run.exchange, color: .series(2))),
                    ], showsLegend: true)
            }
            if let times { panels.append(times) }
            let columns = width == .wide ? min(2, panels.count) : 1
            let rows = (panels.count + columns - 1) / columns
            return Figure(
                size: FigureSize(width: width.points, height: 240 * Double(rows)),
                columns: columns, panels: panels)
        }
    }

    private static func table(of runs: [Run]) -> [[String]] {
        var table = [
            ["run", "ranks", "seconds an epoch", "computing", "idle", "exchanging", "MB sent"]
        ]
        for run in runs {
            let parts = [run.compute, run.idle, run.exchange].map { $0.reduce(0, +) }
            let whole = max(1e-12, parts.reduce(0, +))
            let known = run.rankCount > 1
            table.append(
                [run.name, "\(run.rankCount)", CompactNumber.text(run.seconds)]
                    + parts.map { known ? CompactNumber.share($0 / whole) : "–" }
                    + [known ? CompactNumber.text(run.megabytes) : "–"])
        }
        return table
    }

    /// Seconds over numbers of ranks; `nil` for one number.
    private static func times(_ runs: [Run]) -> Panel? {
        var seconds: [Int: [Double]] = [:]
        for run in runs { seconds[run.rankCount, default: []].append(run.seconds) }
        let counts = seconds.keys.sorted()
        guard counts.count > 1 else { return nil }
        let means = counts.map { count in
            let own = seconds[count] ?? []
            return own.reduce(0, +) / Double(max(1, own.count))
        }
        let x = counts.map(Double.init)
        return Panel(
            x: Axis("ranks"), y: Axis("seconds an epoch"),
            marks: [
                .curve(Curve("measured", x: x, y: means, style: .lineWithPoints)),
                .curve(Curve("nothing lost", x: x, y: x.map { means[0] * x[0] / $0 })),
            ], showsLegend: true)
    }

    private static func mean(_ run: RunRecord) -> Run? {
        guard let last = run.epochs.last else { return nil }
        // A run may have gone on with another number of ranks.
        let alike = run.epochs.filter { $0.ranks.count == last.ranks.count }
        let count = Double(alike.count)
        func mean(_ value: (RankReport) -> Double) -> [Double] {
            last.ranks.indices.map { rank in
                alike.reduce(0) { $0 + value($1.ranks[rank]) } / count
            }
        }
        return Run(
            name: run.name, rankCount: max(1, last.ranks.count),
            seconds: alike.reduce(0) { $0 + ($1.values["seconds"] ?? 0) } / count,
            compute: mean(\.computeSeconds), idle: mean(\.idleSeconds),
            exchange: mean(\.exchangeSeconds),
            megabytes: mean { Double($0.bytesSent) / 1e6 }.reduce(0, +))
    }
}
