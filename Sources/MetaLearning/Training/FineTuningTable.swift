private import Foundation

/// The test table after a number of fine-tuning steps.
public struct FineTuningTable: Sendable, Hashable {
    /// Steps of fine-tuning on a task's support.
    public let steps: Int
    /// One column a method.
    public internal(set) var columns: [TrainingResult.Column] = []

    init(steps: Int) {
        self.steps = steps
    }
}

/// The mean of paired differences with its 95 % interval by Student's t.
public struct PairedDifference: Sendable, Hashable {
    /// The mean difference.
    public let mean: Double
    /// Half the interval's width; infinite for a single pair.
    public let halfWidth: Double

    /// Compares two methods on the same tasks.
    ///
    /// - Parameters:
    ///   - first: The values of one.
    ///   - second: The values of the other, taken away from those of the first; as many, at least
    ///     one.
    public init(_ first: [Double], less second: [Double]) {
        precondition(first.count == second.count && !first.isEmpty, "needs pairs")
        let differences = zip(first, second).map { $0 - $1 }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        self.mean = mean
        guard differences.count > 1 else {
            halfWidth = .infinity
            return
        }
        let variance =
            differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        halfWidth =
            Self.quantile(degrees: differences.count - 1) * (variance / count).squareRoot()
    }

    /// The 97.5 % quantile of Student's t: tabulated up to 12 degrees of freedom, then by the
    /// expansion of Cornish and Fisher, right to 10⁻⁴.
    private static func quantile(degrees: Int) -> Double {
        let table = [
            12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624,
            2.306_004, 2.262_157, 2.228_139, 2.200_985, 2.178_813,
        ]
        if degrees <= table.count { return table[degrees - 1] }
        let (z, n) = (1.959_963_985, Double(degrees))
        let (z3, z5) = (z * z * z, z * z * z * z * z)
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
    }
}

extension TrainingResult {
    /// All test tables as CSV: method, steps, task, accuracy and loss; -1 steps stand for the
    /// configured fine-tuning.
    public var fineTuningCSV: String {
        var text = "method,steps,task,accuracy,loss\n"
        for (steps, columns) in [(-1, columns)] + fineTuning.map({ ($0.steps, $0.columns) }) {
            for column in columns {
                for score in column.scores {
                    let id = score.id.replacingOccurrences(of: "\"", with: "\"\"")
                    text +=
                        "\(column.method.rawValue),\(steps),\"\(id)\",\(score.accuracy),"
                        + "\(score.loss)\n"
                }
            }
        }
        return text
    }

    /// The meta-trained model's accuracies less another method's, task by task.
    ///
    /// - Parameters:
    ///   - method: The other method.
    ///   - columns: A table of this result.
    /// - Returns: The mean difference; `nil` when the table has not both methods, or no task.
    public static func advantage(over method: Method, in columns: [Column]) -> PairedDifference? {
        guard
            let meta = columns.first(where: { $0.method == .meta }),
            let other = columns.first(where: { $0.method == method }), !meta.scores.isEmpty
        else { return nil }
        return PairedDifference(
            meta.scores.map(\.accuracy), less: other.scores.map(\.accuracy))
    }

    /// The tables after each number of steps in Markdown, with paired differences.
    var fineTuningMarkdown: [String] {
        guard !fineTuning.isEmpty, let first = fineTuning.first, !first.columns.isEmpty else {
            return []
        }
        let others = first.columns.map(\.method).filter { $0 != .meta }
        var lines = [
            "", "## Mean accuracy after steps of fine-tuning", "",
            "| steps | " + first.columns.map(\.method.title).joined(separator: " | ") + " | "
                + others.map { "\(Method.meta.title) − \($0.title) (95 % over tasks)" }.joined(
                    separator: " | ") + " |",
            "| ---: |"
                + String(repeating: " ---: |", count: first.columns.count + others.count),
        ]
        for table in fineTuning {
            let means = table.columns.map { String(format: "%.3f", $0.meanAccuracy) }
            let differences = others.map { method in
                Self.advantage(over: method, in: table.columns).map {
                    $0.halfWidth.isFinite
                        ? String(format: "%+.3f ± %.3f", $0.mean, $0.halfWidth)
                        : String(format: "%+.3f", $0.mean)
                } ?? ""
            }
            lines.append(
                "| \(table.steps) | " + (means + differences).joined(separator: " | ") + " |")
        }
        return lines + [""]
    }
}
