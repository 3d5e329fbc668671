package import Foundation
internal import HDF5

/// Reads HDF5 files whose layout a template tells, or the names in them:
/// `docs/formats/hdf5-archives.md` describes both.
package struct HDF5Reader: RecordingReader {
    /// `hdf5`.
    package let formatName = "hdf5"

    /// What it reads.
    package let summary = "HDF5 files with a dataset emg, or as a template describes"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5, and no MATLAB file.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        HDF5Source.isHDF5(prefix) && !prefix.starts(with: Array("MATLAB ".utf8))
    }

    /// Whether the name ends in `.h5`, `.hdf5`, `.hdf` or `.he5`.
    package func recognizes(fileName: String) -> Bool {
        let name = fileName.lowercased()
        return [".h5", ".hdf5", ".hdf", ".he5"].contains { name.hasSuffix($0) }
    }

    /// What the template or the file's root attributes tell, and its place for the rest.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let source = try HDF5Source(url)
        let layout = try Self.layout(of: source, options: options).layout
        let facts = HDF5Facts(source, options: options)
        var stated = IdentityOverride()
        for (part, fact) in layout.identity {
            // What was found by its name may be something else.
            let text = options.template == nil ? try? facts.text(fact) : try facts.text(fact)
            switch part {
            case "patient": stated.patient = text
            case "session": stated.session = text
            case "condition": stated.condition = text
            default: stated.run = text
            }
        }
        guard let template = options.template else {
            return try HDF5Identity.make(stated, override: options.identity, of: url)
        }
        var options = options
        options.identity = HDF5Identity.merged(stated, override: options.identity)
        return try template.identity(of: url, options: options)
    }

    /// Opens a file.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let source = try HDF5Source(url)
        let (layout, warnings) = try Self.layout(of: source, options: options)
        func whole() throws(IngestError) -> any RecordingStream {
            try HDF5Recording(source, layout, warnings: warnings, options: options).stream()
        }
        // Channels that the template names are what it says.
        guard layout.channelNames.isEmpty else { return [try whole()] }
        return try ChannelSelection.streams(
            options.parts, at: source.location(layout.samples), open: whole)
    }

    private static func layout(
        of source: HDF5Source, options: ReadOptions
    ) throws(IngestError) -> (layout: HDF5Layout, warnings: [IngestWarning]) {
        if let template = options.template {
            guard case .hdf5(let layout) = template.layout else {
                throw IngestError(
                    .invalidDescription(
                        reason: "the template \(template.name) does not describe HDF5 files"),
                    at: source.location())
            }
            return (layout, [])
        }
        return try HDF5Discovery.layout(of: source)
    }
}
