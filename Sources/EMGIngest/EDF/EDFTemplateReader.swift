internal import EMGFormats
package import Foundation

/// Reads EDF and BDF files as a template says: which channel of triggers is the labels, what its
/// codes mean, and whose recordings they are.
package struct EDFTemplateReader: RecordingReader {
    private let template: SourceTemplate

    /// The template's name.
    package var formatName: String { template.name }

    /// What it reads.
    package var summary: String { template.summary }

    /// Creates a reader.
    package init(_ template: SourceTemplate) { self.template = template }

    /// Whether the first bytes are a header of either width.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        EDFFormat.allCases.contains { EDFVersion.isCertain(prefix, format: $0) }
    }

    /// Whether the name ends in `.edf` or `.bdf`.
    package func recognizes(fileName: String) -> Bool {
        EDFFormat.allCases.contains { EDFReader($0).recognizes(fileName: fileName) }
    }

    /// The file and, in a BIDS data set, its side files.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        try EDFReader(.edf).files(of: url, options: options)
    }

    /// What the template's path tells where it has one; otherwise as without a template.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        guard template.paths.isEmpty, template.identity == IdentityOverride() else {
            return try template.identity(of: url, options: options)
        }
        return try EDFReader(.edf).identity(of: url, options: options)
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let prefix = try SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        let isBDF =
            EDFVersion.format(of: prefix).map { $0 == .bdf }
            ?? (url.pathExtension.lowercased() == "bdf")
        var options = options
        options.format = nil
        options.template = template
        return try EDFReader(isBDF ? .bdf : .edf).open(url, options: options)
    }
}
