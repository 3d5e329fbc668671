import Documents
import EMGSignal
import EMGTasks

/// Decisions as the page gets them.
enum EditText {
    /// A decision, and whether it counts.
    static func json(_ decision: EditDecision, counts: Bool) -> DocumentValue {
        .object(
            [
                .init(key: "number", value: .integer(decision.number)),
                .init(key: "recording", value: .string(decision.recording)),
                .init(key: "action", value: .string(decision.action.name)),
                .init(key: "by", value: .string(decision.by)),
                .init(key: "at", value: .string(decision.at)),
                .init(key: "counts", value: .boolean(counts)),
            ] + decision.action.members)
    }

    /// Everything the list shows of an edit file, and the decisions after a revision.
    static func json(_ file: EditFile, since revision: Int?) -> DocumentValue {
        let journal = file.journal
        let counting = journal.counting
        let recordings = journal.recordings.sorted { $0.key < $1.key }
        let first = min(max(0, revision ?? journal.revision), journal.revision)
        func stated(_ decision: EditDecision?) -> DocumentValue {
            decision.map { json($0, counts: counting[$0.number - 1]) } ?? .null
        }
        return .object([
            "revision": .integer(journal.revision),
            "renamings": .integers(
                zip(journal.decisions, counting).compactMap { decision, counts in
                    if counts, case .rename = decision.action { decision.number } else { nil }
                }),
            "undoable": stated(journal.undoable), "redoable": stated(journal.redoable),
            "decisions": .array(journal.decisions[first...].map { stated($0) }),
            "recordings": .object(
                recordings.map { id, edits in
                    .init(
                        key: id,
                        value: .object([
                            "state": .string(edits.state.rawValue), "note": .string(edits.note),
                            "by": .string(edits.verdict?.by ?? ""),
                            "at": .string(edits.verdict?.at ?? ""),
                            "relabeled": .integer(edits.relabelings.count),
                            "excluded": .integer(edits.excluded.count),
                            "excluded_channels": .integer(edits.excludedChannels.count),
                        ]))
                }),
        ])
    }
}
