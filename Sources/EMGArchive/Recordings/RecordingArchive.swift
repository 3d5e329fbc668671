public import EMGSignal
private import Files
public import Foundation
import HDF5

/// A folder of recordings, `<patient>/<session>/<condition>[-<run>].h5`.
///
/// One file a recording: conversions run in parallel, and a damaged file costs one recording.
public struct RecordingArchive: Sendable, Hashable {
    /// Where the folder lies.
    public let folder: URL

    /// Names an archive; the folder need not be there yet.
    public init(folder: URL) {
        self.folder = folder
    }

    /// A recording in the archive, by its place. Nothing of the file has been read.
    public struct Entry: Sendable, Hashable, Identifiable {
        /// `patient/session/condition[-run]`, as the place says.
        public let id: String
        /// Where the file lies.
        public let url: URL

        /// The name that the place says, the run as part of the condition; `nil` when the place has no
        /// name that a recording may have.
        package var placedIdentity: RecordingIdentity? {
            let parts = id.split(separator: "/").map(String.init)
            guard parts.count == 3 else { return nil }
            return try? RecordingIdentity(
                patient: parts[0], session: parts[1], condition: parts[2])
        }
    }

    /// The recordings, in the order of patients, sessions and conditions, p2 before p10.
    ///
    /// Hidden files, other files and other depths are no recordings and left out.
    ///
    /// - Returns: The recordings.
    /// - Throws: ``ArchiveError`` when a folder cannot be read.
    public func recordings() throws(ArchiveError) -> [Entry] {
        var entries: [(path: [String], entry: Entry)] = []
        for patient in try Self.contents(of: folder, folders: true) {
            for session in try Self.contents(of: patient, folders: true) {
                for file in try Self.contents(of: session, folders: false)
                where file.pathExtension == Self.fileExtension {
                    let path = [
                        patient.lastPathComponent, session.lastPathComponent,
                        file.deletingPathExtension().lastPathComponent,
                    ]
                    entries.append((path, Entry(id: path.joined(separator: "/"), url: file)))
                }
            }
        }
        return entries.sorted { Self.precedes($0.path, $1.path) }.map(\.entry)
    }

    /// Where a recording is or would be.
    ///
    /// - Parameter identity: The recording.
    /// - Returns: The file's place.
    public func url(for identity: RecordingIdentity) -> URL {
        let name =
            identity.run.isEmpty
            ? identity.condition : "\(identity.condition)-\(identity.run)"
        return
            folder
            .appending(component: identity.patient, directoryHint: .isDirectory)
            .appending(component: identity.session, directoryHint: .isDirectory)
            .appending(component: "\(name).\(Self.fileExtension)", directoryHint: .notDirectory)
    }

    /// Writes a recording to its place, atomically.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - scaling: The way back to the numbers of the source; scale 1 and offset 0 when `nil`.
    /// - Returns: The file.
    /// - Throws: ``ArchiveError`` when it cannot be written, or when the place is taken: by a
    ///   recording that only shares the path (condition `a-b`, and run `b` of condition `a`), by
    ///   one of a newer version, or by a file of another kind. A damaged recording is replaced.
    @discardableResult
    public func write(
        _ recording: Recording, scaling: ADCScaling? = nil
    ) throws(ArchiveError) -> URL {
        let url = url(for: recording.identity)
        if FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) {
            try checkPlace(url, isFreeFor: recording.identity)
        }
        try RecordingFile.write(recording, to: url, scaling: scaling)
        return url
    }

    /// Writes a recording that may be larger than memory to its place, atomically.
    ///
    /// - Parameters:
    ///   - header: Everything but the rows.
    ///   - rows: As many as the header says, read once from the first to the last.
    ///   - threads: How many threads compress, at least 1. The bytes do not depend on it.
    /// - Returns: The file.
    /// - Throws: ``RecordingWriteError`` when the rows cannot be read, or for the reasons of
    ///   ``write(_:scaling:)``.
    @discardableResult
    package func write<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, threads: Int = RecordingFile.availableThreads
    ) throws(RecordingWriteError<Rows.Failure>) -> URL {
        let url = url(for: header.identity)
        do throws(ArchiveError) {
            if FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) {
                try checkPlace(url, isFreeFor: header.identity)
            }
        } catch {
            throw .archive(error)
        }
        try RecordingFile.write(header, rows: rows, to: url, threads: threads)
        return url
    }

    /// Opens a recording to read its rows in ranges, and makes sure that it is the one its place
    /// says.
    ///
    /// - Parameters:
    ///   - entry: The recording.
    ///   - threads: How many threads decompress, at least 1.
    /// - Returns: Its rows, with its header.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    package func rows(
        of entry: Entry, threads: Int = RecordingFile.availableThreads
    ) throws(ArchiveError) -> RecordingRowsFile {
        try checkInside(entry)
        let rows = try RecordingRowsFile(entry.url, threads: threads)
        try Self.check(rows.header.identity, at: entry)
        return rows
    }

    /// Reads a recording and makes sure that it is the one its place says.
    ///
    /// - Parameter entry: The recording.
    /// - Returns: The recording.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    public func read(_ entry: Entry) throws(ArchiveError) -> Recording {
        try checkInside(entry)
        let recording = try RecordingFile.read(entry.url)
        try Self.check(recording.identity, at: entry)
        return recording
    }

    /// Reads everything but samples, labels and time stamps of a recording.
    ///
    /// - Parameter entry: The recording.
    /// - Returns: The header.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    public func readHeader(_ entry: Entry) throws(ArchiveError) -> RecordingHeader {
        try checkInside(entry)
        let header = try RecordingFile.readHeader(entry.url)
        try Self.check(header.identity, at: entry)
        return header
    }

    /// Reads everything but samples and time stamps of a recording.
    ///
    /// - Parameter entry: The recording.
    /// - Returns: The header and the labels.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    package func readMetadata(_ entry: Entry) throws(ArchiveError) -> RecordingMetadata {
        try checkInside(entry)
        let metadata = try RecordingFile.readMetadata(entry.url)
        try Self.check(metadata.header.identity, at: entry)
        return metadata
    }

    /// What the names of recordings end in.
    package static let fileExtension = "h5"

    private static func check(
        _ identity: RecordingIdentity, at entry: Entry
    ) throws(ArchiveError) {
        guard identity.id == entry.id else {
            throw ArchiveError(
                .identityMismatch(expected: entry.id, found: identity.id),
                at: Place(file: entry.url.path(percentEncoded: false)),
                hint: "move the file to \(identity.id).\(fileExtension)")
        }
    }

    private func checkPlace(
        _ url: URL, isFreeFor identity: RecordingIdentity
    ) throws(ArchiveError) {
        let present: RecordingHeader
        do throws(ArchiveError) {
            present = try RecordingFile.readHeader(url)
        } catch {
            guard Self.isOwnDamage(error) else { throw Self.occupied(error) }
            // A recording that cannot be read is worth nothing: it is replaced.
            return
        }
        guard present.identity == identity else {
            throw ArchiveError(
                .identityMismatch(
                    expected: "\(identity.condition) run \"\(identity.run)\"",
                    found:
                        "\(present.identity.condition) run \"\(present.identity.run)\""),
                at: Place(file: url.path(percentEncoded: false)),
                hint: "rename a condition or run: both would be \(identity.id)")
        }
    }

    /// Whether an error comes of damage to a recording of this format, or to a file of which
    /// nothing else can be said: not of a file that something else wrote, or a newer version.
    private static func isOwnDamage(_ error: ArchiveError) -> Bool {
        switch error.kind {
        case .wrongFormat: return false
        case .unsupportedVersion(let expected, let found): return found < expected
        case .storage(.notHDF5):
            // What a crash of the machine leaves of a file that was not flushed.
            let size = try? FileManager.default.attributesOfItem(atPath: error.location.file)[
                .size]
            return (size as? NSNumber)?.intValue == 0
        case .storage(.newerVersion), .storage(.unreadable): return false
        default: return true
        }
    }

    /// The error of a place that is taken by a file which must not be lost.
    private static func occupied(_ error: ArchiveError) -> ArchiveError {
        ArchiveError(
            error.kind, at: error.location,
            hint: "a recording should be written here: move this file out of the archive first")
    }

    /// A link may stand for a file or folder of the archive, not for one elsewhere.
    private func checkInside(_ entry: Entry) throws(ArchiveError) {
        guard entry.url.isInside(folder) else {
            throw ArchiveError(
                .outsideFolder(folder.path(percentEncoded: false)),
                at: Place(file: entry.url.path(percentEncoded: false)),
                hint: "copy the file into the archive")
        }
    }

    private static func contents(of folder: URL, folders: Bool) throws(ArchiveError) -> [URL] {
        let names = try ArchiveError.wrapping { () throws(FilesError) in
            try Folder.names(in: folder)
        }
        // A link that leads nowhere counts as a file: reading it says what is wrong.
        return names.filter { !$0.hasPrefix(".") }.map { folder.appending(path: $0) }
            .filter { Folder.exists(at: $0) == folders }
    }

    private static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (one, other) in zip(left, right) where one != other {
            return NaturalOrder.precedes(one, other)
        }
        return false
    }
}
