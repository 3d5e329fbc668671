import EMGSignal
import EMGTasks

/// Decisions as the page gets them.
enum EditText {
    /// A decision, and whether it counts.
    static func json(_ decision: EditDecision, counts: Bool) -> ReviewJSON {
        var members: [ReviewJSON.Member] = [
            .init(key: "number", value: .integer(decision.number)),
            .init(key: "recording", value: .text(decision.recording)),
            .init(key: "action", value: .text(decision.action.name)),
            .init(key: "by", value: .text(decision.by)),
            .init(key: "at", value: .text(decision.at)),
            .init(key: "counts", value: .boolean(counts)),
        ]
        switch decision.action {
        case .judge: break
        case .note(let text): members.append(.init(key: "text", value: .text(text)))
        case .relabel(let range, let name):
            members += [
                .init(key: "start", value: .integer(range.start)),
                .init(key: "end", value: .integer(range.end)),
                .init(key: "class", value: .text(name)),
            ]
        case .exclude(let range), .include(let range):
            members += [
                .init(key: "start", value: .integer(range.start)),
                .init(key: "end", value: .integer(range.end)),
            ]
        case .excludeChannel(let name), .includeChannel(let name):
            members.append(.init(key: "channel", value: .text(name)))
        case .undo(let number): members.append(.init(key: "undoes", value: .integer(number)))
        }
        return .object(members)
    }

    /// Everything the list shows of an edit file, and the decisions after a revision.
    static func json(_ file: EditFile, since revision: Int?) -> ReviewJSON {
        let journal = file.journal
        let counting = journal.counting
        let recordings = journal.recordings.sorted { $0.key < $1.key }
        let first = min(max(0, revision ?? journal.revision), journal.revision)
        func told(_ decision: EditDecision?) -> ReviewJSON {
            decision.map { json($0, counts: counting[$0.number - 1]) } ?? .null
        }
        return [
            "revision": .integer(journal.revision),
            "undoable": told(journal.undoable), "redoable": told(journal.redoable),
            "decisions": .list(journal.decisions[first...].map { told($0) }),
            "recordings": .object(
                recordings.map { id, edits in
                    .init(
                        key: id,
                        value: [
                            "state": .text(edits.state.rawValue), "note": .text(edits.note),
                            "by": .text(edits.verdict?.by ?? ""),
                            "at": .text(edits.verdict?.at ?? ""),
                            "relabeled": .integer(edits.relabelings.count),
                            "excluded": .integer(edits.excluded.count),
                            "excluded_channels": .integer(edits.excludedChannels.count),
                        ])
                }),
        ]
    }
}
