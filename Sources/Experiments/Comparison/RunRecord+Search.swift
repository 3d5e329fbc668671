package import Documents
private import Files
package import Foundation

extension RunRecord {
    /// The runs below folders: a folder that is no run stands for the runs in it, as a sweep's.
    ///
    /// - Parameter folders: Folders of runs, or of folders of runs.
    /// - Returns: The runs, each once, in the order of the folders and of names inside.
    /// - Throws: `DocumentError` when a folder has no run.
    package static func runs(in folders: [URL]) throws(DocumentError) -> [RunRecord] {
        var found: [URL] = []
        var seen: Set<String> = []
        for folder in folders {
            let inside = isRun(folder) ? [folder] : try children(of: folder, depth: 3)
            guard !inside.isEmpty else {
                throw DocumentError(
                    .unreadable(reason: "there is no run in it"),
                    document: folder.path(percentEncoded: false), position: nil,
                    hint: "name the folder that myotask train made, or one of such folders")
            }
            for run in inside
            where seen.insert(run.standardizedFileURL.path(percentEncoded: false)).inserted {
                found.append(run)
            }
        }
        var runs: [RunRecord] = []
        var sweeps: [URL: SweepList?] = [:]
        for folder in found {
            // The list of a sweep is read once for all of its runs.
            let place = folder.standardizedFileURL.deletingLastPathComponent()
            let list: SweepList?
            if let known = sweeps[place] { list = known } else { list = try sweep(above: folder) }
            sweeps[place] = list
            runs.append(try RunRecord.read(folder, of: list))
        }
        return runs
    }

    private static func isRun(_ folder: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder.appending(path: "configuration.json").path(percentEncoded: false))
    }

    private static func children(of folder: URL, depth: Int) throws(DocumentError) -> [URL] {
        let names: [String]
        do throws(FilesError) {
            names = try Folder.names(in: folder)
        } catch {
            throw DocumentError(
                .unreadable(reason: error.fault), document: error.location, position: nil,
                hint: error.hint)
        }
        var found: [URL] = []
        for name in names.sorted(by: { $0.localizedStandardCompare($1) == .orderedAscending }) {
            let child = folder.appending(path: name, directoryHint: .isDirectory)
            if isRun(child) {
                found.append(child)
            } else if depth > 1, Folder.exists(at: child) {
                found += try children(of: child, depth: depth - 1)
            }
        }
        return found
    }

    /// The sweep that a run's folder lies in; `nil` when it lies in none.
    ///
    /// - Throws: `DocumentError` when the list is damaged: without it runs that differ would count
    ///   as one configuration.
    static func sweep(above folder: URL) throws(DocumentError) -> SweepList? {
        let place = folder.standardizedFileURL.deletingLastPathComponent()
        guard SweepList.isThere(in: place) else { return nil }
        do {
            return try SweepList.read(in: place)
        } catch let error as DocumentError {
            throw error
        } catch {
            throw DocumentError(
                .unreadable(reason: "\(error)"), document: place.path(percentEncoded: false),
                position: nil)
        }
    }
}
