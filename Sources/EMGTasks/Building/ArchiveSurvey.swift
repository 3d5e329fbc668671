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
    private let warnings: [(id: String, text: String)]
    private let policy: QualityPolicy

    /// - Throws: `ArchiveError` when the archive cannot be listed, ``TaskError`` when no recording
    ///   can be used.
    init(
        _ archive: RecordingArchive, configuration: CollectionConfiguration, subject: String,
        threads: Int
    ) throws {
        let edits = try configuration.edits.map { (selection) throws(DocumentError) in
            try AppliedEdits(selection)
        }
        let entries = try archive.recordings()
        let metadata = concurrentMap(count: entries.count, threads: threads) { index in
            Result { () throws(ArchiveError) in try archive.readMetadata(entries[index]) }
        }
        try configuration.checkClassNames(
            known: Self.classNames(of: metadata), subject: subject)
        var refused: [BuildReport.Refusal] = []
        var leftOut: [RecordingIdentity] = []
        var candidates: [(entry: RecordingArchive.Entry, metadata: MappedMetadata)] = []
        for (entry, outcome) in zip(entries, metadata) {
            switch outcome {
            case .failure(let error):
                if error.machineFault != nil { throw error }
                refused.append(BuildReport.Refusal(subject: entry.id, error: error))
            case .success(let metadata):
                let header = metadata.header
                let takes = configuration.include?.takes(
                    header.identity, rate: header.samplingRate)
                guard takes ?? true, edits?.takes(entry.id) ?? true else {
                    leftOut.append(header.identity)
                    continue
                }
                do throws(TaskError) {
                    candidates.append(
                        (
                            entry,
                            try MappedMetadata(
                                metadata, classes: configuration.classes,
                                channels: configuration.channels, edits: edits,
                                targets: configuration.targets, quality: configuration.quality)
                        ))
                } catch {
                    refused.append(
                        BuildReport.Refusal(subject: entry.id, error: error))
                }
            }
        }
        guard let consensus = Consensus(of: candidates.map(\.metadata)) else {
            throw TaskError(
                .nothingToBuild, subject: subject,
                hint: entries.isEmpty
                    ? "\(archive.folder.path(percentEncoded: false)) holds no recording; "
                        + "see \"myotask convert\""
                    : "\(refused.count, of: "recording was", plural: "recordings were") "
                        + "refused and \(leftOut.count) left out"
                        + (edits?.take == .approved
                            ? "; only approved ones are taken, see \"myotask review\"" : "")
                        + (refused.first.map { ", the first because:\n\($0.reason)" } ?? ""))
        }
        let plan = Self.plan(configuration, rate: consensus.samplingRate)
        layout = plan.layout
        guardSamples = plan.guardSamples
        var drafts: [TaskDraft] = []
        var undivided: [MappedMetadata] = []
        for (entry, metadata) in candidates {
            do throws(TaskError) {
                try consensus.check(metadata)
                drafts.append(
                    try TaskDraft(
                        entry: entry, metadata: metadata, plan: plan,
                        isUnlabeled: consensus.classNames.isEmpty))
            } catch {
                if error.isOfSplit { undivided.append(metadata) }
                refused.append(BuildReport.Refusal(subject: entry.id, error: error))
            }
        }
        // One odd recording is reported about by itself; when most are odd it is the rule.
        let advice =
            2 * undivided.count > candidates.count
            ? SplitAdvice(for: undivided, plan: plan, kinds: configuration.kinds).text : ""
        guard !drafts.isEmpty else {
            throw TaskError(
                .nothingToBuild, subject: subject,
                hint: (advice.isEmpty ? "" : advice + "\n  ")
                    + "every recording was refused, the first because:\n"
                    + (refused.first?.reason ?? ""))
        }
        self.drafts = drafts
        policy = configuration.quality
        self.consensus = consensus
        self.refused = refused
        self.leftOut = leftOut
        self.edits = edits
        let missing = edits?.missing(from: Set(entries.map(\.id))) ?? []
        editWarnings = missing.map {
            "\($0): \(edits?.file.name ?? "") has decisions about it, the archive has no such "
                + "recording"
        }
        self.advice = advice.isEmpty ? [] : [advice]
        warnings =
            Self.missingClasses(of: drafts, classNames: consensus.classNames)
            + Self.differingSteps(of: drafts)
    }

    /// The classes of all recordings that can be read, those that are left out among them.
    private static func classNames(
        of metadata: [Result<RecordingMetadata, ArchiveError>]
    ) -> [String] {
        var names: [String] = []
        for case .success(let metadata) in metadata {
            for name in metadata.header.classNames ?? [] where !names.contains(name) {
                names.append(name)
            }
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

    /// What the user should know about some of the tasks.
    func warnings(about ids: Set<String>) -> [String] {
        warnings.filter { ids.contains($0.id) }.map(\.text) + qualityWarnings(about: ids)
            + [lossWarning(about: ids)].compactMap(\.self)
    }

    /// Says that the policy leaves out more windows than it keeps, which few people expect.
    private func lossWarning(about ids: Set<String>) -> String? {
        let drafts = drafts.filter { ids.contains($0.header.identity.id) }
        let kept = drafts.map { $0.support.windows.count + $0.query.windows.count }
        let lost = drafts.map { $0.support.leftOut.total + $0.query.leftOut.total }
        let (allKept, allLost) = (kept.reduce(0, +), lost.reduce(0, +))
        guard allLost > allKept, let most = lost.indices.max(by: { lost[$0] < lost[$1] })
        else { return nil }
        let kinds = drafts.flatMap { [$0.support.leftOut.byKind, $0.query.leftOut.byKind] }.summed
        let optional = Set(kinds.keys).subtracting([.gap, .nonFinite])
        return "the quality policy leaves out \(allLost) of \(allKept + allLost) windows "
            + "(\(kinds.text)), in \(drafts[most].header.identity.id) \(lost[most]) of "
            + "\(kept[most] + lost[most])"
            + (optional.isEmpty
                ? "" : "; \"\(policy.line(sparing: optional))\" keeps them")
    }

    /// What windows contain that the policy tells of: a line for each kind.
    private func qualityWarnings(about ids: Set<String>) -> [String] {
        let drafts = drafts.filter { ids.contains($0.header.identity.id) }
        let windows = drafts.map { $0.support.windows.count + $0.query.windows.count }
        let counts = drafts.map { draft in
            draft.warned.windowCounts(
                draft.support.windows.starts + draft.query.windows.starts,
                length: draft.windowLength)
        }
        return QualityInterval.Kind.allCases.compactMap { kind in
            let own = counts.map { $0[kind] ?? 0 }
            let tasks = own.count { $0 > 0 }
            guard tasks > 0, let most = own.indices.max(by: { own[$0] < own[$1] }) else {
                return nil
            }
            return
                "\(kind.name) in \(own.reduce(0, +)) of \(windows.reduce(0, +), of: "window"), in "
                + (tasks == 1 ? "" : "\(tasks) tasks, most in ")
                + "\(drafts[most].header.identity.id) (\(own[most])); "
                + "\"\(policy.line(excluding: [kind]))\" leaves them out"
        }
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

    /// Says which tasks lack a class in a part: nothing can be learned of it, or evaluated.
    private static func missingClasses(
        of drafts: [TaskDraft], classNames: [String]
    ) -> [(id: String, text: String)] {
        drafts.flatMap { draft in
            [("support", draft.support), ("query", draft.query)].compactMap { name, part in
                let counts = part.windows.counts(classes: classNames.count)
                let missing = zip(classNames, counts).filter { $1 == 0 }.map(\.0)
                guard !missing.isEmpty else { return nil }
                let id = draft.header.identity.id
                let leftOut = counts.indices.filter { counts[$0] == 0 }
                    .reduce(0) { $0 + part.leftOut.count(of: $1) }
                return (
                    id,
                    "\(id): no window of \(missing.joined(separator: ", ")) in the \(name)"
                        + (leftOut == 0
                            ? ""
                            : "; \(leftOut) are left out (\(part.leftOut.byKind.text) in all)")
                )
            }
        }
    }

    /// Says which recordings went through the same steps with other parameters.
    private static func differingSteps(
        of drafts: [TaskDraft]
    ) -> [(id: String, text: String)] {
        guard let first = drafts.first else { return [] }
        let expected = Consensus.conditioningSteps(first.header.history)
        return drafts.filter { Consensus.conditioningSteps($0.header.history) != expected }
            .map {
                (
                    $0.header.identity.id,
                    "\($0.header.identity.id): was conditioned with other parameters than "
                        + first.header.identity.id
                )
            }
    }
}
