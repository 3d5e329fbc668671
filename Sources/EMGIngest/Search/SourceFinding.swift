package import Foundation

/// What a look into a file tells a search: its format, whose recording it is, and the files it
/// consists of.
package struct SourceFinding: Sendable, Hashable {
    /// The file or folder, the files it consists of, and whose recording it is.
    package let source: RecordingSource
    /// What does not fit together.
    package let warnings: [IngestWarning]
    /// Whether the patient is given by the names of folders and file only, and by no naming scheme.
    package let isFromPlace: Bool

    /// Creates a finding.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - warnings: What does not fit together.
    ///   - isFromPlace: Whether the patient is given by the names of folders and file only.
    package init(source: RecordingSource, warnings: [IngestWarning], isFromPlace: Bool) {
        self.source = source
        self.warnings = warnings
        self.isFromPlace = isFromPlace
    }

    /// How the place was read, when the patient is from there.
    var reading: PlaceReading? { isFromPlace ? PlaceReading(source.url) : nil }

    /// Looks into a file in this process.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - registry: The formats to look for.
    ///   - options: What the caller knows.
    /// - Throws: ``IngestError`` when it is in no format of the registry, cannot be read, or
    ///   nothing says whose recording it is.
    package init(
        of url: URL, registry: ReaderRegistry, options: ReadOptions
    ) throws(IngestError) {
        try self.init(
            of: url, reader: registry.reader(for: url, options: options), options: options)
    }

    /// Asks a reader that was found.
    init(
        of url: URL, reader: any RecordingReader, options: ReadOptions
    ) throws(IngestError) {
        let stated = try reader.settledIdentity(of: url, options: options)
        let files = try reader.files(of: url, options: options)
        source = RecordingSource(
            url: url, identity: stated.identity, format: reader.formatName, files: files)
        warnings = stated.warnings
        isFromPlace = stated.isFromPlace
    }
}
