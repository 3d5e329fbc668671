import Foundation
import MetaLearning
import PrintableText
import Statistics

/// The few numbers that matter, as tiles: of one configuration its own, of several one each.
struct ReportCards {
    let comparison: RunComparison

    /// More configurations than this are left to the tables.
    private static let mostGroups = 6

    private struct Card {
        let value: String
        let label: String
        var note = ""
    }

    /// The tiles; empty without results.
    var html: String {
        let cards = comparison.groups.count == 1 ? ofOne(comparison.groups[0]) : ofEach
        guard !cards.isEmpty else { return "" }
        return "<ul class=\"cards\">"
            + cards.map { card in
                "<li><strong>\(HTMLText.escaped(card.value))</strong>"
                    + "<span>\(HTMLText.escaped(card.label))</span>"
                    + (card.note.isEmpty ? "" : "<small>\(HTMLText.escaped(card.note))</small>")
                    + "</li>"
            }.joined() + "</ul>\n" + note
    }

    /// What the tiles are of, when that is more than one run.
    private var note: String {
        guard comparison.groups.count == 1, let group = comparison.groups.first,
            group.runs.count > 1
        else { return "" }
        let folds = group.foldCount > 1 ? " and \(group.foldCount) folds" : ""
        let seeds = max(1, group.seeds.count)
        return "<p class=\"note\">Means over \(group.runs.count, of: "run"): "
            + "\(seeds, of: "seed")\(folds).</p>\n"
    }

    private func ofOne(_ group: RunGroup) -> [Card] {
        var cards: [Card] = []
        if let accuracy = level(.accuracy, of: group) {
            cards.append(
                Card(
                    value: percent(accuracy.mean),
                    label: "\(comparison.title(of: .accuracy)), \(accuracy.arm.method.title)",
                    note: interval(accuracy)))
        }
        let own = comparison.differences.filter { $0.metric == .accuracy }
        for difference in own.prefix(3) {
            cards.append(
                Card(
                    value: comparison.isRegression
                        ? CompactNumber.signed(difference.mean)
                        : "\(CompactNumber.signedDecimal(100 * difference.mean)) pp",
                    label: "over \(difference.other.method.title)",
                    note: "better for \(difference.wins) of \(difference.peopleCount) "
                        + (difference.peopleCount == 1
                            ? comparison.cases.one : comparison.cases.many)))
        }
        if let changes = level(.transitionAccuracy, of: group) {
            cards.append(
                Card(
                    value: percent(changes.mean),
                    label: "of intent changes followed, \(changes.arm.method.title)"))
        }
        if let mean = EventTables(group: group).latency(of: .meta) {
            cards.append(
                Card(
                    value: CompactNumber.fixed(1_000 * mean, digits: 0) + " ms",
                    label: "mean latency, \(Method.meta.title)"))
        }
        return cards
    }

    private var ofEach: [Card] {
        guard comparison.groups.count <= Self.mostGroups else { return [] }
        return comparison.groups.compactMap { group in
            level(.accuracy, of: group).map { accuracy in
                Card(
                    value: percent(accuracy.mean), label: group.name,
                    note: "accuracy, \(accuracy.arm.method.title)"
                        + (accuracy.interval == nil ? "" : ", \(interval(accuracy))"))
            }
        }
    }

    /// The meta-trained model's number, or that of the last method.
    private func level(_ metric: Metric, of group: RunGroup) -> RunComparison.Level? {
        let own = comparison.levels.filter { $0.metric == metric && $0.arm.group == group.name }
        return own.first { $0.arm.method == .meta } ?? own.last
    }

    private func interval(_ level: RunComparison.Level) -> String {
        level.interval.map { "\(percent($0.low)) to \(percent($0.high))" } ?? ""
    }

    private func percent(_ share: Double) -> String {
        comparison.isRegression
            ? CompactNumber.share(share) : CompactNumber.decimal(100 * share) + " %"
    }
}
