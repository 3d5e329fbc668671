private import CSV
package import Documents
package import Foundation
package import MetaLearning

/// What every method predicted of every window of the test tasks' queries.
package struct TestPredictions: Sendable, Hashable {
    /// One task's windows.
    package struct Windows: Sendable, Hashable {
        /// The task's id, such as `patient/session/condition`.
        package let id: String
        /// The first sample of each window, ascending.
        package var starts: [Int]
        /// The class that each window is labeled with, from 0.
        package var labels: [UInt8]
        /// What each method predicted, in the order of the methods.
        package var predicted: [[UInt8]]
    }

    /// The methods.
    package let methods: [Method]
    /// The windows of each test task, in the order of testing.
    package var tasks: [Windows]

    /// Puts predictions together.
    package init(methods: [Method], tasks: [Windows]) {
        self.methods = methods
        self.tasks = tasks
    }

    /// A method's predictions of a task; `nil` when the method is not among them.
    package func predicted(_ method: Method, of task: Windows) -> [UInt8]? {
        methods.firstIndex(of: method).map { task.predicted[$0] }
    }

    /// `predictions.csv`: a row for each window with its task, first sample, label and what each
    /// method predicted.
    package var csv: String {
        var text = CSVText.line(["task", "start", "label"] + methods.map(\.rawValue))
        for task in tasks {
            let id = CSVText.field(task.id)
            for index in task.starts.indices {
                text += "\(id),\(task.starts[index]),\(task.labels[index])"
                for column in task.predicted { text += ",\(column[index])" }
                text += "\n"
            }
        }
        return text
    }

    /// Reads `predictions.csv`.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - classCount: How many classes there are.
    /// - Returns: The predictions.
    /// - Throws: `DocumentError` with the line of the fault.
    package static func read(
        contentsOf url: URL, classCount: Int
    ) throws(DocumentError) -> TestPredictions {
        let table = try CSVTable(contentsOf: url)
        guard table.columns.starts(with: ["task", "start", "label"]) else {
            throw table.error(
                line: 1, expected: "columns task, start, label and a method each",
                found: table.columns.joined(separator: ", "))
        }
        let methods = table.columns.dropFirst(3).map { Method(rawValue: $0) }
        var tasks: [Windows] = []
        for row in table.rows {
            if tasks.last?.id != row.fields[0] {
                tasks.append(
                    Windows(
                        id: row.fields[0], starts: [], labels: [],
                        predicted: Array(repeating: [], count: methods.count)))
            }
            let last = tasks.count - 1
            guard let start = Int(row.fields[1]), start >= tasks[last].starts.last ?? 0,
                start < 1 << 40
            else {
                throw table.error(
                    line: row.line, expected: "windows in ascending order", found: row.fields[1])
            }
            tasks[last].starts.append(start)
            for (place, field) in row.fields.dropFirst(2).enumerated() {
                guard let value = UInt8(field), value < classCount else {
                    throw table.error(
                        line: row.line, expected: "a class below \(classCount)", found: field)
                }
                if place == 0 {
                    tasks[last].labels.append(value)
                } else {
                    tasks[last].predicted[place - 1].append(value)
                }
            }
        }
        return TestPredictions(methods: methods, tasks: tasks)
    }
}
