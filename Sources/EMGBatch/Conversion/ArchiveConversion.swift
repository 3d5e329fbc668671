public import EMGArchive
public import EMGIngest
private import EMGSignal
private import ErrorReports
private import Files
public import Foundation
private import Parallel
package import Sharding
private import Synchronization

/// Converts a laboratory's files into a recording archive.
///
/// ```swift
/// let conversion = ArchiveConversion(
///     inputs: [laboratory], archive: RecordingArchive(folder: archive), registry: .standard)
/// let report = try conversion.run()
/// ```
///
/// Each recording is written whole or not at all, and one that was converted before from the same
/// bytes with the same options is left as it is: a conversion that was stopped, however hard,
/// continues where it stopped and ends in the same bytes. A file that cannot be read is refused in
/// the report; the rest goes on. Memory stays within ``memoryBudget`` and some megabytes a thread,
/// however long the recordings are: what is beyond it waits in a file in the target's folder that
/// no name leads to.
public struct ArchiveConversion: Sendable {
    /// Files and folders.
    public var inputs: [URL]
    /// Where the recordings go.
    public var target: ConversionTarget
    /// How files are read.
    public var options: ReadOptions
    /// The formats that are looked for.
    public var registry: ReaderRegistry
    /// How many files are converted at once, at least 1.
    public var threads: Int
    /// How many bytes of samples are kept in memory by all threads together.
    public var memoryBudget = 64 << 20
    /// Which part of the inputs is converted here, and recorded in the archive; everything when
    /// `nil`. All parts look at all inputs: what two of them claim is refused in each division.
    package var shard: Shard?
    /// How to start processes that look into, and read, files whose parsers are native libraries,
    /// so that a crash costs one file; `nil` to do it in this process.
    public var worker: WorkerCommand?

    /// Creates a conversion into an archive.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; folders are searched to the bottom.
    ///   - archive: Where the recordings go.
    ///   - options: How files are read.
    ///   - registry: The formats that are looked for.
    ///   - threads: How many files are converted at once, at least 1.
    public init(
        inputs: [URL], archive: RecordingArchive, options: ReadOptions = ReadOptions(),
        registry: ReaderRegistry, threads: Int = 1
    ) {
        self.init(
            inputs: inputs, target: .archive(archive), options: options, registry: registry,
            threads: threads)
    }

    /// Creates a conversion into any target.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; folders are searched to the bottom.
    ///   - target: Where the recordings go.
    ///   - options: How files are read.
    ///   - registry: The formats that are looked for.
    ///   - threads: How many files are converted at once, at least 1.
    public init(
        inputs: [URL], target: ConversionTarget, options: ReadOptions = ReadOptions(),
        registry: ReaderRegistry, threads: Int = 1
    ) {
        self.inputs = inputs
        self.target = target
        self.options = options
        self.registry = registry
        self.threads = threads
    }

    /// Converts everything.
    ///
    /// - Parameter progress: Called as the work goes on, from several threads but never from two
    ///   at once.
    /// - Returns: One item for each source, in the order of the search; sources that were refused
    ///   before they were read come first, files that are no recordings last. Of shards the first
    ///   tells of these.
    /// - Throws: `ArchiveError` when the target's folder cannot be used at all, or the machine
    ///   lacks something, such as room on the disk: what is written by then stays, and the next
    ///   conversion goes on.
    public func run(
        progress: @Sendable (BatchProgress) -> Void = { _ in }
    ) throws(ArchiveError) -> BatchReport {
        if FileManager.default.fileExists(atPath: target.folder.path(percentEncoded: false)) {
            try ArchiveError.wrapping { () throws(FilesError) in
                _ = try StaleFiles.sweep(in: target.folder)
            }
        }
        let shardedRun = try ArchiveError.wrapping { () throws(FilesError) in
            try ShardedRun.begin(shard, of: "convert", in: target.folder)
        }
        let workers = worker.map(SourceWorkers.init)
        let search = SourceSearch.search(
            inputs, registry: registry, options: options, threads: threads, examiner: workers)
        for error in search.refused {
            if let fault = error.machineFault { throw ArchiveError(fault) }
        }
        let isFirst = shardedRun?.shard.isFirst ?? true
        let refused =
            isFirst
            ? search.refused.map { error in
                BatchItem(
                    input: error.location.file, outcome: .refused(ErrorReport(error)))
            } : []
        let allSizes = search.sources.map(\.byteCount)
        let own =
            shardedRun.map { run in
                WorkDivision.balanced(allSizes, among: run.shard.count).items(of: run.shard)
            } ?? Array(allSizes.indices)
        let sizes = own.map { allSizes[$0] }
        var begun = BatchProgress(
            totalItems: refused.count + sizes.count, totalBytes: sizes.reduce(0, +))
        begun.doneItems = refused.count
        begun.refusedItems = refused.count
        let state = Mutex(begun)
        progress(begun)
        var conversion = sourceConversion
        // What the files leave idle compresses chunks.
        conversion.threads = max(1, threads / max(1, min(threads, own.count)))
        let settled = conversion
        let stop = MachineStop()
        let converted = try concurrentMap(count: own.count, threads: threads) {
            (index) throws(ArchiveError) in
            let source = search.sources[own[index]]
            var counted = 0
            let item = try stop.unlessStopped { () throws(MachineFault) in
                try convert(source, settled, workers) { fraction in
                    let bytes = Int(fraction.clamped(to: 0...1) * Double(sizes[index]))
                    guard bytes > counted else { return }
                    state.withLock { state in
                        state.doneBytes += bytes - counted
                        progress(state)
                    }
                    counted = bytes
                }
            }
            state.withLock { state in
                state.doneBytes += sizes[index] - counted
                state.doneItems += 1
                if case .refused = item.outcome { state.refusedItems += 1 }
                progress(state)
            }
            return item
        }
        let skipped =
            isFirst
            ? search.skipped.map { warning in
                BatchItem(
                    input: warning.location.file, outcome: .skipped(reason: warning.message))
            } : []
        let warnings = isFirst ? search.warnings.map(\.description) : []
        if let shardedRun, search.refused.count + allSizes.count > 0 {
            let first = search.refused.count
            try record(
                shardedRun, search, sizes: allSizes,
                Array(zip(0..., refused)) + zip(own.map { first + $0 }, converted), skipped,
                warnings)
        }
        return BatchReport(
            items: refused + converted + skipped, warnings: warnings,
            part: shardedRun.map {
                BatchReport.Part(
                    shard: $0.shard.index, shards: $0.shard.count,
                    inputs: search.refused.count + allSizes.count)
            })
    }

    /// Records what a shard did in the archive.
    private func record(
        _ run: ShardedRun, _ search: SourceSearch, sizes: [Int],
        _ items: [(number: Int, item: BatchItem)], _ skipped: [BatchItem], _ warnings: [String]
    ) throws(ArchiveError) {
        let list = WorkList(
            search.refused.map { WorkList.Item(input: $0.location.file, bytes: 0) }
                + zip(search.sources, sizes).map {
                    WorkList.Item(input: $0.url.relativePath, bytes: $1)
                }, roots: inputs.map(\.relativePath))
        try ArchiveError.wrapping { () throws(FilesError) in
            try run.record(
                in: target.folder, list, items, skipped: skipped, warnings: warnings,
                ShardedRun.Circumstances(
                    inputs: inputs.map(\.wholePath), settings: options.fingerprint,
                    software: SoftwareVersion.text, threads: threads))
        }
    }

    /// The conversion of one source.
    var sourceConversion: SourceConversion {
        SourceConversion(
            target: target, options: options, registry: registry,
            memoryBudget: memoryBudget / max(1, threads), threads: 1)
    }

    private func convert(
        _ source: RecordingSource, _ conversion: SourceConversion, _ workers: SourceWorkers?,
        progress: (Double) -> Void
    ) throws(MachineFault) -> BatchItem {
        do {
            if try target.isUpToDate(source, options: options) {
                return BatchItem(
                    input: source.url.relativePath, recordings: [source.identity.id],
                    outcome: .upToDate)
            }
        } catch {
            if let fault = MachineFault.behind(error) { throw fault }
            return BatchItem(
                input: source.url.relativePath, outcome: .refused(ErrorReport(error)))
        }
        let reader = registry.reader(named: source.format, options: options)
        if let workers, let reader, reader.needsOwnProcess {
            return try workers.convert(
                source, into: target.folder.path(percentEncoded: false), progress: progress)
        }
        return try conversion.convert(source, progress: progress)
    }
}

extension RecordingSource {
    /// The bytes of its files, as far as they can be reported.
    fileprivate var byteCount: Int {
        files.reduce(0) { sum, file in
            let path = file.resolvingSymlinksInPath().path(percentEncoded: false)
            let values = try? FileManager.default.attributesOfItem(atPath: path)
            return sum + ((values?[.size] as? NSNumber)?.intValue ?? 0)
        }
    }
}

extension URL {
    /// The path from the top, for records.
    var wholePath: String { Folder.path(of: absoluteURL.standardizedFileURL) }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
