/// The name and version that artifacts carry.
public enum SoftwareVersion {
    /// The version of this package (semantic versioning).
    public static let number = "0.1.0"
    /// The text in the `software` attribute of every artifact.
    public static let text = "myotask \(number)"
}
