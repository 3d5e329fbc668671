import Foundation
private import PrintableText

/// Makes folders that are there with their contents or not at all.
enum WholeFolder {
    /// Makes a folder beside its place, fills it and moves it there.
    ///
    /// - Parameters:
    ///   - folder: The folder; it must not be there, its parents are made.
    ///   - fill: Writes into the folder it is given.
    /// - Throws: ``MetaLearningError`` when it cannot be made; nothing is left behind then.
    static func make(
        _ folder: URL, fill: (URL) throws(MetaLearningError) -> Void
    ) throws(MetaLearningError) {
        let parent = folder.deletingLastPathComponent()
        let partial = parent.appending(
            path:
                ".\(folder.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial",
            directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: false)
        } catch {
            throw failure(SystemReason.of(error), at: folder)
        }
        do throws(MetaLearningError) {
            try fill(partial)
            let place = folder.path(percentEncoded: false)
            guard unsafe rename(partial.path(percentEncoded: false), place) == 0 else {
                throw failure(unsafe String(cString: strerror(errno)), at: folder)
            }
        } catch {
            // Best effort: when this fails too, the first error says what is wrong.
            try? FileManager.default.removeItem(at: partial)
            let (inside, place) = (partial.path(percentEncoded: false), path(of: folder))
            throw MetaLearningError(
                error.kind,
                at: error.location.replacingOccurrences(of: inside, with: "\(place)/"),
                hint: error.hint)
        }
    }

    /// Makes a folder in one.
    static func add(_ name: String, to folder: URL) throws(MetaLearningError) {
        let inner = folder.appending(path: name, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
        } catch {
            throw failure(SystemReason.of(error), at: inner)
        }
    }

    private static func failure(_ reason: String, at folder: URL) -> MetaLearningError {
        MetaLearningError(
            .inputOutput(reason: "cannot be made: \(reason)"), at: path(of: folder),
            hint: "check the permissions of the folder above it and the space left on the disk")
    }

    /// A folder's path without a slash at its end.
    private static func path(of folder: URL) -> String {
        var path = folder.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
