private import Documents
private import Foundation
private import MetaLearning
internal import Statistics

extension RunComparison {
    /// Every mean and every difference as JSON; members that are not known are left out.
    package var json: String { document.json(.sorted) }

    private var document: DocumentValue {
        .object(known: [
            "format": .string("myotask.comparison"), "format_version": .integer(2),
            "confidence": .number(settings.confidence),
            "groups": .array(groups.indices.map(group)), "means": .array(levels.map(Self.mean)),
            "differences": .array(differences.map(Self.difference)),
            "input_notes": .strings(inputNotes),
            "divergence_notes": divergenceNotes.isEmpty ? nil : .strings(divergenceNotes),
        ])
    }

    /// What a group is.
    private func group(_ place: Int) -> DocumentValue {
        let group = groups[place]
        let differs = Dictionary(
            differingFacts.map { ($0.fact, DocumentValue.string($0.values[place])) },
            uniquingKeysWith: { first, _ in first })
        return .object([
            "name": .string(group.name),
            "runs": .strings(group.runs.map { $0.folder.relativePath }),
            "seeds": .strings(group.seeds), "folds": .integer(group.foldCount),
            "differs": .object(sorted: differs),
        ])
    }

    private static func mean(_ level: Level) -> DocumentValue {
        .object(known: [
            "metric": .string(level.metric.rawValue), "group": .string(level.arm.group),
            "method": .string(level.arm.method.rawValue), "people": .integer(level.peopleCount),
            "tasks": .integer(level.taskCount), "folds": .integer(level.foldCount),
            "seeds": level.seedCount.map { .integer($0) }, "mean": .number(level.mean),
            "low": (level.interval?.low).map { .number($0) },
            "high": (level.interval?.high).map { .number($0) },
            "seed_deviation": level.seedDeviation.map { .number($0) },
        ])
    }

    private static func difference(_ difference: Difference) -> DocumentValue {
        .object(known: [
            "metric": .string(difference.metric.rawValue),
            "group": .string(difference.arm.group),
            "method": .string(difference.arm.method.rawValue),
            "less_group": .string(difference.other.group),
            "less_method": .string(difference.other.method.rawValue),
            "people": .integer(difference.peopleCount), "mean": .number(difference.mean),
            "low": (difference.interval?.low).map { .number($0) },
            "high": (difference.interval?.high).map { .number($0) },
            "better_on": .integer(difference.wins), "worse_on": .integer(difference.losses),
            "p_wilcoxon": difference.wilcoxon.map { .number($0) },
            "p_permutation": difference.permutation.map { .number($0) },
            "p_holm": difference.corrected.map { .number($0) },
        ])
    }
}
