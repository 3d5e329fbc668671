/// What would be done about a step, and why.
package struct PlannedStep: Sendable, Hashable {
    /// What is to be done.
    package enum Action: String, Sendable, Hashable {
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
    package let step: String
    /// What is to be done.
    package let action: Action
    /// Why.
    package let why: String
}
