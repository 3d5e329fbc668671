package import Documents

/// Other people's decoder, turned as far round the band as fits what was shown.
package struct OthersDecoderMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "others"
    /// What it is.
    package static let documentation =
        "One discriminant of all training people, with the turn of the band that fits what was shown."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// Chooses features and shrinkage for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try OthersDecoders.method(people, turns: people.turns)
    }
}
