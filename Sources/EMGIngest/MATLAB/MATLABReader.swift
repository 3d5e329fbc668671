internal import EMGSignal
package import Foundation

/// Reads MATLAB files of level 5 (`save -v6`, `-v7`) and 7.3, laid out as Ninapro's or as a
/// template says. `docs/formats/matlab.md` describes them.
///
/// Level 5 is read here, compressed or not, with some hundred kilobytes for each channel however
/// long the recording is; level 7.3 through HDF5.
package struct MATLABReader: RecordingReader {
    private let template: SourceTemplate?
    private let layout: MATLABLayout

    /// `matlab`, or the template's name.
    package var formatName: String { template?.name ?? "matlab" }

    /// What it reads.
    package var summary: String {
        template?.summary ?? "MATLAB files (v5 to v7.3) with Ninapro's variables"
    }

    /// Yes: level 7.3 is read through libhdf5.
    package var needsOwnProcess: Bool { true }

    /// Creates a reader of files that are laid out as Ninapro's.
    package init() {
        template = nil
        layout = MATLABLayout()
    }

    /// Creates a reader of files that are laid out as a template says.
    package init(_ template: SourceTemplate, layout: MATLABLayout) {
        self.template = template
        self.layout = layout
    }

    /// Whether it is a MATLAB file of level 5 or 7.3.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        MATLABSignature.isCertain(prefix)
    }

    /// Whether the name ends in `.mat`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".mat")
    }

    /// What the file's variables tell, else its name as Ninapro names files, else its place.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try MATLABIdentity(url: url, layout: layout, template: template, options: options)
            .identity()
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let opening = MATLABOpening(
            file: try Self.file(url), url: url, layout: layout, template: template,
            options: options)
        return [try opening.stream()]
    }

    /// Opens a file of whichever level.
    static func file(_ url: URL) throws(IngestError) -> any MATLABFile {
        let prefix = try SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        let location = SourceLocation(file: url.relativePath)
        if MATLABSignature.isLevel73(prefix) { return try MATLAB73File(url) }
        if MATLABSignature.level5(prefix) != nil {
            return try MATLAB5File(try PositionedFile(url))
        }
        if MATLABSignature.isLevel4(prefix) {
            throw IngestError(
                .unsupported(feature: "a MATLAB file of version 4"), at: location,
                hint: "load it in MATLAB or Octave and save it with save -v7")
        }
        let begins = prefix.starts(with: Array("MATLAB".utf8))
        throw IngestError(
            .wrongFormat(
                expected: "a MATLAB file (v5 to v7.3)",
                found: begins
                    ? "the beginning of a MATLAB file without its version and byte order"
                    : ContentKind(prefix: prefix).description),
            at: location, hint: begins ? "the file was cut or is damaged; copy it again" : "")
    }
}
