package import EMGSignal

/// What the decisions about one recording come to.
package struct RecordingEdits: Sendable, Hashable {
    /// A class for every sample of a range.
    package struct Relabeling: Sendable, Hashable {
        /// The samples.
        package let range: SampleRange
        /// Their class.
        package let className: String
        /// Whether the recording gets the class, should it not have it.
        package let isNew: Bool
        /// The number of the decision.
        package let decision: Int
    }

    /// The verdict.
    package private(set) var state = ReviewState.unseen
    /// The decision that gave the verdict.
    package private(set) var verdict: EditDecision?
    /// The note; empty when there is none.
    package private(set) var note = ""
    /// New classes, later ones above earlier ones.
    package private(set) var relabelings: [Relabeling] = []
    /// What belongs to neither part: in order, apart from each other.
    package private(set) var excluded: [SampleRange] = []
    /// The channels that are no good, in the order they were excluded.
    package private(set) var excludedChannels: [String] = []
    /// For each range or channel in use, which decision was the last to exclude it.
    private var exclusions: [EditDecision] = []

    /// Creates edits of nothing.
    package init() {}

    /// Whether labels, ranges or channels are changed.
    package var changesData: Bool {
        !relabelings.isEmpty || !excluded.isEmpty || !excludedChannels.isEmpty
    }

    /// The decisions that excluded something, oldest first: for errors.
    var excluding: [EditDecision] { exclusions }

    /// Takes a decision in.
    mutating func add(_ decision: EditDecision) {
        switch decision.action {
        case .review(let state):
            self.state = state
            verdict = state == .unseen ? nil : decision
        case .note(let text): note = text
        case .relabel(let range, let name, let isNew):
            relabelings.append(
                Relabeling(
                    range: range, className: name, isNew: isNew, decision: decision.number))
        case .label(let intervals, _):
            relabelings += intervals.map {
                Relabeling(
                    range: $0.range, className: $0.className, isNew: true,
                    decision: decision.number)
            }
        case .exclude(let range):
            excluded = (excluded.subtracting([range]) + [range]).sorted { $0.start < $1.start }
                .joined()
            exclusions.append(decision)
        case .include(let range): excluded = excluded.subtracting([range])
        case .excludeChannel(let name):
            if !excludedChannels.contains(name) { excludedChannels.append(name) }
            exclusions.append(decision)
        case .includeChannel(let name): excludedChannels.removeAll { $0 == name }
        case .rename, .undo: break
        }
    }
}
