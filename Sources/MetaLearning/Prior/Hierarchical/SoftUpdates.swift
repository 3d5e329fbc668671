package import Documents

/// How a running decoder goes on learning from windows that it has decided about, in bounded memory: no
/// label is needed.
///
/// Each window is given to classes by how probable each of them is, and learned from once. Unlike
/// ``UnlabeledLearning`` it keeps no windows, so that what was given to another class stays there.
package struct SoftUpdates: Sendable, Hashable {
    /// How much of an independent window each is, above 0 and at most 1: neighboring windows say
    /// nearly the same.
    package var share = 0.05
    /// Of so many windows one is learned from: those between overlap with it.
    package var interval = 4

    /// How much of an independent window one is whose class is told.
    package static let toldShare = 0.1

    /// The default settings.
    package init() {}
}

extension SoftUpdates: Described {
    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "share", \.share, .number(in: 0.001...1),
            "How much of an independent window each is: neighboring windows say nearly the same."),
        Field(
            "interval", \.interval, .integer(in: 1...1_000_000),
            "Of so many windows one is learned from: those between overlap with it."),
    ]
}

extension PersonClassifier {
    /// What is less probable of a window is not learned from it.
    private static let leastShare = 0.01

    /// Learns from one more window whose class nobody has told.
    ///
    /// - Parameters:
    ///   - row: The window's features.
    ///   - classes: How probable each class is.
    ///   - share: How much of an independent window it is, above 0 and at most 1.
    package mutating func update(_ row: [Double], classes: [Double], share: Double) {
        precondition(
            row.count == prior.width && classes.count == prior.classCount && share > 0,
            "a window of \(prior.width) features, and a probability for each class")
        let observed = classes.indices.filter { classes[$0] > Self.leastShare }
        learn(
            from: observed.map {
                ClassObservation(label: $0, mean: row, share: share * classes[$0])
            }, turnShare: share)
    }
}
