package import Documents
package import EMGFilters
package import Foundation

/// What a review is about and where its results go.
package struct ReviewSettings: Sendable {
    /// The archive's folder.
    package var archive: URL
    /// The edit file.
    package var edits: URL
    /// The manifest of the collection that the page may make.
    package var collection: URL
    /// What the signals are conditioned with for looking at.
    package var pipeline: ConditioningPipeline?
    /// The configuration that the page begins with.
    package var configuration: DocumentValue?
    /// The kinds that packages outside have added.
    package var kinds: Kinds
    /// Who decides.
    package var reviewer: String
    /// How many threads at most.
    package var threads: Int

    /// Creates settings.
    package init(
        archive: URL, edits: URL, collection: URL, pipeline: ConditioningPipeline? = nil,
        configuration: DocumentValue? = nil, kinds: Kinds = Kinds(), reviewer: String, threads: Int
    ) {
        self.archive = archive
        self.edits = edits
        self.collection = collection
        self.pipeline = pipeline
        self.configuration = configuration
        self.kinds = kinds
        self.reviewer = reviewer
        self.threads = threads
    }
}
