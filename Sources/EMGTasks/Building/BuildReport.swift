public import EMGArchive
public import EMGSignal
public import ErrorReports

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
        public let error: ErrorReport

        /// Creates a refusal.
        ///
        /// - Parameters:
        ///   - subject: The recording's id, or its path when it has none.
        ///   - error: What is wrong.
        package init(subject: String, error: any Error) {
            self.subject = subject
            self.error = ErrorReport(error)
        }

        /// What is wrong and what to do, as people read it.
        package var reason: String { error.description }
    }

    /// Creates a report.
    package init(
        manifest: CollectionManifest, refused: [Refusal], leftOut: [RecordingIdentity],
        warnings: [String]
    ) {
        self.manifest = manifest
        self.refused = refused
        self.leftOut = leftOut
        self.warnings = warnings
    }
}
