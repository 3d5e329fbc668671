private import EMGArchive
internal import EMGSignal
private import ErrorReports
package import Foundation
internal import HDF5

/// Reads recordings of this package's own archives, so that they can be looked at and converted
/// like any other; `schemas/recording-archive.md` describes them.
package struct RecordingFileReader: RecordingReader {
    /// `myotask`.
    package let formatName = "myotask"

    /// What it reads.
    package let summary = "recordings of this program's own archives"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5 that says so in its root attribute `format`.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        HDF5Source.matches(url, prefix) { (file) throws(HDF5Error) in
            try file.attribute("format", of: "/") == .texts(["myotask.recording"])
        }
    }

    /// The identity that the file keeps.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let header: RecordingHeader
        do throws(ArchiveError) {
            header = try RecordingFile.readHeader(url)
        } catch {
            throw IngestError(error, url)
        }
        let identity = header.identity
        return try HDF5Identity.make(
            IdentityOverride(
                patient: identity.patient, session: identity.session,
                condition: identity.condition, run: identity.run),
            override: options.identity, of: url)
    }

    /// Opens a recording, the digest of its contents checked first.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        [try RecordingFileStream(url)]
    }
}

/// The rows of a recording's file.
private final class RecordingFileStream: RecordingStream {
    let metadata: StreamMetadata
    private let file: RecordingRowsFile
    private let url: URL
    private var position = 0
    private var part = RowBlock()

    init(_ url: URL) throws(IngestError) {
        self.url = url
        do throws(ArchiveError) {
            file = try RecordingRowsFile(url)
            try file.verify()
        } catch {
            throw IngestError(error, url)
        }
        let header = file.header
        var metadata = StreamMetadata(
            channels: header.channels,
            rate: .declared(header.samplingRate, by: "the recording"),
            labels: header.classNames.map { .classes($0) } ?? .none,
            hasTimeStamps: header.hasTimeStamps, sampleCount: header.sampleCount,
            details: [
                "source_name": .text(header.source.name),
                "source_sha256": .text(header.source.sha256),
                "source_software": .text(header.software),
            ])
        if header.scaling != .identity(channelCount: header.channels.count) {
            metadata.scaling = header.scaling
        }
        metadata.history = header.history
        metadata.targets = header.targets
        self.metadata = metadata
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let header = file.header
        guard header.sampleCount > 0 else {
            throw IngestError(
                .noSamples(found: "a recording of no rows"),
                at: SourceLocation(file: url.relativePath, object: "/emg"))
        }
        guard position < header.sampleCount else { return false }
        let end = min(header.sampleCount, position + atMost)
        do throws(ArchiveError) {
            try file.read(SampleRange(start: position, end: end), into: &part)
        } catch {
            throw IngestError(error, url)
        }
        block.samples += part.samples
        block.labels += part.labels
        block.timeStamps += part.timeStamps
        block.targets += part.targets
        position = end
        return true
    }

    func finish() throws(IngestError) -> StreamNotes {
        StreamNotes(quality: file.header.quality)
    }
}

extension IngestError {
    fileprivate init(_ error: ArchiveError, _ url: URL) {
        if let fault = error.machineFault {
            self.init(fault)
            return
        }
        let file = url.relativePath
        if case .storage(let kind) = error.kind {
            self.init(HDF5Error(kind, at: error.location, hint: error.hint), file: file)
            return
        }
        let object = error.location.object
        // The first line, without the place.
        let line = error.description.prefix { $0 != "\n" }
        let fault = line.dropFirst("\(error.location): ".count)
        let kind: Kind
        switch error.kind {
        case .wrongFormat(let expected, let found):
            kind = .wrongFormat(expected: expected, found: found ?? "another file")
        case .unsupportedVersion(_, let found):
            kind = .unsupported(feature: "version \(found) of the recording format")
        default: kind = .malformed(expected: "a whole recording", found: "one that \(fault)")
        }
        self.init(
            kind, at: SourceLocation(file: file, object: object.isEmpty ? nil : object),
            hint: error.hint)
    }
}
