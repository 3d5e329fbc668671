package import Foundation

/// Reads AcqKnowledge files of BIOPAC, revisions 2 to 5, compressed or not.
/// `docs/formats/acq.md` describes what is assumed and refused.
package struct ACQReader: RecordingReader {
    /// `acq`.
    package let formatName = "acq"

    /// What it reads.
    package let summary = "AcqKnowledge files (.acq) of BIOPAC, markers as labels"

    /// Creates a reader.
    package init() {}

    /// Whether the first bytes are a header of a known revision.
    package func recognizes(content prefix: [UInt8]) -> Bool { ACQHeader.guess(prefix) != nil }

    /// Whether the name ends in `.acq`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".acq")
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try ACQOpening(url, options: options).streams()
    }
}
