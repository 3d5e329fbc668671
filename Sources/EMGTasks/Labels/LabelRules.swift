/// The library's label rules, for windows that are configured in code; documents name them by
/// their keys.
public enum LabelRules {
    /// The label of the last sample.
    public static var last: any LabelRule { .last }
    /// The label of the sample in the middle.
    public static var center: any LabelRule { .center }
    /// The most frequent label; of several equally frequent ones the latest.
    public static var majority: any LabelRule { .majority }
    /// The label that all samples have; other windows are left out.
    public static var pure: any LabelRule { .pure }
}
