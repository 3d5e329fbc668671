package import Foundation

/// What is done with folders as such: they are made, listed and looked for.
package enum Folder {
    /// Makes a folder and those above it that are missing; one that is there is left alone.
    ///
    /// Each new name is on the disk afterwards.
    ///
    /// - Parameter url: The folder.
    /// - Throws: ``FilesError`` that names the folder when it cannot be made.
    package static func make(_ url: URL) throws(FilesError) {
        var missing: [URL] = []
        var place = url
        while !exists(at: place), missing.count < 1_000 {
            missing.append(place)
            let above = place.deletingLastPathComponent()
            guard above.path(percentEncoded: false) != place.path(percentEncoded: false) else {
                break
            }
            place = above
        }
        for folder in missing.reversed() {
            let errorNumber = unsafe mkdir(path(of: folder), 0o777) == 0 ? 0 : errno
            // Another thread or process may make it at the same moment.
            guard errorNumber == 0 || exists(at: folder) else {
                throw FilesError(.makingFolder, errorNumber: errorNumber, at: url)
            }
            try Durability.flush(folder.deletingLastPathComponent(), .flushingFolder)
        }
    }

    /// The names in a folder, hidden ones too, in no order.
    ///
    /// - Parameter url: The folder or a link to one.
    /// - Returns: The names.
    /// - Throws: ``FilesError`` when it cannot be listed: it is never read as an empty one.
    package static func names(in url: URL) throws(FilesError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(
                atPath: url.resolvingSymlinksInPath().path(percentEncoded: false))
        } catch {
            throw FilesError(.listing, error, at: url)
        }
    }

    /// The paths of everything below a folder, relative to it, hidden ones too; links are not
    /// followed.
    ///
    /// - Parameter url: The folder or a link to one.
    /// - Returns: The paths, in no order.
    /// - Throws: ``FilesError`` when it or a folder in it cannot be listed.
    package static func subpaths(of url: URL) throws(FilesError) -> [String] {
        var found: [String] = []
        var open = [""]
        while let folder = open.popLast() {
            let place = folder.isEmpty ? url : url.appending(path: folder)
            for name in try names(in: place) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                found.append(path)
                var status = stat()
                let child = url.appending(path: path, directoryHint: .notDirectory)
                guard unsafe lstat(child.path(percentEncoded: false), &status) == 0 else {
                    // It was removed meanwhile, or has a name that is no UTF-8.
                    continue
                }
                if status.st_mode & S_IFMT == S_IFDIR { open.append(path) }
            }
        }
        return found
    }

    /// Whether a folder is there, links followed. What cannot be looked at counts as none, so that
    /// reading it tells why.
    package static func exists(at url: URL) -> Bool {
        var status = stat()
        return unsafe stat(path(of: url), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// A folder's path without a slash at its end: a link to a folder is meant itself then.
    package static func path(of url: URL) -> String {
        var path = url.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path.isEmpty ? "." : path
    }
}
