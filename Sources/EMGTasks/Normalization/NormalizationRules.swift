/// The library's normalizations, for collections that are configured in code; documents name them
/// by their keys. Each is fitted on a task's support alone.
public enum NormalizationRules {
    /// Samples as they are.
    public static var none: any NormalizationRule { .none }
    /// Less the mean, over the standard deviation of the support.
    public static var standard: any NormalizationRule { .standard }
    /// From 0 to 1 on the support.
    public static var minMax: any NormalizationRule { .minMax }
}
