public import EMGArchive
internal import EMGFormats
private import EMGSignal
private import ErrorReports
private import Files
public import Foundation
private import Parallel

/// Writes every recording of an archive in a format of other programs.
///
/// EDF and BDF go into a BIDS-EMG data set with its side files, tables into folders as the
/// laboratory has them. Each file is written whole or not at all. A recording that the format
/// cannot hold is refused in the report, with the reason; the rest goes on.
public struct ArchiveExport: Sendable {
    /// The recordings.
    public var archive: RecordingArchive
    /// Where the files go.
    public var folder: URL
    /// The format.
    public var format: ExportFormat
    /// How many recordings are written at once, at least 1.
    public var threads: Int

    /// Creates an export.
    ///
    /// - Parameters:
    ///   - archive: The recordings.
    ///   - folder: Where the files go.
    ///   - format: The format.
    ///   - threads: How many recordings are written at once, at least 1.
    public init(
        archive: RecordingArchive, folder: URL, format: ExportFormat, threads: Int = 1
    ) {
        self.archive = archive
        self.folder = folder
        self.format = format
        self.threads = threads
    }

    private typealias Destination = (identity: RecordingIdentity, place: Place)

    /// Where a recording goes.
    private enum Place {
        case bids(BIDSPlace)
        case table(ROAMPlace)

        var path: String {
            switch self {
            case .bids(let place): place.path
            case .table(let place): place.path
            }
        }

        /// The names that belong to one person, session or recording only.
        var names: [String] {
            switch self {
            case .bids(let place):
                [place.folders[0], place.folders.prefix(2).joined(separator: "/"), path]
            case .table(let place): [place.path]
            }
        }
    }

    /// Writes everything.
    ///
    /// - Parameter progress: Called as each recording is done, from several threads, in no
    ///   particular order, with the number of recordings in all.
    /// - Returns: One item for each recording, in the archive's order.
    /// - Throws: `ArchiveError` when a folder cannot be used at all.
    public func run(
        progress: @Sendable (ExportItem, _ total: Int) -> Void = { _, _ in }
    ) throws(ArchiveError) -> ExportReport {
        if FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) {
            try ArchiveError.wrapping { () throws(FilesError) in
                _ = try StaleFiles.sweep(in: folder)
            }
        }
        let entries = try archive.recordings()
        let places = self.places(of: entries)
        let stop = MachineStop()
        let items = try concurrentMap(count: entries.count, threads: threads) {
            (index) throws(ArchiveError) in
            let item = try stop.unlessStopped { () throws(MachineFault) in
                try export(entries[index], to: places[index])
            }
            progress(item, entries.count)
            return item
        }
        try writeDataSet(places, items: items)
        return ExportReport(items: items)
    }

    /// The place of each recording; none for two that would share one, as nobody can tell which
    /// is right.
    private func places(
        of entries: [RecordingArchive.Entry]
    ) -> [Result<Destination, ExportError>] {
        var found: [Result<Destination, ExportError>] = []
        var owners: [String: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            do throws(ExportError) {
                let identity = try identity(of: entry)
                let place: Place =
                    format == .csv
                    ? .table(ROAMPlace(identity)) : .bids(try BIDSPlace(identity))
                // Some disks do not distinguish capitals from small letters.
                for name in place.names {
                    owners[name.lowercased(), default: []].append(index)
                }
                found.append(.success((identity, place)))
            } catch {
                found.append(.failure(error))
            }
        }
        for (name, rivals) in owners where isTaken(name, by: rivals, of: found) {
            for index in rivals {
                guard case .success(let (identity, place)) = found[index] else { continue }
                let other = rivals.first { $0 != index } ?? index
                found[index] = .failure(
                    ExportError(
                        .nameCollision(path: place.path, other: entries[other].id),
                        of: identity.id,
                        hint: "rename one of them: their names differ only in what is left out"))
            }
        }
        return found
    }

    /// Whether a name stands for more than one file, session or person.
    private func isTaken(
        _ name: String, by rivals: [Int], of found: [Result<Destination, ExportError>]
    ) -> Bool {
        let level = name.split(separator: "/").count
        let owners = rivals.compactMap { index -> [String]? in
            guard case .success(let (identity, _)) = found[index] else { return nil }
            switch (format, level) {
            case (.csv, _): return [identity.id, identity.run]
            case (_, 1): return [identity.patient]
            case (_, 2): return [identity.patient, identity.session]
            default: return [identity.patient, identity.session, identity.condition, identity.run]
            }
        }
        return Set(owners).count > 1
    }

    private func identity(
        of entry: RecordingArchive.Entry
    ) throws(ExportError) -> RecordingIdentity {
        do {
            return try archive.readHeader(entry).identity
        } catch {
            throw ExportError(.storage(error), of: entry.id)
        }
    }

    private func export(
        _ entry: RecordingArchive.Entry,
        to place: Result<Destination, ExportError>
    ) throws(MachineFault) -> ExportItem {
        do throws(ExportError) {
            let place = try place.get().place
            let rows: RecordingRowsFile
            do throws(ArchiveError) {
                rows = try archive.rows(of: entry, threads: 1)
            } catch {
                throw ExportError(.storage(error), of: entry.id)
            }
            let written = try write(rows, to: place)
            return ExportItem(
                recording: entry.id, outcome: .written(files: written.files),
                notes: written.notes)
        } catch {
            if let fault = error.machineFault { throw fault }
            return ExportItem(
                recording: entry.id, outcome: .refused(ErrorReport(error)))
        }
    }

    private func write(
        _ rows: RecordingRowsFile, to place: Place
    ) throws(ExportError) -> (files: [URL], notes: [String]) {
        switch place {
        case .table(let place):
            let url = folder.appending(path: place.path, directoryHint: .notDirectory)
            let notes = try ROAMWriter().write(rows.header, rows: rows, to: url)
            return ([url], place.notes + notes)
        case .bids(let place):
            let writer = EDFWriter(format == .edf ? .edf : .bdf)
            return try BIDSWriter(folder: folder, writer: writer)
                .write(rows.header, rows: rows, at: place)
        }
    }

    /// The files at the top of a data set, when there is one.
    private func writeDataSet(
        _ places: [Result<Destination, ExportError>], items: [ExportItem]
    ) throws(ArchiveError) {
        var patients: [String: String] = [:]
        for (place, item) in zip(places, items) {
            guard case .written = item.outcome,
                case .success(let (identity, .bids(bids))) = place
            else { continue }
            patients[bids.subject] = identity.patient
        }
        guard !patients.isEmpty else { return }
        try BIDSDataSet.write(to: folder, patients: patients)
    }
}
