package import Foundation
private import Synchronization

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
    private let file: Mutex<File?>

    private init(place: Place) {
        self.place = place
        file = Mutex(nil)
    }

    deinit {
        Library.exclusively { file.withLock { $0 = nil } }
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
        let open = OpenFile(place: Place(file: url.path(percentEncoded: false)))
        let byteCount = try FileSignature.check(url, at: open.place)
        try open.fill { () throws(HDF5Error) -> File in
            try File.opened(open.place, .reading, byteCount: byteCount, limits: limits)
        }
        return open
    }

    /// Creates a file, or empties the one that is there.
    ///
    /// - Parameter url: The file.
    /// - Returns: The file.
    /// - Throws: ``HDF5Error`` when it cannot be made.
    package static func creating(_ url: URL) throws(HDF5Error) -> OpenFile {
        let open = OpenFile(place: Place(file: url.path(percentEncoded: false)))
        try open.fill { () throws(HDF5Error) -> File in try File.created(open.place) }
        return open
    }

    /// One step: `body` runs under the library's lock and should move bytes only.
    ///
    /// - Parameter body: What to do with the file.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func step<Result: Sendable>(
        _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try Library.exclusively { () throws(HDF5Error) -> Result in
            try file.withLock { (file) throws(HDF5Error) -> Result in
                switch file {
                case .some(let file): return try body(file)
                case .none: preconditionFailure("\(place) was used after it was closed")
                }
            }
        }
    }

    /// Closes the file, and throws when that fails: its last bytes are written here. Its datasets
    /// cannot be used afterwards.
    package func close() throws(HDF5Error) {
        try Library.exclusively { () throws(HDF5Error) in
            try file.withLock { (file) throws(HDF5Error) in
                guard let file = file.take() else {
                    preconditionFailure("\(place) was closed twice")
                }
                try file.close()
            }
        }
    }

    private func fill(_ open: () throws(HDF5Error) -> File) throws(HDF5Error) {
        try Library.exclusively { () throws(HDF5Error) in
            try file.withLock { (file) throws(HDF5Error) in file = try open() }
        }
    }
}
