package import Documents
package import EMGFilters
package import EMGSignal
package import EMGTasks
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
    /// Which recordings that configuration takes; `nil` where it does not say.
    package var take: EditSelection.Take?
    /// The kinds that packages outside have added.
    package var kinds = Kinds()
    /// Draws a page about one recording, whose file has the given name; `nil` where nothing draws.
    package var report: (@Sendable (Recording, String) throws -> String)?
    /// Who decides.
    package var reviewer: String
    /// How many threads at most.
    package var threads: Int

    /// Creates settings without a pipeline, and with the page's own configuration.
    ///
    /// - Parameters:
    ///   - archive: The archive's folder.
    ///   - edits: The edit file.
    ///   - collection: The manifest of the collection that the page may make.
    ///   - reviewer: Who decides.
    ///   - threads: How many threads at most.
    package init(
        archive: URL, edits: URL, collection: URL, reviewer: String, threads: Int
    ) {
        self.archive = archive
        self.edits = edits
        self.collection = collection
        self.reviewer = reviewer
        self.threads = threads
    }
}
