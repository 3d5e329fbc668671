package import Foundation

/// Looks into files whose parsers are native libraries, somewhere else than in this process.
package protocol SourceExaminer: Sendable {
    /// Looks into a file.
    ///
    /// - Parameter url: The file.
    /// - Returns: What ``SourceFinding/init(of:registry:options:)`` finds with the registry and
    ///   options of the search.
    /// - Throws: ``IngestError`` as that does, or because the parser did not survive the file.
    func examine(_ url: URL) throws(IngestError) -> SourceFinding
}
