package import Foundation

/// Reads data sets of EEGLAB (`.set`, MATLAB level 5 and 7.3, with or without `.fdt`), events as
/// labels. `docs/formats/eeglab.md` describes what is assumed and refused.
package struct EEGLABReader: RecordingReader {
    /// `eeglab`.
    package let formatName = "eeglab"

    /// What it reads.
    package let summary = "data sets of EEGLAB (.set with or without .fdt), events as labels"

    /// Yes: level 7.3 is read through libhdf5.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is a MATLAB file with the name of a data set.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        url.pathExtension.lowercased() == "set" && MATLABSignature.isCertain(prefix)
    }

    /// The data set, and the file of its samples when they are not in it.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        try EEGLABFile.files(of: url)
    }

    /// Opens a data set.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try EEGLABOpening(url, options: options).streams()
    }
}
