private import EMGArchive
internal import Figures
internal import Foundation
internal import MetaLearning

/// The figures of a run: how it learned and how test tasks came out.
struct RunFigures {
    /// The figures by name.
    let figures: [(name: String, figure: Figure)]

    init(_ result: TrainingResult) {
        // R² has no lower end.
        let (score, range) = result.isRegression ? ("R²", nil) : ("accuracy", 0.0...1.0)
        var figures = [("curves", Self.curves(result.epochs, score: score, range: range))]
        if let first = result.columns.first, first.scores.count <= 60 {
            figures.append(
                ("test-accuracy", Self.bars(result.columns, score: score, range: range)))
        }
        self.figures = figures
    }

    /// Writes each figure as SVG and PNG.
    ///
    /// - Parameter folder: Where they go.
    /// - Returns: The pictures by name, as PNG.
    /// - Throws: `FigureError` or `ArchiveError` when one cannot be drawn or written.
    func write(to folder: URL) throws -> [(name: String, png: Data)] {
        try figures.map { name, figure in
            let png = try figure.png()
            try AtomicFile.write(
                Array(figure.svg(identifier: name).utf8), to: folder.appending(path: "\(name).svg"))
            try AtomicFile.write(Array(png), to: folder.appending(path: "\(name).png"))
            return (name, png)
        }
    }

    private static func curves(
        _ epochs: [EpochReport], score: String, range: ClosedRange<Double>?
    ) -> Figure {
        let x = epochs.map { Double($0.epoch) }
        func panel(
            _ name: String, range: ClosedRange<Double>? = nil,
            _ train: KeyPath<EpochReport, Double>,
            _ validation: KeyPath<EpochReport, Double?>
        ) -> Panel {
            var marks = [
                Mark.curve(
                    Curve("train", x: x, y: epochs.map { $0[keyPath: train] }, showsPoints: true))
            ]
            let values = epochs.map { $0[keyPath: validation] ?? .nan }
            if values.contains(where: \.isFinite) {
                marks.append(.curve(Curve("validation", x: x, y: values, showsPoints: true)))
            }
            return Panel(
                title: "Query \(name) after adaptation", x: Axis("meta-epoch"),
                y: Axis(name, range: range), marks: marks)
        }
        return Figure(
            title: "Meta-training", columns: 2,
            panels: [
                panel("loss", \.trainLoss, \.validationLoss),
                panel(score, range: range, \.trainAccuracy, \.validationAccuracy),
            ])
    }

    private static func bars(
        _ columns: [TrainingResult.Column], score: String, range: ClosedRange<Double>?
    ) -> Figure {
        let ids = columns[0].scores.map(\.id)
        return Figure(
            title: "Test tasks after fine-tuning on their support",
            panels: [
                Panel(
                    x: Axis(scale: .categories(ids)), y: Axis("query \(score)", range: range),
                    marks: columns.map { column in
                        .bars(
                            Bars(
                                column.method.rawValue, values: column.scores.map(\.accuracy),
                                decimals: ids.count <= 4 ? 2 : nil))
                    })
            ])
    }
}
