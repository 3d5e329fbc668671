import EMGArchive
import EMGSignal

extension ArchiveSurvey {
    /// A recording that configuration and edits take.
    typealias Candidate = (entry: RecordingArchive.Entry, metadata: MappedMetadata)

    /// The candidates, divided into support and query: each by itself, or those of a person together.
    struct Division {
        private(set) var drafts: [TaskDraft] = []
        private(set) var refused: [BuildReport.Refusal] = []
        /// Those that the split rule does not fit.
        private(set) var undivided: [MappedMetadata] = []
        /// Those that are part of no task.
        private(set) var leftOut: [RecordingIdentity] = []

        init(
            _ candidates: [Candidate], by plan: SplitPlan,
            configuration: CollectionConfiguration, _ consensus: Consensus
        ) {
            for task in tasks(candidates, configuration.split.recordings, consensus) {
                do throws(TaskError) {
                    drafts.append(
                        try TaskDraft(
                            of: task, plan: plan, configuration: configuration,
                            isUnlabeled: consensus.classNames.isEmpty))
                } catch {
                    if error.isOfSplit { undivided += task.map(\.metadata) }
                    refused.append(BuildReport.Refusal(subject: task[0].entry.id, error: error))
                }
            }
        }

        /// The recordings of each task; those that are not like the others are refused.
        private mutating func tasks(
            _ candidates: [Candidate], _ recordings: RecordingParts?, _ consensus: Consensus
        ) -> [[TaskDraft.Piece]] {
            var pieces: [TaskDraft.Piece] = []
            for (entry, metadata) in candidates {
                do throws(TaskError) {
                    try consensus.check(metadata)
                    let part = try recordings?.part(of: metadata.header.identity.id)
                    if recordings != nil, part == nil {
                        leftOut.append(metadata.header.identity)
                    } else {
                        pieces.append(
                            TaskDraft.Piece(entry: entry, metadata: metadata, part: part))
                    }
                } catch {
                    refused.append(BuildReport.Refusal(subject: entry.id, error: error))
                }
            }
            guard let recordings else { return pieces.map { [$0] } }
            return groups(of: pieces, recordings)
        }

        /// The recordings of each person or session, those of the support first.
        private mutating func groups(
            of pieces: [TaskDraft.Piece], _ recordings: RecordingParts
        ) -> [[TaskDraft.Piece]] {
            func subject(_ piece: TaskDraft.Piece) -> String {
                let identity = piece.metadata.header.identity
                return recordings.subject == .person
                    ? identity.patient : "\(identity.patient)/\(identity.session)"
            }
            let people = Dictionary(grouping: pieces) { $0.metadata.header.identity.patient }
            var groups: [[TaskDraft.Piece]] = []
            var seen: Set<String> = []
            for piece in pieces where seen.insert(subject(piece)).inserted {
                let own = people[piece.metadata.header.identity.patient] ?? []
                let here = own.filter { subject($0) == subject(piece) }
                let support = here.filter { $0.part == .support }
                let query = here.filter { $0.part == .query }
                guard !support.isEmpty, !query.isEmpty else {
                    // Earlier recordings of another session are no task of their own.
                    if support.isEmpty && query.isEmpty { continue }
                    let (key, patterns) =
                        support.isEmpty
                        ? ("support_from", recordings.support)
                        : ("query_from", recordings.query)
                    refused.append(
                        BuildReport.Refusal(
                            subject: subject(piece),
                            error: TaskError(
                                .unknownTask(patterns.map(\.text).joined(separator: ", ")),
                                subject: subject(piece),
                                hint:
                                    "split.\(key) needs a recording of each \(recordings.subject); "
                                    + "correct it, or leave the \(recordings.subject) out with "
                                    + "\"include\"")))
                    continue
                }
                groups.append(support + query + own.filter { $0.part == .earlier })
            }
            return groups
        }
    }
}
