import Documents
import EMGArchive
import EMGSignal
import ErrorReports
import Foundation
import Parallel
import PrintableText

/// A look over an archive before any signal is read: which recordings can become tasks, how each
/// is divided, and what they share.
struct ArchiveSurvey: Sendable {
    let drafts: [TaskDraft]
    let consensus: Consensus
    let layout: WindowLayout
    let guardSamples: Int
    let refused: [BuildReport.Refusal]
    let leftOut: [RecordingIdentity]
    /// The decisions of people about the recordings.
    let edits: AppliedEdits?
    /// What the user should know about the edits.
    let editWarnings: [String]
    /// Which split rules would fit, when the chosen one fits few recordings.
    let advice: [String]
    /// What the user should know about tasks, by their ids, one kind of warning after the other.
    private let warnings: [[String: [String]]]
    let policy: QualityPolicy
    /// Where each draft stands, by its id.
    private let places: [String: Int]

    /// Looks over an archive.
    ///
    /// - Parameters:
    ///   - archive: The recordings; everything but their samples is read.
    ///   - configuration: Which of them become tasks, and how they are divided.
    ///   - subject: The collection's name, for messages.
    ///   - threads: How many recordings are read at once.
    /// - Returns: The recordings that can become tasks, and what they share.
    /// - Throws: `ArchiveError` when the archive cannot be listed, ``TaskError`` when no recording
    ///   can be used.
    static func survey(
        _ archive: RecordingArchive, configuration: CollectionConfiguration, subject: String,
        threads: Int
    ) throws -> ArchiveSurvey {
        let edits = try configuration.edits.map { (selection) throws(DocumentError) in
            try AppliedEdits(selection)
        }
        let entries = try archive.recordings()
        let metadata = concurrentMap(count: entries.count, threads: threads) { index in
            Result { () throws(ArchiveError) in try archive.readMetadata(entries[index]) }
        }
        try configuration.checkClassNames(
            known: classNames(of: metadata, and: edits?.classNames(of: entries.map(\.id)) ?? []),
            subject: subject)
        let candidates = try Candidates(
            Array(zip(entries, metadata)), configuration: configuration, edits: edits)
        guard let consensus = Consensus(of: candidates.found.map(\.metadata)) else {
            throw TaskError(
                .nothingToBuild, subject: subject,
                hint: entries.isEmpty
                    ? "\(archive.folder.path(percentEncoded: false)) holds no recording; "
                        + "see \"myotask convert\""
                    : candidates.hint(edits))
        }
        let plan = plan(configuration, rate: consensus.samplingRate)
        let division = Division(
            candidates.found, by: plan, configuration: configuration, consensus)
        let refused = candidates.refused + division.refused
        // One odd recording is reported about by itself; when most are odd it is the rule.
        let advice =
            2 * division.undivided.count > candidates.found.count
            ? SplitAdvice(for: division.undivided, plan: plan, kinds: configuration.kinds).text : ""
        guard !division.drafts.isEmpty else {
            throw TaskError(
                .nothingToBuild, subject: subject,
                hint: (advice.isEmpty ? "" : advice + "\n  ")
                    + "every recording was refused, the first because:\n"
                    + (refused.first?.reason ?? ""))
        }
        let missing = edits?.missing(from: Set(entries.map(\.id))) ?? []
        return ArchiveSurvey(
            drafts: division.drafts, consensus: consensus, layout: plan.layout,
            guardSamples: plan.guardSamples, refused: refused,
            leftOut: candidates.leftOut + division.leftOut,
            edits: edits,
            editWarnings: missing.map {
                "\($0): \(edits?.file.name ?? "") has decisions about it, the archive has no such "
                    + "recording"
            },
            advice: advice.isEmpty ? [] : [advice],
            warnings: [
                missingClasses(of: division.drafts, classNames: consensus.classNames),
                differingSteps(of: division.drafts),
            ].map { Dictionary(grouping: $0, by: \.id).mapValues { $0.map(\.text) } },
            policy: configuration.quality,
            places: Dictionary(
                division.drafts.enumerated().map { ($1.header.identity.id, $0) },
                uniquingKeysWith: { first, _ in first }))
    }

    /// Some of the drafts, in their order: of the many collections of a design each takes its own
    /// without looking through all.
    ///
    /// - Parameter ids: The ids of their tasks; those without a draft are passed over.
    /// - Returns: The drafts.
    func drafts(of ids: Set<String>) -> [TaskDraft] {
        ids.compactMap { places[$0] }.sorted().map { drafts[$0] }
    }

    /// What the user should know about some of the drafts each by itself.
    func ownWarnings(of drafts: [TaskDraft]) -> [String] {
        warnings.flatMap { kind in drafts.flatMap { kind[$0.header.identity.id] ?? [] } }
    }

    /// The recordings that configuration and edits take, and those that they refuse or leave out.
    private struct Candidates {
        private(set) var found: [(entry: RecordingArchive.Entry, metadata: MappedMetadata)] = []
        private(set) var refused: [BuildReport.Refusal] = []
        private(set) var leftOut: [RecordingIdentity] = []

        /// - Throws: What the machine lacks, such as descriptors; no recording is to blame for it.
        init(
            _ recordings: [(RecordingArchive.Entry, Result<RecordingMetadata, ArchiveError>)],
            configuration: CollectionConfiguration, edits: AppliedEdits?
        ) throws(ArchiveError) {
            var taken: [RecordingIdentity] = []
            for (entry, outcome) in recordings {
                switch outcome {
                case .failure(let error):
                    if error.machineFault != nil { throw error }
                    refused.append(BuildReport.Refusal(subject: entry.id, error: error))
                case .success(let metadata):
                    let archived = metadata.header.identity
                    let identity = edits?.identity(of: archived) ?? archived
                    let takes = configuration.include?.takes(
                        identity, rate: metadata.header.samplingRate)
                    guard takes ?? true, edits?.takes(entry.id) ?? true else {
                        leftOut.append(identity)
                        continue
                    }
                    taken.append(archived)
                    do throws(TaskError) {
                        found.append(
                            (
                                entry,
                                try MappedMetadata(
                                    metadata, classes: configuration.classes,
                                    channels: configuration.channels, edits: edits,
                                    targets: configuration.targets,
                                    quality: configuration.quality)
                            ))
                    } catch {
                        refused.append(BuildReport.Refusal(subject: entry.id, error: error))
                    }
                }
            }
            let duplicates = edits?.duplicates(among: taken) ?? [:]
            found.removeAll { duplicates[$0.entry.id] != nil }
            refused += taken.compactMap { identity in
                duplicates[identity.id].map {
                    BuildReport.Refusal(subject: identity.id, error: $0)
                }
            }
        }

        /// Why none was found.
        func hint(_ edits: AppliedEdits?) -> String {
            "\(refused.count, of: "recording was", plural: "recordings were") "
                + "refused and \(leftOut.count) left out"
                + (edits?.take == .approved
                    ? "; only approved ones are taken, see \"myotask review\"" : "")
                + (refused.first.map { ", the first because:\n\($0.reason)" } ?? "")
        }
    }

    /// The classes of all recordings that can be read, those that are left out among them.
    private static func classNames(
        of metadata: [Result<RecordingMetadata, ArchiveError>], and painted: [String]
    ) -> [String] {
        var names = Set(painted)
        for case .success(let metadata) in metadata {
            names.formUnion(metadata.header.classNames ?? [])
        }
        return names.sorted(by: NaturalOrder.precedes)
    }

    /// Who trains, validates and tests.
    ///
    /// - Throws: ``TaskError`` for a patient who is not there or a number that cannot be met.
    func assignment(
        _ configuration: CollectionConfiguration, subject: String
    ) throws(TaskError) -> (train: [String], validation: [String], test: [String]) {
        do throws(TaskError) {
            return try configuration.patients.assignment(
                of: Set(drafts.map(\.header.identity.patient)), seed: configuration.seed,
                subject: subject)
        } catch {
            throw explaining(error)
        }
    }

    /// An error about which task is for what, with the recordings that could not become tasks:
    /// one of them may be what is missing.
    func explaining(_ error: TaskError) -> TaskError {
        guard let first = refused.first else { return error }
        let named = refused.prefix(5).map(\.subject).joined(separator: ", ")
        let more = refused.count > 5 ? " and \(refused.count - 5) more" : ""
        return TaskError(
            error.kind, subject: error.subject,
            hint: "\(error.hint); refused were \(named)\(more), the first because:\n"
                + first.reason)
    }

    /// The split of a configuration in samples.
    static func plan(_ configuration: CollectionConfiguration, rate: SamplingRate) -> SplitPlan {
        let layout = WindowLayout(
            length: configuration.window.length.samples(at: rate),
            stride: configuration.window.stride.samples(at: rate),
            labelRule: configuration.window.labelRule)
        // A guard shorter than a window would let a support and a query window share a sample
        // were the parts ever windowed together; the field's rule is at least one window.
        return SplitPlan(
            rule: configuration.split.rule.following(configuration.classes),
            guardSamples: max(
                layout.length, configuration.split.guardDuration?.samples(at: rate) ?? 0),
            supportFraction: configuration.split.supportFraction,
            transitionTrim: configuration.window.transitionTrim.samples(at: rate),
            layout: layout)
    }
}
