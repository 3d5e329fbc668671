private import CSV
private import Foundation
private import MetaLearning
private import PrintableText
internal import Statistics

extension RunComparison {
    /// Every mean and every difference as CSV.
    package var csv: String {
        var text = CSVText.line([
            "metric", "group", "method", "less_group", "less_method", "people", "tasks", "folds",
            "seeds", "mean", "low", "high", "seed_deviation", "better_on", "worse_on",
            "p_wilcoxon", "p_permutation", "p_holm",
        ])
        for level in levels {
            text += CSVText.line([
                level.metric.rawValue, level.arm.group, level.arm.method.rawValue, "", "",
                "\(level.peopleCount)", "\(level.taskCount)", "\(level.foldCount)",
                level.seedCount.map { "\($0)" } ?? "", CSVText.number(level.mean),
                CSVText.number(level.interval?.low), CSVText.number(level.interval?.high),
                CSVText.number(level.seedDeviation), "", "", "", "", "",
            ])
        }
        for difference in differences {
            text += CSVText.line([
                difference.metric.rawValue, difference.arm.group, difference.arm.method.rawValue,
                difference.other.group, difference.other.method.rawValue,
                "\(difference.peopleCount)", "", "", "", CSVText.number(difference.mean),
                CSVText.number(difference.interval?.low),
                CSVText.number(difference.interval?.high), "", "\(difference.wins)",
                "\(difference.losses)", CSVText.number(difference.wilcoxon),
                CSVText.number(difference.permutation), CSVText.number(difference.corrected),
            ])
        }
        return text
    }

    /// The same as tables of Markdown, one pair for each metric.
    package var markdown: String {
        var lines = ["# Comparison", "", explanation, ""]
        let notes = inputNotes + divergenceNotes
        if !notes.isEmpty {
            lines += notes.map { "* \($0.printable(limit: 2_000))" } + [""]
        }
        if namesAreShortened { lines += ["## What differs", ""] + Self.markdown(differingRows) }
        for metric in Metric.allCases where levels.contains(where: { $0.metric == metric }) {
            let title = title(of: metric)
            lines += ["## \(title.prefix(1).uppercased())\(title.dropFirst())", ""]
            for table in [rows(of: metric), differenceRows(of: metric)] where table.count > 1 {
                lines += Self.markdown(table)
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func markdown(_ table: [[String]]) -> [String] {
        ["| " + table[0].joined(separator: " | ") + " |"]
            + ["| --- |" + String(repeating: " ---: |", count: table[0].count - 1)]
            + table.dropFirst().map { row in
                let cells = row.map {
                    $0.printable(limit: 300).replacingOccurrences(of: "|", with: "\\|")
                }
                return "| " + cells.joined(separator: " | ") + " |"
            } + [""]
    }

    /// What the groups are called in figures, whose legends have room for the beginning of a name
    /// only: a number comes first.
    var figureNames: [String] {
        groups.enumerated().map { "\($0 + 1): \($1.name)" }
    }

    /// Head and rows of whatever differs between the groups.
    package var differingRows: [[String]] {
        [["what differs"] + figureNames] + differingFacts.map { [$0.fact] + $0.values }
    }

    /// What a reader must know about the numbers.
    package var explanation: String {
        let percent = CompactNumber.text(settings.confidence * 100)
        let draws = CompactNumber.text(Double(settings.resamples))
        var text = ""
        if let factors { text += "\(factors). " }
        text +=
            (isOfPeople
                ? "Means are over people, each the mean of their tasks and a task that of its seeds. "
                : "Means are over \(cases.many), each the mean of its seeds. ")
            + "Intervals are \(percent) % intervals over \(cases.many) (jackknife t, corrected for "
            + "skewness, \(isRegression ? "of R² as it is" : "on the scale of the logit; differences as they are")); with several seeds "
            + "their error is in it, with one it is of that seed. "
            + "p values are two-sided, of one difference for each \(cases.one): Wilcoxon's signed-rank "
            + "test and the permutation of signs (exact up to 16 \(cases.many), else \(draws) draws); "
            + "Holm's correction counts all comparisons of one metric."
        if levels.contains(where: { $0.seedDeviation != nil }) {
            text +=
                isOfPeople
                ? " SD of seeds is the deviation of whole seeds: of the mean over people, folds and "
                    + "tasks that each gives."
                : " SD of seeds is the deviation of whole seeds: of the mean that each gives."
        }
        return text + caution
    }

    /// Seeds and folds of the runs; `nil` when there is one of each.
    var factors: String? {
        let seeds = Set(groups.map(\.seeds))
        let folds = Set(groups.map(\.foldCount))
        var parts: [String] = []
        if seeds.count == 1, let own = seeds.first, !own.isEmpty {
            parts.append("\(own.count == 1 ? "seed" : "seeds") \(own.joined(separator: ", "))")
        } else if seeds.count > 1 {
            parts.append("seeds as each row says")
        }
        if folds.count == 1, let count = folds.first, count > 1 { parts.append("\(count) folds") }
        if folds.count > 1 { parts.append("folds as each row says") }
        guard let first = parts.first else { return nil }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + parts.dropFirst())
            .joined(separator: "; ")
    }

    /// What few people cannot show.
    private var caution: String {
        guard let least = levels.map(\.peopleCount).min(), least < 6 else { return "" }
        let bound = CompactNumber.text(2 / Double(1 << max(1, least)))
        return least < 3
            ? " \(least == 1 ? "One \(cases.one) tells" : "Two \(cases.many) tell") nothing of others: there "
                + "are no intervals."
            : " \(least) \(cases.many) are few: intervals are wide, and no p value can be below "
                + "\(bound)."
    }

    /// Head and rows of the means.
    ///
    /// - Parameter metric: Which number.
    /// - Returns: The head first.
    package func rows(of metric: Metric) -> [[String]] {
        let own = levels.filter { $0.metric == metric }
        let hasFolds = own.contains { $0.foldCount > 1 }
        let hasSeeds = own.contains { ($0.seedCount ?? 1) > 1 }
        let hasDeviation = own.contains { $0.seedDeviation != nil }
        func optional(_ isThere: Bool, _ text: String) -> [String] { isThere ? [text] : [] }
        var rows = [
            ["method", "mean", "interval", cases.many] + optional(isOfPeople, "tasks")
                + optional(hasFolds, "folds")
                + optional(hasSeeds, "seeds") + optional(hasDeviation, "SD of seeds")
        ]
        for level in own {
            let name = level.arm.method.title
            rows.append(
                [
                    groups.count > 1 ? "\(name) · \(level.arm.group)" : name,
                    CompactNumber.share(level.mean),
                    level.interval.map {
                        "\(CompactNumber.share($0.low)) to \(CompactNumber.share($0.high))"
                    } ?? "–", "\(level.peopleCount)",
                ] + optional(isOfPeople, "\(level.taskCount)")
                    + optional(hasFolds, "\(level.foldCount)")
                    + optional(hasSeeds, level.seedCount.map { "\($0)" } ?? "–")
                    + optional(
                        hasDeviation, level.seedDeviation.map(CompactNumber.deviation) ?? "–"))
        }
        return rows
    }

    /// Head and rows of the differences.
    ///
    /// - Parameter metric: Which number.
    /// - Returns: The head first.
    package func differenceRows(of metric: Metric) -> [[String]] {
        var rows = [
            [
                "difference", "mean", "interval", "better for", "p (Wilcoxon)", "p (permutation)",
                "p (Holm)",
            ]
        ]
        for difference in differences where difference.metric == metric {
            rows.append([
                label(difference),
                CompactNumber.signed(difference.mean),
                difference.interval.map {
                    "\(CompactNumber.signed($0.low)) to \(CompactNumber.signed($0.high))"
                } ?? "–",
                "\(difference.wins) of \(difference.peopleCount)",
                CompactNumber.probability(difference.wilcoxon),
                CompactNumber.probability(difference.permutation),
                CompactNumber.probability(difference.corrected),
            ])
        }
        return rows
    }

    /// What is taken from what, without saying twice what both have in common.
    private func label(_ difference: Difference) -> String {
        let (arm, other) = (difference.arm, difference.other)
        if arm.group != other.group {
            return "\(arm.method.title): \(arm.group) − \(other.group)"
        }
        let methods = "\(arm.method.title) − \(other.method.title)"
        return groups.count == 1 ? methods : "\(methods) · \(arm.group)"
    }
}
