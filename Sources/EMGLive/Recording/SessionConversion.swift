package import EMGArchive
package import EMGBatch
private import EMGIngest
package import EMGSignal
private import Foundation

/// Makes recordings of an archive from what sessions recorded: exactly what `myotask convert` does.
package struct SessionConversion: Sendable {
    /// The raw recordings.
    package let folder: SessionFolder
    /// Where recordings go.
    package let archive: RecordingArchive

    /// Creates a conversion.
    package init(_ folder: SessionFolder, into archive: RecordingArchive) {
        self.folder = folder
        self.archive = archive
    }

    /// Converts one recording.
    ///
    /// - Parameters:
    ///   - identity: Which.
    ///   - hasMissing: Whether samples in it have no number: they are marked, where a conversion
    ///     otherwise refuses them.
    /// - Returns: What came of it, with the warnings.
    /// - Throws: `IngestError` when the template cannot be read; `ArchiveError` when the archive
    ///   cannot be written.
    package func convert(
        _ identity: RecordingIdentity, hasMissing: Bool = false
    ) throws -> BatchReport {
        let options = ReadOptions(
            missing: hasMissing ? .markAsMissing : .reject,
            template: try SourceTemplate(contentsOf: folder.template))
        return try ArchiveConversion(
            inputs: [folder.samples(of: identity)], archive: archive, options: options,
            registry: .standard
        ).run()
    }

    /// The line of a shell that does the same with every recording of the folder.
    ///
    /// - Parameter hasMissing: Whether samples in them have no number.
    /// - Returns: The line.
    package func command(hasMissing: Bool = false) -> String {
        func quoted(_ path: String) -> String {
            "'" + path.replacing("'", with: "'\\''") + "'"
        }
        let top = folder.url.path(percentEncoded: false)
        return "myotask convert \(quoted(top)) "
            + "--template \(quoted(folder.template.path(percentEncoded: false))) "
            + "--output \(quoted(archive.folder.path(percentEncoded: false)))"
            + (hasMissing ? " --missing \(ReadOptions.MissingPolicy.markAsMissing.rawValue)" : "")
    }
}
