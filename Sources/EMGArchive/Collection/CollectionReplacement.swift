import Files
package import Foundation

/// Puts a new collection in the place of an earlier one so that a process that is killed at any
/// moment leaves the old or the new one, never the manifest of one with the tensors of the other.
///
/// A collection is two files, which no system renames in one step. So the old tensors get a second
/// name first, and the old manifest is written again to say that name; then the new tensors get
/// the old ones' name, then the new manifest the old one's. At each moment the manifest that is
/// there has its tensors. The second name goes last; one that a killed process left is of no harm
/// and goes with the next replacement.
package struct CollectionReplacement {
    private let manifest: URL
    private let tensors: URL

    /// Names the files of a collection; they need not be there.
    package init(manifest: URL, tensors: URL) {
        self.manifest = manifest
        self.tensors = tensors
    }

    /// The second name of the old tensors: `.NAME.replaced.h5`.
    private var aside: URL {
        tensors.deletingLastPathComponent().appending(
            path: ".\(tensors.deletingPathExtension().lastPathComponent).replaced.h5",
            directoryHint: .notDirectory)
    }

    /// Makes the old manifest independent of the name that the new tensors get. Afterwards they may
    /// be given it, and then the manifest be finished.
    ///
    /// - Throws: ``ArchiveError`` when that fails; the old collection is there then.
    package func begin() throws(ArchiveError) {
        for file in [tensors, aside] { StaleFiles.sweep(of: file) }
        // A manifest that is not there or is damaged, or one whose tensors are not there, is of no
        // collection that could be lost.
        guard var earlier = try? CollectionManifest(contentsOf: manifest),
            earlier.tensors.path == tensors.lastPathComponent,
            FileManager.default.fileExists(atPath: tensors.path(percentEncoded: false))
        else { return }
        earlier.tensors.path = aside.lastPathComponent
        let text = try earlier.json()
        try ArchiveError.wrapping { () throws(FilesError) in
            try AtomicFile.share(tensors, at: aside)
            try AtomicFile.write(text, to: manifest)
        }
    }

    /// Writes the new manifest, once the new tensors have their name.
    ///
    /// - Parameter text: The manifest.
    /// - Throws: ``ArchiveError`` when that fails; the old collection is there then.
    package func finish(manifest text: String) throws(ArchiveError) {
        try ArchiveError.wrapping { () throws(FilesError) in
            try AtomicFile.write(text, to: manifest)
        }
        // It is not asked for any more; what cannot be removed goes next time.
        try? FileManager.default.removeItem(at: aside)
    }
}
