import Foundation

/// Writes files that are there as a whole or not at all.
enum WholeFile {
    /// Writes bytes to a temporary file in the same folder, hands them to the disk and renames it.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - url: The file; replaced when it is there.
    /// - Throws: ``MetaLearningError`` when it cannot be written; the old file then stays.
    static func write(_ bytes: [UInt8], to url: URL) throws(MetaLearningError) {
        let folder = url.deletingLastPathComponent()
        let temporary = folder.appending(
            path: ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial")
        do {
            try Data(bytes).write(to: temporary)
            let handle = try FileHandle(forWritingTo: temporary)
            try handle.synchronize()
            try handle.close()
            // Foundation's ways to replace a file take more than one step.
            let (from, to) = (
                temporary.path(percentEncoded: false), url.path(percentEncoded: false)
            )
            guard unsafe rename(from, to) == 0 else {
                throw MetaLearningError(
                    .inputOutput(
                        reason: "cannot be renamed: \(unsafe String(cString: strerror(errno)))"),
                    at: to)
            }
        } catch {
            // Best effort: when this fails too, the first error says what is wrong.
            _ = unsafe unlink(temporary.path(percentEncoded: false))
            throw MetaLearningError(
                .inputOutput(reason: "cannot be written: \(error.localizedDescription)"),
                at: url.path(percentEncoded: false),
                hint: "check the folder's permissions and the space left on the disk")
        }
    }
}
