public import EMGSignal
public import Foundation

/// A file or folder that is to be read and whose recording it is.
public struct RecordingSource: Sendable, Hashable {
    /// The file or folder.
    public let url: URL
    /// Whose recording it is.
    public let identity: RecordingIdentity
    /// The name of its format.
    public let format: String
    /// The files it consists of, the one that stands for the source first.
    public let files: [URL]

    /// Creates a source.
    public init(url: URL, identity: RecordingIdentity, format: String, files: [URL]) {
        self.url = url
        self.identity = identity
        self.format = format
        self.files = files
    }

    /// The digest of the source's bytes as 64 lower-case hexadecimal digits.
    ///
    /// - Returns: The digest.
    /// - Throws: ``IngestError`` when a file cannot be read.
    package func sha256() throws(IngestError) -> String {
        try SourceDigest.of(files)
    }
}
