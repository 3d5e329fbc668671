package import Foundation

/// A folder on its way: it gets its name, with all that is in it, by ``commit()`` or
/// ``replace()``, or is removed when it goes out of use.
///
/// Whoever looks, at any moment and after any crash, finds the old folder or the new one whole.
package struct PartialFolder: ~Copyable {
    private let place: PartialPlace
    /// The folder, open and locked for as long as it is being filled.
    private let descriptor: Int32

    /// The folder to fill.
    package var url: URL { place.url }

    /// Makes an empty folder beside the place where it should be.
    ///
    /// - Parameter destination: Its place. The folders above it are made when they are missing.
    /// - Throws: ``FilesError`` that names the place when the folder cannot be made.
    package init(for destination: URL) throws(FilesError) {
        let path = Folder.path(of: destination)
        do throws(FilesError) {
            try FolderReplacement.settle(destination)
            StaleFiles.sweep(of: destination)
            let place = try PartialPlace(for: destination, .isDirectory)
            guard unsafe mkdir(Folder.path(of: place.url), 0o777) == 0 else {
                throw FilesError(.makingFolder, errorNumber: errno, at: destination)
            }
            descriptor = unsafe open(
                Folder.path(of: place.url), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            // Without it there is no lock, and the process number alone tells who is alive.
            if descriptor >= 0 { PartialPlace.mark(descriptor) }
            self.place = place
        } catch {
            throw error.at(path)
        }
    }

    /// Puts something into the folder; a fault names the place where it would have been.
    ///
    /// - Parameter body: Writes into the folder it is given.
    /// - Throws: What `body` throws.
    package func fill(_ body: (URL) throws(FilesError) -> Void) throws(FilesError) {
        do throws(FilesError) {
            try body(url)
        } catch {
            throw error.at(
                error.location.replacingOccurrences(
                    of: url.path(percentEncoded: false),
                    with: Folder.path(of: place.destination) + "/"))
        }
    }

    /// Gives the folder its name, which no folder with something in it may have.
    ///
    /// - Throws: ``FilesError`` when that fails or the name is taken.
    package consuming func commit() throws(FilesError) {
        try Durability.flush(url, .flushingFolder)
        guard unsafe rename(Folder.path(of: url), Folder.path(of: place.destination)) == 0 else {
            throw FilesError(.makingFolder, errorNumber: errno, at: place.destination)
                .at(Folder.path(of: place.destination))
        }
        try Durability.flush(place.destination.deletingLastPathComponent(), .flushingFolder)
    }

    /// Gives the folder its name; a folder that has it is exchanged for this one and removed.
    ///
    /// - Throws: ``FilesError`` when that fails; the old folder then has its name.
    package consuming func replace() throws(FilesError) {
        try Durability.flush(url, .flushingFolder)
        try FolderReplacement.put(url, in: place.destination)
        try Durability.flush(place.destination.deletingLastPathComponent(), .flushingFolder)
    }

    deinit {
        // It is the old folder after an exchange, an unfinished one after a failure, and not
        // there otherwise. A failure to remove it leaves what the next sweep finds.
        try? FileManager.default.removeItem(at: url)
        if descriptor >= 0 { close(descriptor) }
    }
}
