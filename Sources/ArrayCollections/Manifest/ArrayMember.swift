internal import Documents
private import EMGArchive
public import MetaLearning

/// A class of a collection, or a task of a regression: a name for samples that belong together.
public struct ArrayMember: Sendable, Hashable {
    /// Its name.
    public internal(set) var name: String
    /// What it belongs to, such as an alphabet; empty for nothing.
    public internal(set) var group = ""
    /// What it is for.
    public internal(set) var split = EpisodeSplit.train
    /// How many samples it has.
    public internal(set) var count = 1
    /// The SHA-256 of its samples as they are stored, and of their targets behind them, in order.
    package internal(set) var sha256 = ""

    static let format = FieldFormat<Self>.object(
        [
            Field("name", \.name, .printable, "Its name, once in the list.", isRequired: true),
            Field(
                "group", \.group, .text,
                "What it belongs to, such as the alphabet of a character; left out for nothing."
            ).written { !$0.group.isEmpty },
            Field(
                "split", \.split, .choice,
                "What it is for: `train`, `validation` or `test`, with all its samples and turns.",
                isRequired: true),
            Field(
                "samples", \.count, .integer(in: 1...1 << 40), "How many samples it has.",
                isRequired: true),
            Field(
                "sha256", \.sha256, .sha256,
                "The SHA-256 of its samples as they are stored, and of their targets behind them, "
                    + "in their order.", isRequired: true),
        ], into: Self(name: ""))
}
