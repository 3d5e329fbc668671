private import EMGArchive
package import EMGExport
private import EMGSignal
package import Foundation
private import Synchronization

/// Writes recordings of any kind in a format of other programs: an archive as it is, files of
/// laboratories by way of an archive that is gone afterwards.
package struct SourceExport: Sendable {
    /// How files are read, and which; its target is not looked at.
    package var conversion: ArchiveConversion
    /// Where the files go.
    package var folder: URL
    /// The format.
    package var format: ExportFormat

    /// Creates an export.
    ///
    /// - Parameters:
    ///   - conversion: How files are read, and which; its target is not looked at.
    ///   - folder: Where the files go.
    ///   - format: The format.
    package init(_ conversion: ArchiveConversion, to folder: URL, format: ExportFormat) {
        self.conversion = conversion
        self.folder = folder
        self.format = format
    }

    /// Writes everything.
    ///
    /// - Parameter progress: Called as the work goes on.
    /// - Returns: One item for each recording, and one for each source that was refused.
    /// - Throws: `ArchiveError` when a folder cannot be used at all.
    package func run(
        progress: @escaping @Sendable (BatchProgress) -> Void = { _ in }
    ) throws -> BatchReport {
        // What cannot be listed as an archive is searched below, which refuses the one folder.
        if conversion.inputs.count == 1,
            let entries = try? RecordingArchive(folder: conversion.inputs[0]).recordings(),
            !entries.isEmpty
        {
            let report = try export(
                RecordingArchive(folder: conversion.inputs[0]), progress: progress)
            return BatchReport(items: report.items.map { item($0, input: $0.recording) })
        }
        // Beside the result, where there is room for it.
        let staging = folder.appending(component: ".myotask-staging-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: staging) }
        var conversion = conversion
        conversion.target = .archive(RecordingArchive(folder: staging))
        let read = try conversion.run(progress: progress)
        guard read.writtenCount > 0 else { return read }
        let report = try export(RecordingArchive(folder: staging), progress: progress)
        let exported = Dictionary(
            report.items.map { ($0.recording, $0) }, uniquingKeysWith: { first, _ in first })
        let items = read.items.flatMap { source -> [BatchItem] in
            guard source.outcome == .written else { return [source] }
            return source.recordings.compactMap { id in
                exported[id].map { item($0, input: source.input, warnings: source.warnings) }
            }
        }
        return BatchReport(items: items, warnings: read.warnings)
    }

    private func export(
        _ archive: RecordingArchive, progress: @escaping @Sendable (BatchProgress) -> Void
    ) throws(ArchiveError) -> ExportReport {
        let state = Mutex(BatchProgress(totalItems: 0, totalBytes: 0))
        return try ArchiveExport(
            archive: archive, folder: folder, format: format, threads: conversion.threads
        ).run { item, total in
            state.withLock { state in
                state.totalItems = total
                state.doneItems += 1
                if case .refused = item.outcome { state.refusedItems += 1 }
                progress(state)
            }
        }
    }

    private func item(
        _ item: ExportItem, input: String, warnings: [String] = []
    ) -> BatchItem {
        switch item.outcome {
        case .written(let files):
            BatchItem(
                input: input,
                recordings: files.prefix(1).map { $0.relativePath(to: folder) },
                outcome: .written,
                warnings: warnings + item.notes.map { "\(item.recording): \($0)" })
        case .refused(let error):
            BatchItem(input: input, outcome: .refused(error), warnings: warnings)
        }
    }
}

extension URL {
    /// The path within a folder; the whole path elsewhere.
    fileprivate func relativePath(to folder: URL) -> String {
        let own = absoluteURL.standardizedFileURL.path(percentEncoded: false)
        var base = folder.absoluteURL.standardizedFileURL.path(percentEncoded: false)
        if !base.hasSuffix("/") { base += "/" }
        return own.hasPrefix(base) ? String(own.dropFirst(base.count)) : own
    }
}
