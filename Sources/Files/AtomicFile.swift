package import Foundation

/// Writing files so that, whenever the program is stopped, each is there whole or not at all.
///
/// A file is written under the name `.<name>.<process>-<machine>.partial` in its own folder, flushed to
/// the disk, and then renamed; the folder is flushed too. A process that is killed leaves such a
/// partial behind, which ``StaleFiles`` of any later run removes.
package enum AtomicFile {
    /// Writes a file.
    ///
    /// - Parameters:
    ///   - url: Where it should be. Its folder is made when it is missing.
    ///   - body: Writes the partial file at the URL it is given.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or the module's error when a step on the way fails; nothing
    ///   is left behind then.
    package static func write<Result, Failure: FilesFailure>(
        to url: URL, _ body: (URL) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let partial = try Failure.wrapping { () throws(FilesError) in try PartialFile(for: url) }
        let result = try body(partial.url)
        do throws(FilesError) {
            try partial.commit()
        } catch {
            throw Failure(error)
        }
        return result
    }

    /// Writes a file of given bytes, and removes what a process that was killed left of it.
    ///
    /// - Parameters:
    ///   - bytes: All of its bytes.
    ///   - url: Where it should be. Its folder is made when it is missing.
    /// - Throws: ``FilesError`` when it cannot be written; nothing is left behind then.
    package static func write(_ bytes: [UInt8], to url: URL) throws(FilesError) {
        StaleFiles.sweep(of: url)
        let partial = try PartialFile(for: url)
        try partial.append(bytes)
        try partial.commit()
    }

    /// Writes a file of a text in UTF-8, and removes what a process that was killed left of it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - url: Where it should be. Its folder is made when it is missing.
    /// - Throws: ``FilesError`` when it cannot be written; nothing is left behind then.
    package static func write(_ text: String, to url: URL) throws(FilesError) {
        try write(Array(text.utf8), to: url)
    }

    /// Gives a file a second name: the two share the bytes on disks that can, else it is a copy.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - url: Its second name. A file that has it is replaced.
    /// - Throws: ``FilesError`` when that fails; what had the name then has it still.
    package static func share(_ source: URL, at url: URL) throws(FilesError) {
        let partial = try PartialFile(for: url)
        let files = FileManager.default
        do {
            try files.removeItem(at: partial.url)
            do {
                try files.linkItem(at: source, to: partial.url)
            } catch {
                try files.copyItem(at: source, to: partial.url)
            }
        } catch {
            throw FilesError(.copying, error, at: url)
        }
        try partial.commit()
    }
}
