private import CSV

extension TrainingResult {
    /// Whether targets were learned, not classes.
    package var isRegression: Bool {
        columns.contains { column in column.scores.contains { $0.regression != nil } }
    }

    /// Each method's mean squared error on each test task as CSV, and its R², that of all targets
    /// first and then target by target.
    var regressionCSV: String {
        let count =
            columns.lazy.flatMap(\.scores).compactMap { $0.regression?.determinations.count }.max()
            ?? 0
        var text = CSVText.line(
            ["task", "method", "mse", "r2"] + (0..<count).map { "r2_\($0)" })
        for row in (columns.first?.scores ?? []).indices {
            for column in columns {
                guard let score = column.scores[row].regression else { continue }
                let numbers = [score.squaredError, score.determination] + score.determinations
                text += CSVText.line(
                    [column.scores[row].id, column.method.rawValue] + numbers.map { "\($0)" })
            }
        }
        return text
    }
}
