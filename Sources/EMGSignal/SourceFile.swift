/// The file that a recording was read from.
public struct SourceFile: Sendable, Hashable {
    /// Its name without folders, so that an archive tells nothing of one machine's disks.
    public package(set) var name: String
    /// The SHA-256 of its bytes as 64 lower-case hexadecimal digits.
    public package(set) var sha256: String

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - name: Its name without folders.
    ///   - sha256: The SHA-256 of its bytes as 64 lower-case hexadecimal digits.
    public init(name: String, sha256: String) {
        self.name = name
        self.sha256 = sha256
    }
}
