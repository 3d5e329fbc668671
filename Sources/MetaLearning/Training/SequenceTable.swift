private import CSV
private import Foundation

/// What methods keep of tasks that they learned one after the other.
package struct SequenceTable: Sendable, Hashable {
    /// A method's scores.
    package struct Column: Sendable, Hashable {
        /// The method whose predictions the numbers evaluate.
        package let method: Method
        /// Those of each sequence.
        package let scores: [SequenceScore]
    }

    /// Whether sequences are of different tasks that are independent of each other, so that means
    /// over them have intervals.
    package let isOfIndependentSequences: Bool
    /// One column a method.
    package internal(set) var columns: [Column] = []

    init(isOfIndependentSequences: Bool) {
        self.isOfIndependentSequences = isOfIndependentSequences
    }

    /// All numbers as CSV: a row for each method, sequence, number of tasks learned and task.
    package var csv: String {
        var text = "method,sequence,learned,place,task,accuracy,loss\n"
        for column in columns {
            for (sequence, score) in column.scores.enumerated() {
                for (last, row) in score.accuracies.enumerated() {
                    for (place, accuracy) in row.enumerated() {
                        text +=
                            "\(column.method.rawValue),\(sequence + 1),\(last + 1),\(place + 1),"
                            + "\(CSVText.field(score.ids[place], always: true)),\(accuracy),"
                            + "\(score.losses[last][place])\n"
                    }
                }
            }
        }
        return text
    }

    /// The table for readers, in Markdown.
    var markdown: [String] {
        guard let first = columns.first?.scores.first else { return [] }
        let titles = columns.map(\.method.title).joined(separator: " | ")
        var lines = [
            "", "## Learned one after the other", "",
            "\(columns[0].scores.count) sequences of \(first.ids.count) test tasks; each method goes on "
                + "from where the task before left it. Mean over the tasks learned so far:", "",
            "| tasks learned | \(titles) |",
            "| ---: |" + String(repeating: " ---: |", count: columns.count),
        ]
        for count in 1...first.ids.count {
            lines.append("| \(count) | " + cells { $0.means[count - 1] } + " |")
        }
        lines += [
            "", "| in the end | \(titles) |",
            "| --- |" + String(repeating: " ---: |", count: columns.count),
            "| each task when it was learned | " + cells(\.learned) + " |",
            "| all tasks in the end | " + cells(\.final) + " |",
            "| forgetting | " + cells(\.forgetting) + " |",
            "| backward transfer | " + cells(\.backwardTransfer) + " |", "",
            "Forgetting is the best accuracy on a task less that in the end (Chaudhry et al., 2018), "
                + "backward transfer that in the end less that when it was learned (Lopez-Paz and "
                + "Ranzato, 2017), both without the last task.", "",
        ]
        return lines
    }

    /// A cell for each method: the mean over sequences, with its interval where there is one.
    private func cells(_ value: (SequenceScore) -> Double) -> String {
        columns.map { column in
            let mean = MeanInterval(column.scores.map(value))
            let width = isOfIndependentSequences ? mean.halfWidth : nil
            return TrainingResult.text("%.3f", mean.mean)
                + (width.map { " ± " + TrainingResult.text("%.3f", $0) } ?? "")
        }.joined(separator: " | ")
    }

    /// Which sequences diverged, method by method.
    var divergences: [String] {
        columns.compactMap { column in
            let count = column.scores.count(where: \.hasDiverged)
            guard count > 0 else { return nil }
            return "Fine-tuning of \(column.method.title) diverged in \(count) of "
                + "\(column.scores.count) sequences of tasks: a loss was not finite; what was learned "
                + "after it is scored as it is then."
        }
    }
}
