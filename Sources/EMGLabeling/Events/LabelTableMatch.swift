package import EMGSignal
package import Files
package import Foundation

/// Which recording of an archive a table of events is about, by its name and the folders it lies in.
package enum LabelTableMatch: Sendable, Hashable {
    /// This one, by its place in the list.
    case recording(Int)
    /// None has such a name.
    case none
    /// Several have, by their places in the list.
    case several([Int])

    /// What is behind the name of the recording in the name of a table.
    private static let endings = ["_events", "-events", ".events", "_labels", "-labels", "_label"]
    /// What names of tables end in.
    private static let fileExtensions: Set<String> = ["csv", "tsv", "txt"]

    /// The tables in a folder and those below it, in the order of their names; a file is meant itself.
    ///
    /// - Parameter url: The folder or file.
    /// - Returns: The tables.
    /// - Throws: `FilesError` when a folder cannot be listed.
    package static func tables(in url: URL) throws(FilesError) -> [URL] {
        guard Folder.exists(at: url) else { return [url] }
        return try Folder.subpaths(of: url).sorted(by: NaturalOrder.precedes)
            .map { url.appending(path: $0) }
            .filter {
                fileExtensions.contains($0.pathExtension.lowercased())
                    && !$0.lastPathComponent.hasPrefix(".")
            }
    }

    /// Finds the recording of a table.
    ///
    /// A table is named after the file that the recording comes from, after its condition and run, or
    /// after all of its names with `_` between them; `_events` may stand behind. Where several
    /// recordings have such a name, the folders of the table tell patient and session.
    ///
    /// - Parameters:
    ///   - table: The table's path.
    ///   - recordings: Names and sources of the recordings.
    /// - Returns: The one that fits.
    package static func find(
        _ table: URL, among recordings: [(identity: RecordingIdentity, source: String)]
    ) -> LabelTableMatch {
        var stem = table.deletingPathExtension().lastPathComponent
        for ending in endings where stem.lowercased().hasSuffix(ending) {
            stem = String(stem.dropLast(ending.count))
            break
        }
        let folders = Set(
            table.deletingLastPathComponent().pathComponents.flatMap { folder in
                [folder] + folder.split(separator: "-", maxSplits: 1).dropFirst().map(String.init)
            })
        let named = recordings.indices.filter { index in
            let (identity, source) = recordings[index]
            let run = identity.run.isEmpty ? "" : "-\(identity.run)"
            let whole = [identity.patient, identity.session, identity.condition + run]
            return [Self.stem(of: source), identity.condition + run, whole.joined(separator: "_")]
                .contains(stem)
        }
        if named.count < 2 { return named.first.map { .recording($0) } ?? .none }
        let placed = named.filter { index in
            let identity = recordings[index].identity
            return folders.contains(identity.session)
                && (folders.contains(identity.patient)
                    || named.count { recordings[$0].identity.session == identity.session } == 1)
        }
        return placed.count == 1 ? .recording(placed[0]) : .several(placed.isEmpty ? named : placed)
    }

    /// The name of a source's file without what says its format, as `sub-01_emg.edf` has it.
    private static func stem(of source: String) -> String {
        let stem = URL(filePath: source).deletingPathExtension().lastPathComponent
        return stem.hasSuffix("_emg") ? String(stem.dropLast(4)) : stem
    }
}
