/// What is put out to whatever is controlled.
public struct ControlOutput: Sendable, Hashable {
    /// How the output came about.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// The class is what was decided.
        case decided
        /// No class was likely enough.
        case rejected
        /// The class before is held: the new one is not sure enough yet, or came too soon.
        case held
        /// There was no whole window of good samples.
        case fault
    }

    /// The class; `nil` for neutral where no class is.
    public var label: Int?
    /// How fast, from 0 to 1.
    public var velocity: Double
    /// How the output came about.
    public var state: State

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - label: The class; `nil` for neutral.
    ///   - velocity: How fast, from 0 to 1.
    ///   - state: How the output came about.
    public init(label: Int?, velocity: Double, state: State) {
        self.label = label
        self.velocity = velocity
        self.state = state
    }
}
