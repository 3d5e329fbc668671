public import Documents
package import EMGArchive
private import EMGSignal
public import Foundation
private import Parallel
import PrintableText

/// Whether a collection is what it says: proved from its tensors, not from its manifest.
///
/// ```swift
/// let audit = try CollectionAudit.audit(URL(filePath: "study.json"))
/// guard audit.violations.isEmpty else { … }
/// ```
public struct CollectionAudit: Sendable, Hashable {
    /// What is checked.
    public enum Check: String, Sendable, Hashable, CaseIterable {
        /// Files and tasks have the SHA-256 of the manifest, windows the counts and places.
        case hashes
        /// No sample is in a support and a query window, and the guard lies between them.
        case parts = "support_query"
        /// No segment of signal is in tasks of two splits.
        case splits
        /// Offset and scale are those of the support alone.
        case normalization
        /// No window reaches across a gap.
        case gaps
        /// No window contains what the collection's quality policy excludes.
        case quality

        /// The check as a sentence.
        package var claim: String {
            switch self {
            case .hashes: "hashes, shapes and counts hold"
            case .parts: "no sample is in both support and query"
            case .splits: "no sample is in two splits"
            case .normalization: "normalization is fitted on the support only"
            case .gaps: "no window reaches across a gap"
            case .quality: "no window contains samples that the quality policy excludes"
            }
        }
    }

    /// A check that failed.
    public struct Violation: Sendable, Hashable {
        /// Which one.
        public let check: Check
        /// The task; empty when it is about the whole collection.
        public let task: String
        /// What is wrong, with figures.
        public let text: String
    }

    /// What a task holds.
    package struct TaskSummary: Sendable, Hashable {
        /// The task's id, such as `patient/session/condition`.
        package let id: String
        /// `train`, `validation` or `test`.
        package let split: String
        /// Windows of each class in the support; all of them together when there are no classes.
        package let supportWindows: [Int]
        /// The same of the query.
        package let queryWindows: [Int]
        /// How often the samples really change, in hertz: counted from the tensors.
        package let distinctRate: Double
        /// Windows that contain samples with something the matter, by its name.
        package let windowsWithQuality: [String: Int]
        /// Windows that the quality policy left out, by quality problems.
        package let windowsLeftOut: [String: Int]
        /// Windows that were left out because they hold samples that nobody labeled.
        package let windowsUnlabeled: Int
    }

    /// The collection's manifest.
    package let manifest: CollectionManifest
    /// What failed, in the order of checks and tasks.
    public let violations: [Violation]
    /// What is allowed but worth knowing.
    public let notes: [String]
    /// The tasks that could be read, in the manifest's order.
    package let tasks: [TaskSummary]

    /// Audits a collection.
    ///
    /// - Parameters:
    ///   - url: The manifest, `NAME.json`.
    ///   - kinds: The kinds that packages outside have added.
    ///   - threads: How many tasks are examined at once, at least 1.
    /// - Returns: What was found.
    /// - Throws: `DocumentError` when the manifest is refused, which names the place, or names a
    ///   normalization that the kinds do not have; `ArchiveError`
    ///   when the tensors are not there at all.
    public static func audit(
        _ url: URL, kinds: Kinds = Kinds(), threads: Int = 1
    ) throws -> CollectionAudit {
        let file = try CollectionFile.open(url, kinds: kinds)
        let manifest = file.manifest
        let rule = try manifest.normalizationRule()
        let splits = Dictionary(
            [
                ("train", manifest.splits.train), ("validation", manifest.splits.validation),
                ("test", manifest.splits.test),
            ].flatMap { name, ids in ids.map { ($0, name) } },
            uniquingKeysWith: { first, _ in first })
        let examined = concurrentMap(count: manifest.tasks.count, threads: threads) { index in
            let task = manifest.tasks[index]
            return TaskExamination.examine(
                task, split: splits[task.id] ?? "", of: file, normalizedBy: rule)
        }
        var violations: [Violation] = []
        do throws(ArchiveError) {
            try file.verifyFileHash()
        } catch {
            violations.append(
                Violation(check: .hashes, task: "", text: error.description))
        }
        violations += examined.flatMap(\.violations)
        violations += shared(examined.compactMap(\.fingerprint))
        let notes =
            (manifest.quality == nil
                ? [
                    "the collection is older than the quality policy: it may have windows of what "
                        + "is marked bad, and fits that saw it; build it again"
                ] : []) + file.warnings.map(\.description) + examined.flatMap(\.notes)
            + patientNotes(manifest)
        return CollectionAudit(
            manifest: manifest, violations: violations.sorted { $0.check.order < $1.check.order },
            notes: notes, tasks: examined.compactMap(\.summary))
    }

    /// Segments that tasks of different splits have in common.
    private static func shared(_ fingerprints: [SignalFingerprint]) -> [Violation] {
        SharedSegment.find(in: fingerprints).map { segment in
            let (one, other) = (fingerprints[segment.one], fingerprints[segment.other])
            return Violation(
                check: .splits, task: other.id,
                text: "the signal at sample \(segment.otherSample) (\(other.split)) is that of "
                    + "\(one.id) at sample \(segment.oneSample) (\(one.split)), and so at "
                    + "\(segment.places, of: "place")")
        }
    }

    /// Who is in several splits: allowed for cross-session designs, and worth knowing.
    private static func patientNotes(_ manifest: CollectionManifest) -> [String] {
        let patients = Dictionary(
            manifest.tasks.map { ($0.id, $0.identity.patient) },
            uniquingKeysWith: { first, _ in first })
        let train = Set(manifest.splits.train.compactMap { patients[$0] })
        let test = Set(manifest.splits.test.compactMap { patients[$0] })
        let both = train.intersection(test).sorted(by: NaturalOrder.precedes)
        return both.isEmpty
            ? []
            : [
                "tested on people who were trained on: " + both.joined(separator: ", ")
                    + " (as cross-session and cross-condition designs do)"
            ]
    }
}

extension CollectionAudit.Check {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
