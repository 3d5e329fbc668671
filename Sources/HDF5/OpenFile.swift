package import Foundation

/// An HDF5 file that stays open between steps.
///
/// Each step takes the library's lock for itself and none holds it in between: a reader may work
/// on what it got while other threads use the library. ``File/reading(_:limits:_:)`` and its like
/// are for what is done in one go.
///
/// An open file must not go out of use inside a step of another: its end is a step too.
package final class OpenFile: Sendable {
    /// The file's path, for messages.
    package let place: Place
    private let file: Held<File>

    private init(place: Place, file: Held<File>) {
        self.place = place
        self.file = file
    }

    /// Opens a file for reading.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - limits: How much may be read at once.
    /// - Returns: The file.
    /// - Throws: ``HDF5Error`` when it cannot be opened.
    package static func reading(
        _ url: URL, limits: ReadLimits = ReadLimits()
    ) throws(HDF5Error) -> OpenFile {
        let place = Place(file: url.path(percentEncoded: false))
        let byteCount = try FileSignature.check(url, at: place)
        let file = try Library.exclusively { () throws(HDF5Error) in
            Held(try File.opened(place, .reading, byteCount: byteCount, limits: limits))
        }
        return OpenFile(place: place, file: file)
    }

    /// Creates a file, or empties the one that is there.
    ///
    /// - Parameter url: The file.
    /// - Returns: The file.
    /// - Throws: ``HDF5Error`` when it cannot be made.
    package static func creating(_ url: URL) throws(HDF5Error) -> OpenFile {
        let place = Place(file: url.path(percentEncoded: false))
        let file = try Library.exclusively { () throws(HDF5Error) in
            Held(try File.created(place))
        }
        return OpenFile(place: place, file: file)
    }

    /// One step: `body` runs under the library's lock and should move bytes only.
    ///
    /// - Parameter body: What to do with the file.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func step<Result: Sendable>(
        _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try file.step(body)
    }

    /// Whether a link of that name is there, wherever it leads.
    package func hasLink(_ name: String) throws(HDF5Error) -> Bool {
        try step { (file) throws(HDF5Error) in try file.hasLink(name) }
    }

    /// Closes the file, and throws when that fails: its last bytes are written here. Its datasets
    /// cannot be used afterwards.
    package func close() throws(HDF5Error) {
        try file.end { (file) throws(HDF5Error) in try file.close() }
    }
}
