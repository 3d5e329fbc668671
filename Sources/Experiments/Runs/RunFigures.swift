internal import Figures
private import Files
internal import Foundation
internal import MetaLearning

/// The figures of a run: those of its report; of a regression how it learned and how test tasks
/// came out.
struct RunFigures {
    /// The figures by name.
    let figures: [(name: String, figure: Figure)]

    /// Those that TensorBoard shows, too.
    private static let pictures: Set = ["learning-curves", "tasks"]

    /// The figures of a run's report.
    init(_ report: Report) {
        figures = report.wideFigures
    }

    /// The figures of a regression, whose scores have no lower end.
    init(regression result: TrainingResult) {
        var figures = [("learning-curves", Self.curves(result.epochs))]
        if let first = result.columns.first, first.scores.count <= 60 {
            figures.append(("tasks", Self.bars(result.columns)))
        }
        self.figures = figures
    }

    /// Writes each figure as SVG, and those that TensorBoard shows as PNG.
    ///
    /// - Parameter folder: Where they go.
    /// - Returns: The pictures by name, as PNG.
    /// - Throws: `FigureError` or `FilesError` when one cannot be drawn or written.
    func write(to folder: URL) throws -> [(name: String, png: Data)] {
        try figures.compactMap { name, figure in
            try AtomicFile.write(
                figure.svg(identifier: name), to: folder.appending(path: "\(name).svg"))
            guard Self.pictures.contains(name) else { return nil }
            let png = try figure.png()
            try AtomicFile.write(Array(png), to: folder.appending(path: "\(name).png"))
            return (name, png)
        }
    }

    private static func curves(_ epochs: [EpochReport]) -> Figure {
        let x = epochs.map { Double($0.epoch) }
        func panel(
            _ name: String, _ train: KeyPath<EpochReport, Double>,
            _ validation: KeyPath<EpochReport, Double?>
        ) -> Panel {
            var marks = [
                Mark.curve(
                    Curve(
                        "train", x: x, y: epochs.map { $0[keyPath: train] }, style: .lineWithPoints)
                )
            ]
            let values = epochs.map { $0[keyPath: validation] ?? .nan }
            if values.contains(where: \.isFinite) {
                marks.append(.curve(Curve("validation", x: x, y: values, style: .lineWithPoints)))
            }
            return Panel(
                title: "Query \(name) after adaptation", x: Axis("meta-epoch"),
                y: Axis(name), marks: marks)
        }
        return Figure(
            title: "Meta-training", columns: 2,
            panels: [
                panel("loss", \.trainLoss, \.validationLoss),
                panel("R²", \.trainAccuracy, \.validationAccuracy),
            ])
    }

    private static func bars(_ columns: [TrainingResult.Column]) -> Figure {
        let ids = columns[0].scores.map(\.id)
        return Figure(
            title: "Test tasks after fine-tuning on their support",
            panels: [
                Panel(
                    x: Axis(scale: .categories(ids)), y: Axis("query R²"),
                    marks: columns.map { column in
                        .bars(
                            Bars(
                                column.method.title, values: column.scores.map(\.accuracy),
                                color: column.method.color, decimals: ids.count <= 4 ? 2 : nil))
                    })
            ])
    }
}
