internal import EMGSignal
private import ErrorReports
internal import Foundation

/// A file without a name that holds numbers until they are needed: it is gone when this value
/// is, or the process, however that ends.
@safe final class SpoolFile: Sendable {
    private let descriptor: Int32
    private let folder: String

    /// Makes a file.
    ///
    /// - Parameter folder: Where; it is made when it is not there.
    /// - Throws: ``IngestError`` when the system refuses.
    init(in folder: URL) throws(IngestError) {
        self.folder = folder.path(percentEncoded: false)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
        } catch {
            throw Self.error(
                MachineFault.errorNumber(behind: error) ?? 0, folder: self.folder)
        }
        var template = folder.appending(path: ".myotask-spool-XXXXXX")
            .path(percentEncoded: false).utf8CString
        descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
            guard let base = name.baseAddress else { return -1 }
            let opened = unsafe mkstemp(base)
            // From now on only this descriptor leads to the file.
            if opened >= 0 { unsafe unlink(base) }
            return opened
        }
        guard descriptor >= 0 else { throw Self.error(errno, folder: self.folder) }
    }

    deinit { close(descriptor) }

    /// Writes numbers at a place.
    ///
    /// - Parameters:
    ///   - values: The numbers.
    ///   - index: How many numbers of that type come before them.
    /// - Throws: ``IngestError`` when the disk is full or fails.
    func write<Value: BitwiseCopyable>(
        _ values: ArraySlice<Value>, at index: Int
    ) throws(IngestError) {
        let stride = MemoryLayout<Value>.stride
        let isWritten = unsafe values.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = unsafe pwrite(
                    descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
                    off_t(index * stride + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        guard isWritten else { throw Self.error(errno, folder: folder) }
    }

    /// Reads numbers that were written.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - index: How many numbers of that type come before them.
    ///   - buffer: Its contents are replaced.
    ///   - zero: Any number, to make room with.
    /// - Throws: ``IngestError`` when the disk fails.
    func read<Value: BitwiseCopyable>(
        _ count: Int, at index: Int, into buffer: inout [Value], zero: Value
    ) throws(IngestError) {
        let stride = MemoryLayout<Value>.stride
        if buffer.count > count {
            buffer.removeLast(buffer.count - count)
        } else {
            buffer.append(contentsOf: repeatElement(zero, count: count - buffer.count))
        }
        let isRead = unsafe buffer.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let got = unsafe pread(
                    descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
                    off_t(index * stride + done))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return false }
                done += got
            }
            return true
        }
        guard isRead else { throw Self.error(errno, folder: folder) }
    }

    /// What a refusal of the system means: whatever its number, it is about the disk and not about
    /// the source whose samples wait here.
    private static func error(_ errorNumber: Int32, folder: String) -> IngestError {
        IngestError(
            MachineFault(errorNumber: errorNumber, .writing, at: folder)
                ?? MachineFault(.inputOutput, at: folder))
    }
}
