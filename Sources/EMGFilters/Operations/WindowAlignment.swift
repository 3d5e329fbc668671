/// Where a window lies.
public enum WindowAlignment: String, Sendable, Hashable, CaseIterable {
    /// Around the sample; an even one reaches one sample further back.
    case centered
    /// Up to the sample.
    case causal
}
