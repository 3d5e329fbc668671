internal import EMGSignal
package import Foundation
internal import HDF5

/// Reads Neurodata Without Borders files, version 2; `docs/formats/nwb.md` describes what of
/// them.
package struct NWBReader: RecordingReader {
    /// `nwb`.
    package let formatName = "nwb"

    /// What it reads.
    package let summary = "NWB 2 files: ElectricalSeries and TimeSeries with their trials"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5 that says which version of NWB it is.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        HDF5Source.matches(url, prefix) { (file) throws(HDF5Error) in
            if try file.attribute("nwb_version", of: "/") != nil { return true }
            return try file.hasLink("/nwb_version")
        }
    }

    /// Whether the name ends in `.nwb`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".nwb")
    }

    /// The patient is `subject_id`, the session `session_id`; the rest is given by the place.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let source = try HDF5Source(url)
        return try HDF5Identity.make(
            IdentityOverride(
                patient: Self.text("/general/subject/subject_id", in: source),
                session: Self.text("/general/session_id", in: source)),
            override: options.identity, of: url)
    }

    /// Opens the series that the options ask for.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let source = try HDF5Source(url)
        try Self.checkVersion(source)
        let file = try NWBFile(source)
        var streams: [any RecordingStream] = []
        // The other channels of the main series have a name that is no series'.
        let selection: ReadOptions.PartSelection =
            options.parts == .named(ChannelKind.othersName) ? .main : options.parts
        for (index, series) in try file.selected(selection).enumerated() {
            streams += try ChannelSelection.streams(
                options.parts, at: source.location(series.path)
            ) { () throws(IngestError) in
                try NWBRecording(
                    source, series, isMain: series == file.main,
                    warnings: index == 0 ? file.warnings(options.parts) : [],
                    options: options
                ).stream()
            }
        }
        return streams
    }

    private static func checkVersion(_ source: HDF5Source) throws(IngestError) {
        let value = try source.attempt { (file) throws(HDF5Error) in
            try file.attribute("nwb_version", of: "/")
        }
        guard case .texts(let texts)? = value, let version = texts.first else {
            let isOld = try source.attempt { (file) throws(HDF5Error) in
                try file.hasLink("/nwb_version")
            }
            guard isOld else {
                throw IngestError(
                    .wrongFormat(
                        expected: "an NWB file", found: "HDF5 without the attribute nwb_version"),
                    at: source.location())
            }
            throw IngestError(
                .unsupported(feature: "an NWB file of version 1"), at: source.location(),
                hint: "convert it to NWB 2 (pynwb)")
        }
        guard version.hasPrefix("2.") || version == "2" || version.hasPrefix("NWB-2") else {
            throw IngestError(
                .unsupported(feature: "version \(version) of NWB"),
                at: source.location(field: "nwb_version"), hint: "version 2 is read")
        }
    }

    /// The text of a dataset, if there is one.
    static func text(_ path: String, in source: HDF5Source) -> String? {
        let text = try? source.attempt { (file) throws(HDF5Error) -> String? in
            guard try file.metadata(of: path)?.kind == .words else { return nil }
            let texts = try file.texts(path)
            return texts.count == 1 ? try texts.read(0..<1).first : nil
        }
        guard let text, !text.isEmpty else { return nil }
        return text
    }
}
