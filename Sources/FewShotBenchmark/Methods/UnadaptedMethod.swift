package import Documents

/// Other people's decoder as it is: what a new person has before anything of them is known.
package struct UnadaptedMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "unadapted"
    /// What it is.
    package static let documentation =
        "One discriminant of all training people as it is: nothing of what was shown is used."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try OthersDecoders.method(people, turns: 0..<1)
    }
}
