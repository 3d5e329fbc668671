import ArgumentParser
import EMGArchive
import Files
import Foundation

/// Where labels are added: an archive, or one recording of it, and its edit file.
struct LabelOptions: ParsableArguments {
    @Argument(
        help: "The archive's folder, or the file of one of its recordings.",
        completion: .file())
    var archive: String

    @Option(
        help: ArgumentHelp(
            "The edit file; ARCHIVE.edits.json beside the archive when left out.",
            valueName: "file"),
        completion: .file())
    var edits: String?

    @OptionGroup var reviewer: ReviewerOption

    /// Opens the archive and its edit file.
    ///
    /// - Throws: `ArchiveError` when the archive cannot be listed, `DocumentError` when the edit file is
    ///   none.
    func open() throws -> LabeledArchive {
        let place = URL(filePath: archive).standardizedFileURL
        // What is not there is no recording whose archive could be found.
        let isFolder =
            Folder.exists(at: place)
            || !FileManager.default.fileExists(atPath: place.path(percentEncoded: false))
        // A recording lies in the folder of its session, in that of its patient.
        let folder =
            isFolder
            ? place
            : place.deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
        let beside = folder.deletingLastPathComponent().appending(
            path: "\(folder.lastPathComponent).edits.json", directoryHint: .notDirectory)
        return try LabeledArchive(
            RecordingArchive(folder: folder), only: isFolder ? nil : place,
            edits: edits.map { URL(filePath: $0).standardizedFileURL } ?? beside,
            by: reviewer.name)
    }
}
