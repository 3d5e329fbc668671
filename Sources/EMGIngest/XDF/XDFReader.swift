package import Foundation

/// Reads XDF, as LabRecorder writes it: streams of the Lab Streaming Layer, brought to one clock and
/// evened out as `pyxdf` does it. `docs/formats/xdf.md` describes what is assumed and refused.
package struct XDFReader: RecordingReader {
    /// `xdf`.
    package let formatName = "xdf"

    /// What it reads.
    package let summary = "XDF of the Lab Streaming Layer, markers as labels"

    /// Headers are read by expat.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether the first bytes are `XDF:`.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        prefix.starts(with: XDFChunk.magic)
    }

    /// Whether the name ends in `.xdf`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".xdf")
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try XDFOpening(url, options: options).streams()
    }
}
