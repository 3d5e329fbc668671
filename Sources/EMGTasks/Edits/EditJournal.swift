/// Every decision about the recordings of an archive, oldest first: the content of an edit file.
///
/// Nothing is ever taken out of a journal. What counts is what has not been undone.
package struct EditJournal: Sendable, Hashable {
    /// What the member `format` says.
    package static let format = "myotask.edits"
    /// What the member `format_version` says.
    package static let formatVersion = 1

    /// The decisions; the one at index *i* has number *i + 1*.
    package private(set) var decisions: [EditDecision]

    /// Creates a journal.
    ///
    /// - Parameter decisions: Numbered from 1 without gaps; each undoing refers to an earlier one.
    package init(_ decisions: [EditDecision] = []) {
        precondition(
            zip(1..., decisions).allSatisfy { $0 == $1.number }, "decisions are numbered from 1")
        self.decisions = decisions
    }

    /// How many decisions there are: it grows with every change.
    package var revision: Int { decisions.count }

    /// Adds a decision.
    ///
    /// - Parameters:
    ///   - action: What was decided.
    ///   - recording: The recording's id.
    ///   - by: Who decided.
    ///   - at: When, as `2026-11-21T13:00:00Z`.
    package mutating func append(
        _ action: EditDecision.Action, to recording: String, by: String, at: String
    ) {
        decisions.append(
            EditDecision(
                number: revision + 1, recording: recording, action: action, by: by, at: at))
    }

    /// Which decisions count, by index: those that no counting decision undoes.
    package var counting: [Bool] {
        var result = [Bool](repeating: true, count: decisions.count)
        // An undoing comes after what it undoes, so from the end each is settled when met.
        for (index, decision) in decisions.enumerated().reversed() where result[index] {
            if case .undo(let number) = decision.action { result[number - 1] = false }
        }
        return result
    }

    /// The latest decision that counts and is no undoing: what an undo takes back.
    package var undoable: EditDecision? {
        let counting = counting
        return decisions.last { decision in
            if case .undo = decision.action { return false }
            return counting[decision.number - 1]
        }
    }

    /// The latest undoing that counts and has no other decision behind it: what a redo takes back.
    package var redoable: EditDecision? {
        let counting = counting
        for decision in decisions.reversed() {
            guard case .undo(let number) = decision.action else { return nil }
            // An undoing of an undoing is a redo, and those before it still stand.
            if case .undo = decisions[number - 1].action { continue }
            if counting[decision.number - 1] { return decision }
        }
        return nil
    }

    /// What counts for each recording that was ever decided about.
    package var recordings: [String: RecordingEdits] {
        var result: [String: RecordingEdits] = [:]
        for (decision, counts) in zip(decisions, counting) where counts {
            result[decision.recording, default: RecordingEdits()].add(decision)
        }
        return result
    }

    /// The names that recordings have.
    package var names: RenamedRecordings {
        var result = RenamedRecordings()
        for (decision, counts) in zip(decisions, counting) where counts {
            if case .rename(let renaming) = decision.action { result.add(renaming, decision) }
        }
        return result
    }
}
