package import Foundation

/// Reads records of WFDB, the format of PhysioNet: a header `.hea`, signal files and annotations.
/// `docs/formats/wfdb.md` describes what is read.
package struct WFDBReader: RecordingReader {
    /// `wfdb`.
    package let formatName = "wfdb"

    /// What it reads.
    package let summary = "WFDB records of PhysioNet: headers (.hea) with their signals"

    /// Creates a reader.
    package init() {}

    /// Whether the first lines are those of a header.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        WFDBSignature.isHeader(prefix)
    }

    /// Whether the name ends in `.hea`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".hea")
    }

    /// The header, those of its segments, the signal files, and the annotations.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        let files = try WFDBRecord.read(url).files
        return files + [try WFDBAnnotators(of: url, files: files).url].compactMap(\.self)
    }

    /// What the names of known collections tell; elsewhere the file's place.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try WFDBIdentity.identity(of: url, override: options.identity)
    }

    /// Opens a record.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try WFDBOpening(url, options: options).streams()
    }
}
