package import Files
package import Foundation

/// A file that grows by whole records: what a recorder writes samples to.
package protocol RecordingFile: Sendable {
    /// Appends a record as a whole, or throws and leaves the file as it was.
    func append(_ record: [UInt8]) throws(FilesError)

    /// Hands what was appended to the disk.
    func flush() throws(FilesError)
}

extension AppendedFile: RecordingFile {}

/// Where files of samples are made.
package protocol RecordingDisk: Sendable {
    /// Makes a file.
    ///
    /// - Parameter url: Where; its folder is made when it is missing.
    /// - Returns: The file, without a byte.
    /// - Throws: `FilesError` when it is there already or cannot be made.
    func makeFile(_ url: URL) throws(FilesError) -> any RecordingFile
}

/// The disks of this machine.
package struct LocalDisk: RecordingDisk {
    /// Names them.
    package init() {}

    package func makeFile(_ url: URL) throws(FilesError) -> any RecordingFile {
        try AppendedFile(url, isNew: true)
    }
}
