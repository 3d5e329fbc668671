package import Documents

extension ConfidentUpdates: Described {
    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "least_probability", \.leastProbability, .number(in: 0...1),
            "How probable a decision must be for its window to be learned from."),
        Field(
            "share", \.share, .number(in: 0.001...1),
            "How much of an independent window it is: neighboring windows say nearly the same."),
        Field(
            "interval", \.interval, .integer(in: 1...1_000_000),
            "Of so many windows one may be learned from: those between overlap with it."),
    ]
}
