package import Figures
private import Statistics

extension Leaderboard {
    /// Accuracy against seconds of support.
    ///
    /// - Parameter width: The figure's width in points.
    /// - Returns: The figure.
    package func figure(width: Double) -> Figure {
        let settings = run.settings.supports
        let marks = methods.enumerated().flatMap { place, method -> [Mark] in
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

    /// How long what is shown lasts at a setting, in words.
    private func secondsText(_ setting: Int) -> String {
        let support = run.settings.supports[setting]
        guard let windows = support.windows else { return "whole holds" }
        let classes =
            support.shown
            ?? (run.settings.newClasses > 0
                ? run.settings.newClasses : run.people.classNames.count)
        let hold =
            run.settings.windowSeconds + Double(windows - 1) * run.settings.strideSeconds
        return CompactNumber.text((Double(classes) * hold * 100).rounded() / 100)
    }
}
