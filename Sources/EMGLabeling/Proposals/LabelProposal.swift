private import Documents
package import EMGSignal
package import EMGTasks

/// Labels that somebody may accept for a recording, with the words for where they come from.
package struct LabelProposal: Sendable, Hashable {
    /// The labels, later ones above earlier ones.
    package let intervals: [LabeledRange]
    /// What is marked as bad and to be left out.
    package let excluded: [SampleRange]
    /// Where they come from.
    package let origin: String

    /// Creates a proposal.
    ///
    /// - Parameters:
    ///   - intervals: The labels, at most ``LabeledRange/countLimit``.
    ///   - excluded: What is to be left out.
    ///   - origin: Where they come from; cut to a sane length.
    package init(_ intervals: [LabeledRange], excluded: [SampleRange] = [], origin: String) {
        self.intervals = intervals
        self.excluded = excluded
        self.origin = String(origin.prefix(200))
    }

    /// The decisions that accept it; none when there is nothing to label or to leave out.
    package var actions: [EditDecision.Action] {
        (intervals.isEmpty ? [] : [.label(intervals, origin: origin)])
            + excluded.map { .exclude($0) }
    }

    /// How many intervals each class has, in the natural order of their names.
    package var counts: [(className: String, count: Int)] {
        Dictionary(grouping: intervals, by: \.className).map { ($0.key, $0.value.count) }
            .sorted { NaturalOrder.precedes($0.className, $1.className) }
    }
}
