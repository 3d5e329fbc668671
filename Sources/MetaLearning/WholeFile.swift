import Foundation
private import PrintableText

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
        } catch {
            throw failure(SystemReason.of(error), temporary, url)
        }
        // Foundation's ways to replace a file take more than one step.
        let path = url.path(percentEncoded: false)
        guard unsafe rename(temporary.path(percentEncoded: false), path) == 0 else {
            throw failure(unsafe String(cString: strerror(errno)), temporary, url)
        }
    }

    private static func failure(
        _ reason: String, _ temporary: URL, _ url: URL
    ) -> MetaLearningError {
        // Best effort: when this fails too, the first error says what is wrong.
        _ = unsafe unlink(temporary.path(percentEncoded: false))
        return MetaLearningError(
            .inputOutput(reason: "cannot be written: \(reason)"),
            at: url.path(percentEncoded: false),
            hint: "check the folder's permissions and the space left on the disk")
    }
}
