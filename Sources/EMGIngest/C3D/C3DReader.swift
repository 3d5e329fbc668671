package import Foundation

/// Reads the analog channels of C3D files, with integers or real numbers, of Intel, DEC and MIPS
/// processors. `docs/formats/c3d.md` describes what is assumed and refused.
package struct C3DReader: RecordingReader {
    /// `c3d`.
    package let formatName = "c3d"

    /// What it reads.
    package let summary = "analog channels of C3D motion capture files, events as labels"

    /// Creates a reader.
    package init() {}

    /// Whether the first bytes are a header whose parameters name a processor.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        guard prefix.count >= C3DHeader.blockBytes, prefix[1] == C3DHeader.mark,
            (2...8).contains(prefix[0])
        else { return false }
        let place = (Int(prefix[0]) - 1) * C3DHeader.blockBytes + 3
        return prefix.count > place && C3DProcessor(rawValue: prefix[place]) != nil
    }

    /// Whether the name ends in `.c3d`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".c3d")
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try C3DOpening(url, options: options).streams()
    }
}
