private import Foundation
private import MetaLearning

extension RunComparison {
    private struct Text: Encodable {
        struct Row: Encodable {
            let metric: String
            let group: String
            let method: String
            var lessGroup: String?
            var lessMethod: String?
            let people: Int
            var tasks: Int?
            var folds: Int?
            var seeds: Int?
            let mean: Double
            let low: Double?
            let high: Double?
            var seedDeviation: Double?
            var betterOn: Int?
            var worseOn: Int?
            var pWilcoxon: Double?
            var pPermutation: Double?
            var pHolm: Double?
        }
        /// What a group is.
        struct Group: Encodable {
            let name: String
            let runs: [String]
            let seeds: [String]
            let folds: Int
            let differs: [String: String]
        }
        let format = "myotask.comparison"
        let formatVersion = 2
        let confidence: Double
        let groups: [Group]
        let means: [Row]
        let differences: [Row]
        let inputNotes: [String]
    }

    /// Every mean and every difference as JSON.
    ///
    /// - Returns: The text.
    /// - Throws: What Foundation's encoder throws for numbers that are not finite.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let text = Text(
            confidence: settings.confidence,
            groups: groups.enumerated().map { place, group in
                Text.Group(
                    name: group.name, runs: group.runs.map { $0.folder.relativePath },
                    seeds: group.seeds, folds: group.foldCount,
                    differs: Dictionary(
                        differingFacts.map { ($0.fact, $0.values[place]) },
                        uniquingKeysWith: { first, _ in first }))
            },
            means: levels.map { level in
                Text.Row(
                    metric: level.metric.rawValue, group: level.arm.group,
                    method: level.arm.method.rawValue, people: level.peopleCount,
                    tasks: level.taskCount, folds: level.foldCount, seeds: level.seedCount,
                    mean: level.mean, low: level.interval?.low,
                    high: level.interval?.high, seedDeviation: level.seedDeviation)
            },
            differences: differences.map { difference in
                Text.Row(
                    metric: difference.metric.rawValue, group: difference.arm.group,
                    method: difference.arm.method.rawValue, lessGroup: difference.other.group,
                    lessMethod: difference.other.method.rawValue, people: difference.peopleCount,
                    mean: difference.mean, low: difference.interval?.low,
                    high: difference.interval?.high, betterOn: difference.wins,
                    worseOn: difference.losses, pWilcoxon: difference.wilcoxon,
                    pPermutation: difference.permutation, pHolm: difference.corrected)
            }, inputNotes: inputNotes)
        return String(decoding: try encoder.encode(text), as: UTF8.self) + "\n"
    }
}
