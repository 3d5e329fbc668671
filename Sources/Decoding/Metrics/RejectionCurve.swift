/// How right decisions are when only the most probable ones are made: accuracy by coverage.
///
/// Decisions that are as probable as each other are taken in all orders: a share of them counts as
/// right as all of them together.
package struct RejectionCurve: Sendable, Hashable {
    /// Decisions of one probability.
    private struct Group: Sendable, Hashable {
        var count: Int
        var right: Int
    }

    /// The groups, the most probable first.
    private let groups: [Group]
    /// How many decisions there are.
    package let count: Int

    /// Sorts decisions.
    ///
    /// - Parameter decisions: The probability of what was decided, finite, and whether it was right.
    package init(_ decisions: [(probability: Double, isRight: Bool)]) {
        count = decisions.count
        var groups: [Group] = []
        var last: Double?
        for decision in decisions.sorted(by: { $0.probability > $1.probability }) {
            if decision.probability != last { groups.append(Group(count: 0, right: 0)) }
            last = decision.probability
            groups[groups.count - 1].count += 1
            groups[groups.count - 1].right += decision.isRight ? 1 : 0
        }
        self.groups = groups
    }

    /// The accuracy of the most probable decisions.
    ///
    /// - Parameter coverage: Which share of all is made, above 0 and at most 1; rounded up to whole
    ///   decisions.
    /// - Returns: The accuracy; `nil` without decisions.
    package func accuracy(atCoverage coverage: Double) -> Double? {
        precondition(coverage > 0 && coverage <= 1, "got a coverage of \(coverage)")
        guard count > 0 else { return nil }
        var left = max(1, Int((coverage * Double(count) - 1e-9).rounded(.up)))
        let made = Double(left)
        var right = 0.0
        for group in groups where left > 0 {
            let taken = min(left, group.count)
            right += Double(group.right) * Double(taken) / Double(group.count)
            left -= taken
        }
        return right / made
    }

    /// The area under the curve: the mean of the accuracies of the 1, 2, 3, … most probable
    /// decisions; `nil` without decisions.
    package var area: Double? {
        guard count > 0 else { return nil }
        var (made, right, sum) = (0, 0.0, 0.0)
        for group in groups {
            let share = Double(group.right) / Double(group.count)
            for _ in 0..<group.count {
                made += 1
                right += share
                sum += right / Double(made)
            }
        }
        return sum / Double(count)
    }
}
