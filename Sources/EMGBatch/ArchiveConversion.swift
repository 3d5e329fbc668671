public import EMGArchive
public import EMGIngest
private import EMGSignal
public import Foundation
private import Parallel

/// Converts a laboratory's files into a recording archive.
///
/// ```swift
/// let conversion = ArchiveConversion(
///     inputs: [laboratory], archive: RecordingArchive(folder: archive))
/// let report = try conversion.run()
/// ```
///
/// Each recording is written whole or not at all, and one that was converted before from the same
/// bytes with the same options is left as it is: a conversion that was stopped, however hard,
/// continues where it stopped and ends in the same bytes. A file that cannot be read is refused in
/// the report; the rest goes on.
public struct ArchiveConversion: Sendable {
    /// Files and folders.
    public var inputs: [URL]
    /// Where the recordings go.
    public var archive: RecordingArchive
    /// How files are read.
    public var options: ReadOptions
    /// The formats that are looked for.
    public var registry: ReaderRegistry
    /// How many files are converted at once, at least 1.
    public var threads: Int

    /// Creates a conversion.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; folders are searched to the bottom.
    ///   - archive: Where the recordings go.
    ///   - options: How files are read.
    ///   - registry: The formats that are looked for.
    ///   - threads: How many files are converted at once, at least 1.
    public init(
        inputs: [URL], archive: RecordingArchive, options: ReadOptions = ReadOptions(),
        registry: ReaderRegistry = .standard, threads: Int = 1
    ) {
        self.inputs = inputs
        self.archive = archive
        self.options = options
        self.registry = registry
        self.threads = threads
    }

    /// Converts everything.
    ///
    /// - Parameter progress: Called as each file is done, from several threads, in no particular
    ///   order, with the number of files in all.
    /// - Returns: One item for each file, in the order of the search; files that were refused
    ///   before they were read come first.
    /// - Throws: `ArchiveError` when the archive's folder cannot be used at all.
    public func run(
        progress: @Sendable (BatchItem, _ total: Int) -> Void = { _, _ in }
    ) throws(ArchiveError) -> BatchReport {
        if FileManager.default.fileExists(atPath: archive.folder.path(percentEncoded: false)) {
            try AtomicFile.sweepStale(in: archive.folder)
        }
        let search = SourceSearch(
            inputs, registry: registry, options: options, threads: threads)
        let refused = search.refused.map { error in
            BatchItem(
                input: error.location.file, recording: nil,
                outcome: .refused(reason: error.description))
        }
        let total = refused.count + search.sources.count
        for item in refused { progress(item, total) }
        let converted = concurrentMap(count: search.sources.count, threads: threads) { index in
            let item = convert(search.sources[index])
            progress(item, total)
            return item
        }
        return BatchReport(
            items: refused + converted, warnings: search.warnings.map(\.description))
    }

    private func convert(_ source: RecordingSource) -> BatchItem {
        let input = source.url.relativePath
        let id = source.identity.id
        do {
            if try isUpToDate(source) {
                return BatchItem(input: input, recording: id, outcome: .upToDate)
            }
            let outcome = try registry.read(source.url, options: options)
            try archive.write(outcome.recording, scaling: outcome.scaling)
            return BatchItem(
                input: input, recording: id, outcome: .written,
                warnings: outcome.warnings.map(\.description))
        } catch {
            return BatchItem(
                input: input, recording: nil, outcome: .refused(reason: "\(error)"))
        }
    }

    private func isUpToDate(_ source: RecordingSource) throws -> Bool {
        let url = archive.url(for: source.identity)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return false
        }
        let present: RecordingHeader
        do {
            present = try RecordingFile.readHeader(url)
        } catch {
            // What cannot be read is worth nothing: it is written again.
            return false
        }
        guard present.identity == source.identity, present.software == SoftwareVersion.text,
            present.source.name == source.url.lastPathComponent, present.history.count == 1,
            let step = present.history.first, options.arePartOf(step)
        else { return false }
        return try source.sha256() == present.source.sha256
    }
}
