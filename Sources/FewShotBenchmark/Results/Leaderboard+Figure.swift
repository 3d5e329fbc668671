package import Figures
private import Statistics

extension Leaderboard {
    /// Accuracy against seconds of support.
    ///
    /// - Parameter width: The figure's width in points.
    /// - Returns: The figure.
    package func figure(width: Double) -> Figure {
        let settings = run.settings.supports
        let marks = drawnMethods.enumerated().flatMap { place, method -> [Mark] in
            let own = settings.indices.compactMap { cell(method, $0) }
            let x = own.map { Double($0.setting) }
            let color = SeriesColor.series(place)
            let curve = Mark.curve(
                Curve(
                    method, x: x, y: own.map { 100 * $0.accuracy }, color: color,
                    style: .lineWithPoints))
            let spread = own.compactMap { cell in
                cell.interval.map { (x: Double(cell.setting), low: $0.low, high: $0.high) }
            }
            // Areas of all methods would hide each other.
            guard method == reference, spread.count > 1 else { return [curve] }
            return [
                .ribbon(
                    Ribbon(
                        x: spread.map(\.x), low: spread.map { 100 * $0.low },
                        high: spread.map { 100 * $0.high }, color: color)), curve,
            ]
        }
        return Figure(
            title: run.settings.name,
            summary: "Accuracy of each method by how much of a new person was shown.",
            size: FigureSize(width: width, height: 360),
            panels: [
                Panel(
                    x: Axis(
                        "seconds of signal shown",
                        scale: .categories(settings.indices.map(secondsText))),
                    y: Axis("accuracy", unit: "%"), marks: marks, showsLegend: true)
            ])
    }

    /// The reference and the best of the others: more lines could not be told apart.
    private var drawnMethods: [String] {
        let means = methods.map { method in
            (method, cells.filter { $0.method == method }.map(\.accuracy).mean ?? 0)
        }
        let best = means.sorted { $0.1 > $1.1 }.map(\.0).filter { $0 != reference }
        let drawn = Set([reference] + best.prefix(Self.mostLines - 1))
        return methods.filter { drawn.contains($0) }
    }

    /// How many lines there are at most.
    private static var mostLines: Int { 7 }

    /// How long what is shown lasts at a setting, in words.
    private func secondsText(_ setting: Int) -> String {
        let support = run.settings.supports[setting]
        guard let windows = support.windows else { return "whole holds" }
        let classes =
            support.shown
            ?? (run.settings.newClassCount > 0
                ? run.settings.newClassCount : run.people.classNames.count)
        let hold =
            run.settings.windowSeconds + Double(windows - 1) * run.settings.strideSeconds
        return CompactNumber.text((Double(classes) * hold * 100).rounded() / 100)
    }
}
