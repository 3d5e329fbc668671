package import Foundation

/// What processes that were killed while writing left behind.
package enum StaleFiles {
    /// Removes the partial files and folders of processes that no longer live.
    ///
    /// - Parameter folder: Searched with all folders below it. Links are not followed.
    /// - Returns: What was removed, in order of the paths.
    /// - Throws: ``FilesError`` when a folder cannot be searched or a file not be removed.
    @discardableResult
    package static func sweep(in folder: URL) throws(FilesError) -> [URL] {
        let paths: [String]
        do throws(FilesError) {
            paths = try Folder.subpaths(of: folder)
        } catch {
            guard case .fileSystem(_, let reason) = error.kind else { throw error }
            throw FilesError(
                .fileSystem(.sweeping, reason: reason), at: error.location,
                hint: FilesError.Operation.sweeping.hint)
        }
        var removed: [URL] = []
        for path in paths.filter({ $0.hasSuffix(PartialPlace.suffix) }).sorted() {
            let url = folder.appending(path: path, directoryHint: .notDirectory)
            guard PartialPlace.isStale(url) else { continue }
            do {
                try FileManager.default.removeItem(at: url)
            } catch {
                throw FilesError(.sweeping, error, at: folder)
            }
            removed.append(url)
        }
        return removed
    }

    /// Removes the partial files of one file or folder that processes which no longer live left
    /// beside it.
    ///
    /// - Parameter destination: The file or folder.
    package static func sweep(of destination: URL) {
        let folder = destination.deletingLastPathComponent()
        let prefix = ".\(destination.lastPathComponent)."
        // A folder that cannot be listed or a file that cannot be removed is no reason not to
        // write: writing itself says what is wrong.
        guard let names = try? Folder.names(in: folder) else { return }
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(PartialPlace.suffix) {
            let url = folder.appending(path: name, directoryHint: .notDirectory)
            if PartialPlace.isStale(url) { try? FileManager.default.removeItem(at: url) }
        }
    }
}
