package import MetaLearning

/// What a decoder by a prior knows of its person.
package struct AdaptedPerson: Sendable, Hashable {
    /// What the prior and the support say together.
    package let state: PersonState
    /// The mean of each class over the repetitions of the last support that had all classes,
    /// `[classes × features]`: what is known of the person when the band is put on anew; `nil` when
    /// there was none.
    package let shown: [Double]?
}
