package import Documents

/// How ε falls: by `decay` with every draw, once `delay` meta-steps have been taken.
package struct EpsilonAnnealing: Described, Hashable {
    /// ε at first, from 0 to 1.
    package var start = 1.0
    /// Where it stops, from 0 to 1.
    package var end = 0.1
    /// What it loses with each draw, from 0 to 1.
    package var decay = 1e-7
    /// Meta-steps before it begins to fall, from 0 to 1,000,000,000.
    package var delay = 10_000

    /// The settings of MetaEMG (plarotta/meta-emg; arXiv 2403.13147).
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field("start", \.start, .number(in: 0...1), "Epsilon at first."),
        Field("end", \.end, .number(in: 0...1), "Where it stops."),
        Field("decay", \.decay, .number(in: 0...1), "What it loses with each draw."),
        Field(
            "delay", \.delay, .integer(in: 0...1_000_000_000),
            "Meta-steps before it begins to fall."),
    ]
}
