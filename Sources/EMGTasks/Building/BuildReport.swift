public import EMGArchive
public import EMGSignal

/// What came of building a collection.
public struct BuildReport: Sendable {
    /// The collection's manifest, as it was written.
    public let manifest: CollectionManifest
    /// The recordings that could not become tasks, with the reason; everything else was built.
    public let refused: [Refusal]
    /// The recordings that the configuration leaves out.
    public let leftOut: [RecordingIdentity]
    /// What the user should know although it was built.
    public let warnings: [String]

    /// A recording that could not become a task.
    public struct Refusal: Sendable, Hashable {
        /// The recording's id, or its path when it has none.
        public let subject: String
        /// What is wrong and what to do.
        public let reason: String

        /// Creates a refusal.
        public init(subject: String, reason: String) {
            self.subject = subject
            self.reason = reason
        }
    }

    /// Creates a report.
    public init(
        manifest: CollectionManifest, refused: [Refusal], leftOut: [RecordingIdentity],
        warnings: [String]
    ) {
        self.manifest = manifest
        self.refused = refused
        self.leftOut = leftOut
        self.warnings = warnings
    }
}
