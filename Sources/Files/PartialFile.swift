package import Foundation

/// A file on its way: it gets its name by ``commit()`` or is removed when it goes out of use.
package struct PartialFile: ~Copyable {
    private let place: PartialPlace
    /// The file, open and locked for as long as it is being written.
    private let descriptor: Int32

    /// Where the bytes go for now.
    package var url: URL { place.url }

    /// Makes an empty file beside the place where it should be.
    ///
    /// - Parameter destination: Its place. The folder is made when it is missing.
    /// - Throws: ``FilesError`` when it cannot be made, or this process is writing it already.
    package init(for destination: URL) throws(FilesError) {
        let place = try PartialPlace(for: destination, .notDirectory)
        let descriptor = unsafe open(
            place.url.path(percentEncoded: false),
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            throw FilesError(.makingFile, errorNumber: errno, at: destination)
        }
        PartialPlace.mark(descriptor)
        self.descriptor = descriptor
        self.place = place
    }

    /// Writes bytes behind those that were written here before.
    ///
    /// - Throws: ``FilesError`` when the disk does not take them.
    package func append(_ bytes: [UInt8]) throws(FilesError) {
        let errorNumber = Descriptor.write(bytes, to: descriptor)
        guard errorNumber == 0 else {
            throw FilesError(.writing, errorNumber: errorNumber, at: place.destination)
        }
    }

    /// Flushes the file to the disk and gives it its name.
    ///
    /// - Throws: ``FilesError`` when that fails; there is nothing new under the name then.
    package consuming func commit() throws(FilesError) {
        let destination = place.destination
        // What is flushed is what has the name: it may have been put in the place of our file.
        try Durability.flush(url, .flushingFile)
        guard
            unsafe rename(url.path(percentEncoded: false), destination.path(percentEncoded: false))
                == 0
        else { throw FilesError(.renaming, errorNumber: errno, at: destination) }
        try Durability.flush(destination.deletingLastPathComponent(), .flushingFolder)
    }

    deinit {
        // After a commit there is nothing under this name; otherwise it must go, and a failure
        // to remove it leaves what the next sweep finds.
        unsafe unlink(url.path(percentEncoded: false))
        close(descriptor)
    }
}
