package import EMGFormats
package import Foundation

/// Reads EDF, EDF+ and their 24-bit forms BDF and BDF+, continuous and discontinuous, alone or
/// with the side files of a BIDS data set. `docs/formats/edf.md` and `docs/formats/bids-emg.md`
/// describe them.
///
/// The parser takes what real programs write: faults of a header that leave its meaning clear are
/// warnings, contradictions that nobody can settle are errors.
package struct EDFReader: RecordingReader {
    /// The width of samples that it reads.
    package let format: EDFFormat

    /// `edf` or `bdf`.
    package var formatName: String { format.name }

    /// What it reads.
    package var summary: String {
        switch format {
        case .edf: "European Data Format, EDF+, alone or in BIDS-EMG"
        case .bdf: "BioSemi Data Format (24 bits), BDF+, alone or in BIDS-EMG"
        }
    }

    /// Creates a reader of one width.
    package init(_ format: EDFFormat) {
        self.format = format
    }

    /// Whether the first bytes are a header of this width.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        EDFVersion.isCertain(prefix, format: format)
    }

    /// Whether the name ends in `.edf` or `.bdf`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".\(formatName)")
    }

    /// The file and, in a BIDS data set, its side files.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        guard let name = BIDSName.recording(url) else { return [url] }
        return [url] + (try BIDSFolder(of: url, name: name).files)
    }

    /// The entities of a BIDS name; elsewhere the file's place, with the patient's code of the
    /// header where the place has none.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try EDFIdentity.identity(of: url, override: options.identity)
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let source = try PositionedFile(url)
        let contents = try EDFContents(
            source, as: format, isForced: options.format == formatName)
        return try EDFOpening(contents, url: url, options: options).streams()
    }
}
