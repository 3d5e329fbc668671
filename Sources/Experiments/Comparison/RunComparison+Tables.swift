private import Foundation
public import MetaLearning
private import PrintableText

extension RunComparison {
    /// Every mean and every difference as CSV.
    public var csv: String {
        var text = CSVText.line([
            "metric", "group", "method", "less_group", "less_method", "tasks", "seeds", "mean",
            "low", "high", "seed_deviation", "better_on", "worse_on", "p_wilcoxon",
            "p_permutation", "p_holm",
        ])
        for level in levels {
            text += CSVText.line([
                level.metric.rawValue, level.arm.group, level.arm.method.rawValue, "", "",
                "\(level.taskCount)", "\(level.seedCount)", CSVText.number(level.mean),
                CSVText.number(level.interval?.low), CSVText.number(level.interval?.high),
                CSVText.number(level.seedDeviation), "", "", "", "", "",
            ])
        }
        for difference in differences {
            text += CSVText.line([
                difference.metric.rawValue, difference.arm.group, difference.arm.method.rawValue,
                difference.other.group, difference.other.method.rawValue,
                "\(difference.taskCount)", "", CSVText.number(difference.mean),
                CSVText.number(difference.interval?.low),
                CSVText.number(difference.interval?.high), "", "\(difference.wins)",
                "\(difference.losses)", CSVText.number(difference.wilcoxon),
                CSVText.number(difference.permutation), CSVText.number(difference.corrected),
            ])
        }
        return text
    }

    /// The same as tables of Markdown, one pair for each metric.
    public var markdown: String {
        var lines = ["# Comparison", "", explanation, ""]
        if !inputNotes.isEmpty {
            lines += inputNotes.map { "* \($0.printable(limit: 2_000))" } + [""]
        }
        for metric in Metric.allCases where levels.contains(where: { $0.metric == metric }) {
            let (means, pairs) = (rows(of: metric), differenceRows(of: metric))
            lines += ["## \(metric.title.prefix(1).uppercased())\(metric.title.dropFirst())", ""]
            for table in [means, pairs] where table.count > 1 {
                lines.append("| " + table[0].joined(separator: " | ") + " |")
                lines.append(
                    "| --- |" + String(repeating: " ---: |", count: table[0].count - 1))
                for row in table.dropFirst() {
                    let cells = row.map {
                        $0.printable(limit: 300).replacingOccurrences(of: "|", with: "\\|")
                    }
                    lines.append("| " + cells.joined(separator: " | ") + " |")
                }
                lines.append("")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// What a reader must know about the numbers.
    public var explanation: String {
        let percent = CompactNumber.text(settings.confidence * 100)
        let seeds = Set(groups.map(\.runs.count))
        let average =
            seeds == [1]
            ? "" : "A task's numbers are averaged over the seeds of a configuration first. "
        return average
            + "Intervals are \(percent) % bootstrap intervals (BCa) over tasks; p values are "
            + "two-sided, of paired differences task by task; Holm's correction counts all "
            + "comparisons of one metric." + caution
    }

    /// What few tasks cannot show.
    private var caution: String {
        guard let least = levels.map(\.taskCount).min(), least < 6 else { return "" }
        let bound = CompactNumber.text(2 / Double(1 << max(1, least)))
        return " \(least) tasks are few: intervals are too narrow, and no p value can be below "
            + "\(bound)."
    }

    /// Head and rows of the means.
    ///
    /// - Parameters:
    ///   - metric: Which number.
    ///   - name: What a method is called.
    /// - Returns: The head first.
    public func rows(
        of metric: Metric, naming name: (Method) -> String = { $0.rawValue }
    ) -> [[String]] {
        let own = levels.filter { $0.metric == metric }
        let hasSeeds = own.contains { $0.seedDeviation != nil }
        var rows = [["method", "mean", "interval", "tasks"] + (hasSeeds ? ["SD of seeds"] : [])]
        for level in own {
            rows.append(
                [
                    groups.count > 1
                        ? "\(name(level.arm.method)) · \(level.arm.group)" : name(level.arm.method),
                    CompactNumber.share(level.mean),
                    level.interval.map {
                        "\(CompactNumber.share($0.low)) to \(CompactNumber.share($0.high))"
                    } ?? "–", "\(level.taskCount)",
                ]
                    + (hasSeeds
                        ? [level.seedDeviation.map(CompactNumber.share) ?? "–"] : []))
        }
        return rows
    }

    /// Head and rows of the differences.
    ///
    /// - Parameters:
    ///   - metric: Which number.
    ///   - name: What a method is called.
    /// - Returns: The head first.
    public func differenceRows(
        of metric: Metric, naming name: (Method) -> String = { $0.rawValue }
    ) -> [[String]] {
        var rows = [
            [
                "difference", "mean", "interval", "better on", "p (Wilcoxon)", "p (permutation)",
                "p (Holm)",
            ]
        ]
        for difference in differences where difference.metric == metric {
            rows.append([
                Self.label(difference, isAlone: groups.count == 1, name),
                CompactNumber.signed(difference.mean),
                difference.interval.map {
                    "\(CompactNumber.signed($0.low)) to \(CompactNumber.signed($0.high))"
                } ?? "–",
                "\(difference.wins) of \(difference.taskCount)",
                CompactNumber.probability(difference.wilcoxon),
                CompactNumber.probability(difference.permutation),
                CompactNumber.probability(difference.corrected),
            ])
        }
        return rows
    }

    /// What is taken from what, without saying twice what both have in common.
    private static func label(
        _ difference: Difference, isAlone: Bool, _ name: (Method) -> String
    ) -> String {
        let (arm, other) = (difference.arm, difference.other)
        if arm.group != other.group {
            return "\(name(arm.method)): \(arm.group) − \(other.group)"
        }
        let methods = "\(name(arm.method)) − \(name(other.method))"
        return isAlone ? methods : "\(methods) · \(arm.group)"
    }
}

/// Numbers as they stand in tables for people.
enum CompactNumber {
    /// Three digits behind the point.
    static func share(_ value: Double) -> String {
        value.isFinite ? String(format: "%.3f", value) : "–"
    }

    /// The same with its sign, a real minus.
    static func signed(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let text = String(format: "%+.3f", value)
        if text == "-0.000" || text == "+0.000" { return "0.000" }
        return text.replacingOccurrences(of: "-", with: "−")
    }

    /// One digit behind the point.
    static func decimal(_ value: Double) -> String {
        value.isFinite ? String(format: "%.1f", value) : "–"
    }

    /// The same with its sign, a real minus.
    static func signedDecimal(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let text = String(format: "%+.1f", value)
        if text == "-0.0" || text == "+0.0" { return "0.0" }
        return text.replacingOccurrences(of: "-", with: "−")
    }

    /// A probability; small ones as a bound.
    static func probability(_ value: Double?) -> String {
        guard let value else { return "–" }
        return value < 0.001 ? "< 0.001" : String(format: "%.3f", value)
    }

    /// As short as can be.
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15
            ? "\(Int(value))" : String(format: "%.4g", value)
    }
}
