private import CSV
import Documents
import Foundation
package import MetaLearning

/// A method's numbers on a task at one point of a study: after a number of steps, or on a share
/// of the support.
package struct StudyRow: Sendable, Hashable {
    /// The method whose predictions the numbers evaluate.
    package let method: Method
    /// Steps of fine-tuning, or the fraction of each class's support windows.
    package let point: Double
    /// The task's id, such as `patient/session/condition`.
    package let task: String
    /// The numbers there are.
    package let values: [Metric: Double]

    /// The head's first columns.
    private static func head(_ point: String) -> [String] {
        ["method", point, "task"] + Metric.allCases.map(\.rawValue)
    }

    /// Rows as CSV.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - point: What the points are called: `steps` or `share`.
    /// - Returns: The text.
    static func csv(_ rows: [StudyRow], point: String) -> String {
        CSVText.line(head(point))
            + rows.map { row in
                CSVText.line(
                    [
                        row.method.rawValue,
                        row.point == row.point.rounded() && abs(row.point) < 1e9
                            ? "\(Int(row.point))" : "\(row.point)", row.task,
                    ] + Metric.allCases.map { CSVText.number(row.values[$0]) })
            }.joined()
    }

    /// Reads `adaptation.csv` or `support-size.csv`.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - point: What the points are called: `steps` or `share`.
    /// - Returns: The rows.
    /// - Throws: `DocumentError` with the line of the fault.
    static func read(contentsOf url: URL, point: String) throws(DocumentError) -> [StudyRow] {
        let table = try CSVTable(contentsOf: url)
        let (method, place, task) = (
            try table.column("method"), try table.column(point), try table.column("task")
        )
        var rows: [StudyRow] = []
        for row in table.rows {
            var values: [Metric: Double] = [:]
            for metric in Metric.allCases where table.columns.contains(metric.rawValue) {
                values[metric] = try table.share(row, try table.column(metric.rawValue))
            }
            guard let value = try table.number(row, place), value >= 0, value.isFinite else {
                throw table.error(line: row.line, expected: point, found: row.fields[place])
            }
            rows.append(
                StudyRow(
                    method: Method(rawValue: row.fields[method]), point: value,
                    task: row.fields[task], values: values))
        }
        return rows
    }
}
