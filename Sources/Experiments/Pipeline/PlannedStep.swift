/// What would be done about a step, and why.
public struct PlannedStep: Sendable, Hashable {
    /// What is to be done.
    public enum Action: String, Sendable, Hashable {
        /// Nothing.
        case skip = "up to date"
        /// All of it.
        case run = "to do"
        /// It depends on what an earlier step gives.
        case unknown = "depends"
        /// It goes on where it was stopped.
        case resume = "to go on"
    }

    /// The step: `convert`, `filter`, `build`, `train` or `report`, with a name when there are
    /// several.
    public let step: String
    /// What is to be done.
    public let action: Action
    /// Why.
    public let why: String
}
