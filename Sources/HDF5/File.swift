private import CHDF5
package import Foundation

/// An open HDF5 file, inside the closure that opened it.
///
/// The whole closure runs under the library's one lock: it should move bytes and leave the
/// thinking to its caller. It must not open another file.
package struct File: ~Copyable {
    let handle: Handle
    /// The file's path, for messages.
    let path: String
    /// The file's size when it was opened, in bytes: nothing in it can be larger. A file that is
    /// being made has no bounds.
    let byteCount: Int
    let limits: ReadLimits
    /// Its structures, looked over before the library sees them; `nil` for a file that is being
    /// written.
    let structure: FileStructure?

    /// Opens a file for reading.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - limits: How much may be read at once.
    ///   - body: What to do with it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or ``HDF5Error`` when the file cannot be opened or closed.
    package static func reading<Result: Sendable>(
        _ url: URL, limits: ReadLimits = ReadLimits(),
        _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try open(url, .reading, limits: limits, body)
    }

    /// Opens a file for adding to it.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - body: What to do with it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or ``HDF5Error`` when the file cannot be opened or closed.
    package static func updating<Result: Sendable>(
        _ url: URL, _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        try open(url, .updating, limits: ReadLimits(), body)
    }

    /// Creates a file, or empties the one that is there.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - body: What to write to it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or ``HDF5Error`` when the file cannot be opened or closed.
    package static func creating<Result: Sendable>(
        _ url: URL, _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        let place = Place(file: url.path(percentEncoded: false))
        return try Library.exclusively { () throws(HDF5Error) -> Result in
            let file = try created(place)
            let result = try body(file)
            try file.close()
            return result
        }
    }

    /// The place of an object in the file.
    package func place(_ object: String = "") -> Place {
        Place(file: path, object: object)
    }

    /// What a file is opened for.
    enum Use {
        case reading
        case updating
    }

    private static func open<Result: Sendable>(
        _ url: URL, _ use: Use, limits: ReadLimits,
        _ body: (borrowing File) throws(HDF5Error) -> Result
    ) throws(HDF5Error) -> Result {
        let place = Place(file: url.path(percentEncoded: false))
        let byteCount = try FileSignature.check(url, at: place)
        return try Library.exclusively { () throws(HDF5Error) -> Result in
            let file = try opened(place, use, byteCount: byteCount, limits: limits)
            let result = try body(file)
            try file.close()
            return result
        }
    }

    /// Opens a file whose signature has been looked at, under the lock.
    static func opened(
        _ place: Place, _ use: Use, byteCount: Int, limits: ReadLimits
    ) throws(HDF5Error) -> File {
        let access = try accessProperties(at: place)
        let flags = use == .reading ? chdf5_read_only() : chdf5_read_write()
        // What is being added to is our own, and what was added may not be on the disk yet.
        let structure = use == .reading ? try FileStructure(place, byteCount: byteCount) : nil
        return File(
            handle: try Handle(
                unsafe H5Fopen(place.file, flags, access.id), releasedBy: H5Fclose, "H5Fopen",
                at: place),
            path: place.file, byteCount: byteCount, limits: limits,
            structure: structure)
    }

    /// Its structures, for what is read without the library.
    ///
    /// - Throws: ``HDF5Error`` for a file that is being written.
    func readableStructure(at place: Place) throws(HDF5Error) -> FileStructure {
        guard let structure else {
            throw HDF5Error(.unreadable(reason: "it is being written"), at: place)
        }
        return structure
    }

    /// Creates a file or empties the one that is there, under the lock.
    static func created(_ place: Place) throws(HDF5Error) -> File {
        let creation = try Handle(
            H5Pcreate(chdf5_file_creation()), releasedBy: H5Pclose, "H5Pcreate", at: place)
        try Library.check(
            H5Pset_obj_track_times(creation.id, false), "H5Pset_obj_track_times", at: place)
        let access = try accessProperties(at: place)
        return File(
            handle: try Handle(
                unsafe H5Fcreate(place.file, chdf5_truncate(), creation.id, access.id),
                releasedBy: H5Fclose, "H5Fcreate", at: place),
            path: place.file, byteCount: .max, limits: ReadLimits(), structure: nil)
    }

    private static func accessProperties(at place: Place) throws(HDF5Error) -> Handle {
        let access = try Handle(
            H5Pcreate(chdf5_file_access()), releasedBy: H5Pclose, "H5Pcreate", at: place)
        try Library.check(
            H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG), "H5Pset_fclose_degree", at: place)
        // The library's locks are inherited by child processes and outlive the file there. Files
        // are written under names of their own and renamed when whole: nothing needs them.
        try Library.check(
            chdf5_set_no_file_locking(access.id), "H5Pset_file_locking", at: place)
        // Structures of version 1.10 all carry checksums, those of the default have none: damage
        // there makes libhdf5 read where it should not. The upper bound keeps files readable by
        // 1.10, and their bytes the same, whatever version writes them.
        try Library.check(
            H5Pset_libver_bounds(access.id, H5F_LIBVER_V110, H5F_LIBVER_V110),
            "H5Pset_libver_bounds", at: place)
        return access
    }

    /// Closes the file and throws when that fails.
    consuming func close() throws(HDF5Error) {
        let place = place()
        try handle.close(at: place)
    }
}
