package import EMGSignal

/// One thing that a person decided about a recording: what, who and when.
package struct EditDecision: Sendable, Hashable {
    /// What was decided.
    package enum Action: Sendable, Hashable {
        /// The recording as a whole: approve, reject, flag, or back to unseen.
        case review(ReviewState)
        /// A note, which takes the place of the one before; an empty one removes it.
        case note(String)
        /// Every sample of a range has this class. A class that the recording does not have must be
        /// said to be new: otherwise its name is misspelled.
        case relabel(SampleRange, className: String, isNew: Bool = false)
        /// Several ranges have their classes, new ones among them: what a table of events or an
        /// onset detection says, with the words for where it comes from.
        case label([LabeledRange], origin: String)
        /// Recordings get other names.
        case rename(Renaming)
        /// A range belongs to neither support nor query.
        case exclude(SampleRange)
        /// A range that was excluded may be used again.
        case include(SampleRange)
        /// A channel is no good: its samples become 0.
        case excludeChannel(String)
        /// A channel that was excluded may be used again.
        case includeChannel(String)
        /// The decision with this number does not count; undoing an undoing brings it back.
        case undo(Int)

        /// The value of `action` in an edit file.
        package var name: String { kind.rawValue }

        /// What is done.
        package var kind: Kind {
            switch self {
            case .review(.approved): .approve
            case .review(.rejected): .reject
            case .review(.flagged): .flag
            case .review(.unseen): .reopen
            case .note: .note
            case .relabel: .relabel
            case .label: .label
            case .rename: .rename
            case .exclude: .exclude
            case .include: .include
            case .excludeChannel: .excludeChannel
            case .includeChannel: .includeChannel
            case .undo: .undo
            }
        }

        /// What can be done, by the values of `action` in an edit file.
        package enum Kind: String, Sendable, CaseIterable {
            case approve, reject, flag, reopen, note, relabel, label, rename, exclude, include
            case excludeChannel = "exclude_channel"
            case includeChannel = "include_channel"
            case undo
        }
    }

    /// Its place among all decisions, from 1.
    package let number: Int
    /// The recording's id, `patient/session/condition[-run]`.
    package let recording: String
    /// What was decided.
    package let action: Action
    /// Who decided.
    package let by: String
    /// When, as `2026-11-21T13:00:00Z`.
    package let at: String

    /// Creates a decision.
    ///
    /// - Parameters:
    ///   - number: Its place among all decisions, from 1.
    ///   - recording: The recording's id.
    ///   - action: What was decided.
    ///   - by: Who decided.
    ///   - at: When, as `2026-11-21T13:00:00Z`.
    package init(number: Int, recording: String, action: Action, by: String, at: String) {
        self.number = number
        self.recording = recording
        self.action = action
        self.by = by
        self.at = at
    }
}
