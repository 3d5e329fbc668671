import EMGArchive
import EMGSignal
import ErrorReports
import Foundation
import Parallel

/// Where the windows of an archive lie, before any signal is read.
struct WindowSurvey: Sendable {
    /// A recording with its windows.
    struct Member: Sendable {
        let entry: RecordingArchive.Entry
        let header: RecordingHeader
        let layout: WindowLayout
        let segments: [SampleRange]
        let windows: LabeledWindows
        /// The windows that are not there because of the recording's quality.
        let leftOut: LeftOutWindows
        /// Windows that contain what the policy tells of, by kind.
        let warned: [QualityInterval.Kind: Int]
        /// Channels whose samples are 0 in windows, as they are bad throughout.
        let silenced: [Int]
        /// The table's label for each label of the recording.
        let labels: [Int16]
        /// What is in no window because nobody labeled it.
        let unlabeled: UnlabeledShare
    }

    let recordings: [Member]
    let classes: [String]
    let channels: [Channel]
    let samplingRate: SamplingRate
    let layout: WindowLayout
    let refused: [BuildReport.Refusal]

    var windowCount: Int { recordings.reduce(0) { $0 + $1.windows.count } }

    /// Finds the windows of an archive.
    ///
    /// - Parameters:
    ///   - archive: The recordings; everything but their samples is read.
    ///   - selection: Which windows are wanted.
    ///   - subject: The table, for messages.
    ///   - threads: How many recordings are looked at at once.
    /// - Returns: Where the windows lie.
    /// - Throws: `ArchiveError` when the archive cannot be listed, ``TaskError`` when it has no
    ///   usable recording.
    static func survey(
        _ archive: RecordingArchive, _ selection: WindowSelection, subject: URL, threads: Int
    ) throws -> WindowSurvey {
        var refused: [BuildReport.Refusal] = []
        var found = try metadata(of: archive, selection, threads: threads, refused: &refused)
        guard let consensus = Consensus(of: found.map(\.metadata)) else {
            throw TaskError(
                .nothingToBuild, subject: subject.lastPathComponent,
                hint: refused.first?.reason
                    ?? "\(archive.folder.path(percentEncoded: false)) holds no recording")
        }
        if selection.content != .starts {
            // Rows of a table have one length: recordings that differ cannot be among them.
            found = found.filter { entry, metadata in
                do throws(TaskError) {
                    try consensus.checkShape(metadata.header, for: .table)
                    return true
                } catch {
                    refused.append(
                        BuildReport.Refusal(subject: entry.id, error: error))
                    return false
                }
            }
        }
        var classes = consensus.classNames
        for name in found.flatMap({ $0.metadata.header.classNames ?? [] })
        where !classes.contains(name) {
            classes.append(name)
        }
        let layout = selection.layout(at: consensus.samplingRate)
        let recordings = members(
            found, selection, layout: layout, classes: classes, threads: threads,
            refused: &refused)
        guard recordings.contains(where: { $0.windows.count > 0 }) else {
            throw noWindow(recordings, layout, refused, subject: subject.lastPathComponent)
        }
        return WindowSurvey(
            recordings: recordings, classes: classes, channels: consensus.channels,
            samplingRate: consensus.samplingRate, layout: layout, refused: refused)
    }

    private typealias Candidate = (entry: RecordingArchive.Entry, metadata: MappedMetadata)

    /// The recordings that the selection's classes and quality leave, without their samples.
    private static func metadata(
        of archive: RecordingArchive, _ selection: WindowSelection, threads: Int,
        refused: inout [BuildReport.Refusal]
    ) throws -> [Candidate] {
        let entries = try archive.recordings()
        let metadata = concurrentMap(count: entries.count, threads: threads) { index in
            Result { () throws(ArchiveError) in try archive.readMetadata(entries[index]) }
        }
        var found: [Candidate] = []
        for (entry, outcome) in zip(entries, metadata) {
            switch outcome {
            case .success(let metadata):
                do throws(TaskError) {
                    let mapped = try MappedMetadata(
                        metadata, classes: selection.classes, channels: ChannelMap(),
                        quality: selection.quality)
                    found.append((entry, mapped))
                } catch {
                    refused.append(
                        BuildReport.Refusal(subject: entry.id, error: error))
                }
            case .failure(let error):
                if error.machineFault != nil { throw error }
                refused.append(BuildReport.Refusal(subject: entry.id, error: error))
            }
        }
        return found
    }

    private static func members(
        _ candidates: [Candidate], _ selection: WindowSelection, layout: WindowLayout,
        classes: [String], threads: Int, refused: inout [BuildReport.Refusal]
    ) -> [Member] {
        let members = concurrentMap(count: candidates.count, threads: threads) { index in
            let (entry, metadata) = candidates[index]
            let own =
                selection.content == .starts
                ? selection.layout(at: metadata.header.samplingRate) : layout
            return Result { () throws(TaskError) in
                try Member(
                    entry, metadata, layout: own,
                    labels: metadata.header.classNames?.map { name in
                        Int16(classes.firstIndex(of: name) ?? -1)
                    } ?? [])
            }
        }
        var recordings: [Member] = []
        for (candidate, member) in zip(candidates, members) {
            switch member {
            case .success(let member): recordings.append(member)
            case .failure(let error):
                refused.append(
                    BuildReport.Refusal(subject: candidate.entry.id, error: error))
            }
        }
        return recordings
    }

    private static func noWindow(
        _ recordings: [Member], _ layout: WindowLayout, _ refused: [BuildReport.Refusal],
        subject: String
    ) -> TaskError {
        let longest = recordings.flatMap(\.segments).map(\.count).max() ?? 0
        return TaskError(
            .noWindowAnywhere(windowLength: layout.length, longest: longest), subject: subject,
            hint: recordings.isEmpty
                ? "the first was refused because:\n\(refused.first?.reason ?? "")"
                : recordings.contains { $0.unlabeled.samples > 0 }
                    ? "shorten the window; samples that nobody labeled are in none unless "
                        + "--unlabeled gives them the name of a class"
                    : "shorten the window")
    }
}

extension WindowSurvey.Member {
    /// Cuts a recording into windows.
    ///
    /// - Throws: ``TaskError`` when quality leaves none.
    fileprivate init(
        _ entry: RecordingArchive.Entry, _ metadata: MappedMetadata, layout: WindowLayout,
        labels: [Int16]
    ) throws(TaskError) {
        let header = metadata.header
        let usable = metadata.usable(windowLength: layout.length)
        if !usable.badChannels.isEmpty {
            throw TaskError(
                usable.badChannels, of: header, policy: metadata.policy, for: .table)
        }
        // Labels behind the classes are of samples that nobody labeled.
        let count = header.classNames?.count ?? 256
        let nobodys = (metadata.labels?.runs ?? []).filter { Int($0.label) >= count }.map(\.range)
        let values = metadata.labels?.values ?? []
        let whole = [SampleRange(start: 0, end: header.sampleCount)].subtracting(nobodys)
        segments = usable.segments.subtracting(nobodys)
        windows = layout.windows(in: segments, labels: values)
        leftOut =
            usable.excluded.isEmpty
            ? LeftOutWindows()
            : LeftOutWindows(
                layout.windows(in: whole, labels: values), length: layout.length,
                because: usable.excluded)
        if windows.count == 0, leftOut.total > 0 {
            throw TaskError(
                leftOut, of: "recording", subject: header.identity.id, policy: metadata.policy,
                for: .table)
        }
        unlabeled = layout.share(of: nobodys, in: usable.segments)
        warned = usable.warned.windowCounts(windows.starts, length: layout.length)
        silenced = usable.silenced
        self.entry = entry
        self.header = header
        self.layout = layout
        self.labels = labels
    }
}
