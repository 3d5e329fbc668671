/// What a decoder decided while somebody rested: everything but neutral is false.
package struct RestActivity: Sendable, Hashable {
    /// For how many seconds was counted.
    package private(set) var seconds = 0.0
    /// How many decisions there were; those without a whole window of good samples are none.
    package private(set) var decisions = 0
    /// How many of them were not neutral.
    package private(set) var active = 0
    /// How often a movement began; one that was there when counting began is one.
    package private(set) var activations = 0
    private var isActive = false

    /// Of no decision.
    package init() {}

    /// Adds a decision.
    ///
    /// - Parameters:
    ///   - isActive: Whether it was not neutral.
    ///   - seconds: How long it stood.
    mutating func add(isActive: Bool, seconds: Double) {
        self.seconds += seconds
        decisions += 1
        active += isActive ? 1 : 0
        activations += isActive && !self.isActive ? 1 : 0
        self.isActive = isActive
    }

    /// The share of decisions that were not neutral; `nil` without decisions.
    package var share: Double? { decisions == 0 ? nil : Double(active) / Double(decisions) }
    /// Activations a minute; `nil` without decisions.
    package var activationsPerMinute: Double? {
        decisions == 0 ? nil : 60 * Double(activations) / seconds
    }
}
