private import Documents
public import EMGArchive
public import EMGFilters
private import EMGSignal
private import ErrorReports
private import Files
private import Foundation
private import HDF5
package import Sharding

/// Runs a conditioning pipeline over every recording of an archive, into another archive.
///
/// Each recording is written whole or not at all. A recording that the pipeline does not fit is
/// refused in the report, with the reason; the rest goes on.
public struct ArchiveConditioning: Sendable {
    /// The recordings.
    public var archive: RecordingArchive
    /// Where the conditioned recordings go; never ``archive`` itself.
    public var output: RecordingArchive
    /// What is done to each recording.
    public var pipeline: ConditioningPipeline
    /// How many threads work, at least 1.
    public var threads: Int
    /// Which part of the recordings is conditioned here, and recorded in the output; everything
    /// when `nil`. All parts may take amplitudes from all recordings.
    package var shard: Shard?

    /// Creates a conditioning.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - output: Where the conditioned recordings go; another folder.
    ///   - pipeline: What is done to each recording.
    ///   - threads: How many threads work, at least 1.
    public init(
        archive: RecordingArchive, output: RecordingArchive, pipeline: ConditioningPipeline,
        threads: Int = 1
    ) {
        self.archive = archive
        self.output = output
        self.pipeline = pipeline
        self.threads = threads
    }

    /// Conditions everything.
    ///
    /// - Parameter progress: Called as each recording is done.
    /// - Returns: One item for each recording, in the archive's order.
    /// - Throws: `ArchiveError` when an archive's folder cannot be used at all, or both are one.
    public func run(
        progress: (BatchProgress) -> Void = { _ in }
    ) throws(ArchiveError) -> BatchReport {
        try run(progress: progress, finding: { _ in })
    }

    /// Conditions everything and says what is found of mains hum.
    ///
    /// Recordings are taken one after another, with the threads working on the channels of one:
    /// memory holds one recording, however many there are.
    ///
    /// Stages that take amplitudes from a named recording are fitted on it first, once; see
    /// ``ConditioningDesigner``.
    ///
    /// - Parameters:
    ///   - progress: Called as each recording is done.
    ///   - finding: Called with what is found of mains hum in each recording, before any of it is
    ///     removed.
    /// - Returns: One item for each recording, in the archive's order.
    /// - Throws: `ArchiveError` when an archive's folder cannot be used at all, or both are one.
    package func run(
        progress: (BatchProgress) -> Void = { _ in },
        finding: (ConditioningHum) -> Void
    ) throws(ArchiveError) -> BatchReport {
        let folders = [archive, output].map {
            $0.folder.resolvingSymlinksInPath().standardizedFileURL.path(percentEncoded: false)
        }
        guard folders[0] != folders[1] else {
            throw ArchiveError(
                .invalid(expected: "another folder for the output", found: folders[1]),
                at: Place(file: folders[1]),
                hint: "the archive is never overwritten: choose a new folder")
        }
        if FileManager.default.fileExists(atPath: folders[1]) {
            try ArchiveError.wrapping { () throws(FilesError) in
                _ = try StaleFiles.sweep(in: output.folder)
            }
        }
        let shardedRun = try ArchiveError.wrapping { () throws(FilesError) in
            try ShardedRun.begin(shard, of: "filter", in: output.folder)
        }
        var designer = try ConditioningDesigner(
            archive: archive, pipeline: pipeline, threads: threads)
        let sizes = shardedRun == nil ? [] : designer.entries.map(\.byteCount)
        let own =
            shardedRun.map { run in
                WorkDivision.balanced(sizes, among: run.shard.count).items(of: run.shard)
            } ?? Array(designer.entries.indices)
        let entries = own.map { designer.entries[$0] }
        var items: [BatchItem] = []
        var state = BatchProgress(totalItems: entries.count, totalBytes: 0)
        let list = WorkList(
            zip(designer.entries, sizes).map { WorkList.Item(input: $0.id, bytes: $1) })
        var journal = try ArchiveError.wrapping { () throws(FilesError) -> ShardJournal? in
            try self.journal(of: shardedRun)
        }
        for entry in entries {
            let (input, place) = (FileStamp(entry.url), output.place(of: entry))
            let item: BatchItem
            if journal?.has(entry.id, of: input, at: place) == true {
                item = BatchItem(input: entry.id, recordings: [entry.id], outcome: .upToDate)
            } else {
                item = try condition(entry, with: &designer, finding: finding)
                if item.outcome == .written, journal != nil {
                    try ArchiveError.wrapping { () throws(FilesError) in
                        try journal?.add(entry.id, of: input, at: place)
                    }
                }
            }
            items.append(item)
            state.doneItems += 1
            if case .refused = item.outcome { state.refusedItems += 1 }
            progress(state)
        }
        guard let shardedRun else { return BatchReport(items: items) }
        try record(shardedRun, list, Array(zip(own, items)))
        return BatchReport(
            items: items,
            part: BatchReport.Part(
                shard: shardedRun.shard.index, shards: shardedRun.shard.count,
                inputs: sizes.count))
    }

    /// Records what a shard did in the output.
    private func record(
        _ run: ShardedRun, _ list: WorkList, _ items: [(number: Int, item: BatchItem)]
    ) throws(ArchiveError) {
        try ArchiveError.wrapping { () throws(FilesError) in
            try run.record(
                in: output.folder, list, items,
                ShardedRun.Circumstances(
                    inputs: [archive.folder.wholePath],
                    settings: settings,
                    software: SoftwareVersion.text, threads: threads))
        }
    }

    /// What a shard has made so far; `nil` when nobody goes on with it. Amplitudes of other recordings
    /// may have changed with these: what is fitted to them is made again.
    private func journal(of run: ShardedRun?) throws(FilesError) -> ShardJournal? {
        guard let run, pipeline.referenceRecordings.isEmpty else { return nil }
        return try ShardJournal(
            in: ShardFolder(of: output.folder).journals, run.shard,
            settings: "\(SoftwareVersion.text) \(settings)")
    }

    /// What results depend on beside their recordings.
    private var settings: String {
        DocumentValue.object(ConditioningPipeline.fields.members(of: pipeline)).json(.canonical)
    }

    /// Conditions one recording, with the filters of the one before when they are the same.
    private func condition(
        _ entry: RecordingArchive.Entry, with designer: inout ConditioningDesigner,
        finding: (ConditioningHum) -> Void
    ) throws(ArchiveError) -> BatchItem {
        do {
            let recording = try designer.read(entry)
            let design = try designer.design(for: recording)
            let hum = designer.hum(in: recording)
            finding(hum)
            var conditioned = try design.apply(to: recording, threads: threads)
            if hum.isPresent, !hum.isLeft {
                conditioned.quality.removeAll { $0.kind == .mainsHum }
            }
            try output.write(conditioned)
            return BatchItem(
                input: entry.id, recordings: [entry.id], outcome: .written,
                warnings: design.chain.warnings.map { FaultGroup.named("\($0)", entry.id) })
        } catch {
            if let fault = MachineFault.behind(error) { throw ArchiveError(fault) }
            return BatchItem(
                input: entry.id,
                outcome: .refused(
                    ErrorReport(error, text: FaultGroup.named("\(error)", entry.id))))
        }
    }
}

extension RecordingArchive {
    /// Where the recording of another archive is or would be.
    fileprivate func place(of entry: Entry) -> URL {
        folder.appending(
            path: "\(entry.id).\(Self.fileExtension)", directoryHint: .notDirectory)
    }
}

extension RecordingArchive.Entry {
    /// The bytes of its file, as far as they can be told.
    fileprivate var byteCount: Int {
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        let values = try? FileManager.default.attributesOfItem(atPath: path)
        return (values?[.size] as? NSNumber)?.intValue ?? 0
    }
}
