/// The library's split rules, for collections that are configured in code; documents name them by
/// their keys.
public enum SplitRules {
    /// Support is the first complete cycles of cues.
    ///
    /// - Parameters:
    ///   - cues: The class names of one cycle in order, at least two; `nil` for relax, open, relax,
    ///     close, relax.
    ///   - cycles: How many, at least 1.
    /// - Returns: The rule.
    public static func firstCycle(cues: [String]? = nil, cycles: Int = 1) -> any SplitRule {
        FirstCycle(cues: cues, cycles: cycles)
    }

    /// Support is the first part of the recording.
    ///
    /// - Parameter fraction: How much of it, above 0 and below 1.
    /// - Returns: The rule.
    public static func fraction(_ fraction: Double) -> any SplitRule { .fraction(fraction) }

    /// Support is the first seconds of the recording.
    ///
    /// - Parameter seconds: How many, above 0.
    /// - Returns: The rule.
    public static func seconds(_ seconds: Double) -> any SplitRule { .seconds(seconds) }

    /// Support lasts until each class was shown so often.
    ///
    /// - Parameter count: How often, at least 1.
    /// - Returns: The rule.
    public static func repetitions(_ count: Int) -> any SplitRule { .repetitions(count) }

    /// Support is so many windows of each class that share no sample.
    ///
    /// - Parameter count: How many of each, at least 1.
    /// - Returns: The rule.
    public static func shots(_ count: Int) -> any SplitRule { .shots(count) }

    /// Support is some of equal blocks of the recording.
    ///
    /// - Parameters:
    ///   - count: How many blocks there are, at least 2.
    ///   - support: The numbers of those that are support, from 0.
    /// - Returns: The rule.
    public static func blocks(count: Int, support: [Int]) -> any SplitRule {
        .blocks(count: count, support: support)
    }
}
