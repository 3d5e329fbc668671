import Decoding
import Figures
import MetaLearning

/// What each method predicted when each class was the true one, summed over runs.
struct ConfusionFigure {
    let runs: [PredictedRun]
    /// What files and ids are called.
    let name: String
    let title: String

    /// A heat map for each method; `nil` without predictions.
    var figure: ReportFigure? {
        guard let classes = runs.first?.setting.classes else { return nil }
        let own = runs.filter { $0.setting.classes == classes }
        let (methods, matrices) = Self.matrices(of: own, classCount: classes.count)
        guard !methods.isEmpty else { return nil }
        var table = [["method", "true class"] + classes.map { "predicted \($0)" }]
        for (method, matrix) in zip(methods, matrices) {
            for label in classes.indices {
                table.append(
                    [method.title, classes[label]]
                        + classes.indices.map { "\(matrix[label, $0])" })
            }
        }
        let (titles, maps) = (methods.map(\.title), matrices)
        return ReportFigure(
            name: name, title: title,
            caption:
                "What was predicted (across) when a class was the true one (down), in percent of "
                + "that class's windows, over all test tasks"
                + (own.count > 1 ? " of \(own.count) runs." : "."), table: table
        ) { width in
            // Four beside each other would leave their titles no room.
            let columns = width == .wide ? (titles.count > 3 ? 2 : titles.count) : 1
            let rows = (titles.count + columns - 1) / columns
            return Figure(
                size: FigureSize(
                    width: width.points,
                    height: min(14_400, (width == .wide ? 205 : 215) * Double(rows))),
                columns: columns,
                panels: zip(titles, maps).map { title, matrix in
                    Panel(
                        title: title, x: Axis(scale: .categories(classes)),
                        y: Axis(scale: .categories(classes)),
                        marks: [
                            .heatMap(
                                HeatMap(
                                    rowCount: classes.count, columnCount: classes.count,
                                    values: Self.percents(matrix), range: 0...100,
                                    label: "%", decimals: 0))
                        ])
                })
        }
    }

    /// Each method's confusions, summed over runs and tasks.
    private static func matrices(
        of runs: [PredictedRun], classCount: Int
    ) -> ([Method], [ConfusionMatrix]) {
        var methods: [Method] = []
        var matrices: [ConfusionMatrix] = []
        for run in runs {
            for (place, method) in run.predictions.methods.enumerated() {
                var matrix = ConfusionMatrix(classCount: classCount)
                for task in run.predictions.tasks {
                    matrix.add(
                        ConfusionMatrix(
                            labels: task.labels, predictions: task.predicted[place],
                            classCount: classCount))
                }
                if let known = methods.firstIndex(of: method) {
                    matrices[known].add(matrix)
                } else {
                    methods.append(method)
                    matrices.append(matrix)
                }
            }
        }
        return (methods, matrices)
    }

    private static func percents(_ matrix: ConfusionMatrix) -> [Double] {
        (0..<matrix.classCount).flatMap { label -> [Double] in
            let asked = Double(matrix.asked(label))
            return (0..<matrix.classCount).map { 100 * Double(matrix[label, $0]) / asked }
        }
    }
}
