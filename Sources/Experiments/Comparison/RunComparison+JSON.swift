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
            let tasks: Int
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
        let format = "myotask.comparison"
        let formatVersion = 1
        let confidence: Double
        let runs: [String]
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
            runs: groups.flatMap(\.runs).map { $0.folder.relativePath },
            means: levels.map { level in
                Text.Row(
                    metric: level.metric.rawValue, group: level.arm.group,
                    method: level.arm.method.rawValue, tasks: level.taskCount,
                    seeds: level.seedCount, mean: level.mean, low: level.interval?.low,
                    high: level.interval?.high, seedDeviation: level.seedDeviation)
            },
            differences: differences.map { difference in
                Text.Row(
                    metric: difference.metric.rawValue, group: difference.arm.group,
                    method: difference.arm.method.rawValue, lessGroup: difference.other.group,
                    lessMethod: difference.other.method.rawValue, tasks: difference.taskCount,
                    mean: difference.mean, low: difference.interval?.low,
                    high: difference.interval?.high, betterOn: difference.wins,
                    worseOn: difference.losses, pWilcoxon: difference.wilcoxon,
                    pPermutation: difference.permutation, pHolm: difference.corrected)
            }, inputNotes: inputNotes)
        return String(decoding: try encoder.encode(text), as: UTF8.self) + "\n"
    }
}
