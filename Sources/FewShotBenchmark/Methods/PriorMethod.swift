package import Documents
private import MetaLearning

/// A prior over people, their sessions and repetitions, learned on training people and adapted in
/// closed form; how sure it is, and what accuracy it expects, it learns by letting each training
/// person play the new one.
package struct PriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "prior"
    /// What it is.
    package static let documentation =
        "A Gaussian prior over people's class means, their repetitions and windows, with all turns of the "
        + "band mixed, learned on training people and adapted in closed form."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try LearnedPriorMethod(people)
    }
}

/// The same prior, which also knows the new person's recordings from before.
package struct EarlierPriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "prior_earlier"
    /// What it is.
    package static let documentation =
        "The prior, which also knows the new person's earlier recordings."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// It does.
    package var usesEarlier: Bool { true }

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try LearnedPriorMethod(people, usesEarlier: true)
    }
}

/// The same prior, which goes on learning from the windows that it decides about.
package struct UpdatedPriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "prior_updates"
    /// What it is.
    package static let documentation =
        "The prior, which goes on learning while it decides, without labels: from all windows so far, by "
        + "how probable each class is for each; where that helps training people."
    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "share", \.learning.share, .number(in: 0.001...1),
            "How much of an independent window each is: neighboring windows say nearly the same."),
        Field(
            "interval", \.learning.interval, .integer(in: 1...1_000_000),
            "Of so many windows one is learned from: those between overlap with it."),
        Field(
            "renewal", \.learning.renewal, .integer(in: 1...1_000_000),
            "After so many more windows that are learned from, all are given to classes anew."),
    ]

    /// How it goes on learning.
    private var learning = UnlabeledLearning()

    /// The method with its default settings.
    package init() {}

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try LearnedPriorMethod(people, updates: learning)
    }
}
