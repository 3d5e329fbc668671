public import Foundation

/// Reads records of WFDB, the format of PhysioNet: a header `.hea`, signal files and annotations.
/// `docs/formats/wfdb.md` describes what is read.
public struct WFDBReader: RecordingReader {
    /// `wfdb`.
    public let formatName = "wfdb"

    /// What it reads.
    public let summary = "WFDB records of PhysioNet: headers (.hea) with their signals"

    /// Creates a reader.
    public init() {}

    /// Whether the first lines are those of a header.
    public func recognizes(content prefix: [UInt8]) -> Bool {
        WFDBSignature.isHeader(prefix)
    }

    /// Whether the name ends in `.hea`.
    public func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".hea")
    }

    /// The header, those of its segments, the signal files, and the annotations.
    public func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        let files = try WFDBRecord.read(url).files
        return files + [try WFDBAnnotators(of: url, files: files).url].compactMap(\.self)
    }

    /// What the names of known collections tell; elsewhere the file's place.
    public func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try WFDBIdentity.identity(of: url, override: options.identity)
    }

    /// Opens a record.
    public func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try WFDBOpening(url, options: options).streams()
    }
}
