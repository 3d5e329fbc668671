import EMGArchive
import EMGSignal
import Foundation
import MachineFaults
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

    /// - Throws: `ArchiveError` when the archive cannot be listed, ``TaskError`` when it has no
    ///   usable recording.
    init(
        _ archive: RecordingArchive, _ selection: WindowSelection, subject: URL, threads: Int
    ) throws {
        let entries = try archive.recordings()
        let outlines = concurrentMap(count: entries.count, threads: threads) { index in
            Result { () throws(ArchiveError) in try archive.readOutline(entries[index]) }
        }
        var refused: [BuildReport.Refusal] = []
        var found: [(entry: RecordingArchive.Entry, outline: MappedOutline)] = []
        for (entry, outcome) in zip(entries, outlines) {
            switch outcome {
            case .success(let outline):
                do throws(TaskError) {
                    let mapped = try MappedOutline(
                        outline, classes: selection.classes, channels: ChannelMap())
                    found.append((entry, mapped))
                } catch {
                    refused.append(
                        BuildReport.Refusal(subject: entry.id, reason: error.description))
                }
            case .failure(let error):
                if error.machineFault != nil { throw error }
                refused.append(BuildReport.Refusal(subject: entry.id, reason: error.description))
            }
        }
        guard let consensus = Consensus(of: found.map(\.outline)) else {
            throw TaskError(
                .nothingToBuild, subject: subject.lastPathComponent,
                hint: refused.first?.reason
                    ?? "\(archive.folder.path(percentEncoded: false)) holds no recording")
        }
        if selection.content != .starts {
            // Rows of a table have one length: recordings that differ cannot be among them.
            found = found.filter { entry, outline in
                do throws(TaskError) {
                    try consensus.checkShape(outline.header)
                    return true
                } catch {
                    refused.append(
                        BuildReport.Refusal(subject: entry.id, reason: error.description))
                    return false
                }
            }
        }
        var classes = consensus.classNames
        for name in found.flatMap({ $0.outline.header.classNames ?? [] })
        where !classes.contains(name) {
            classes.append(name)
        }
        let names = classes
        let chosen = found
        let layout = selection.layout(at: consensus.samplingRate)
        recordings = concurrentMap(count: chosen.count, threads: threads) { index in
            let (entry, outline) = chosen[index]
            let own =
                selection.content == .starts
                ? selection.layout(at: outline.header.samplingRate) : layout
            let segments = outline.header.quality.segments(
                sampleCount: outline.header.sampleCount)
            // Labels behind the classes are of samples that nobody labeled.
            let count = outline.header.classNames?.count ?? 256
            let nobodys = (outline.labels?.runs ?? []).filter { Int($0.label) >= count }
                .map(\.range)
            let usable = segments.subtracting(nobodys)
            return Member(
                entry: entry, header: outline.header, layout: own, segments: usable,
                windows: own.windows(in: usable, labels: outline.labels?.values ?? []),
                labels: outline.header.classNames?.map { name in
                    Int16(names.firstIndex(of: name) ?? -1)
                } ?? [], unlabeled: own.share(of: nobodys, in: segments))
        }
        guard recordings.contains(where: { $0.windows.count > 0 }) else {
            let longest = recordings.flatMap(\.segments).map(\.count).max() ?? 0
            throw TaskError(
                .noWindowAnywhere(windowLength: layout.length, longest: longest),
                subject: subject.lastPathComponent,
                hint: recordings.contains { $0.unlabeled.samples > 0 }
                    ? "shorten the window; samples that nobody labeled are in none unless "
                        + "--unlabeled gives them the name of a class"
                    : "shorten the window")
        }
        self.classes = classes
        self.refused = refused
        self.layout = layout
        channels = consensus.channels
        samplingRate = consensus.samplingRate
    }
}
