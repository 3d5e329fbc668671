private import ErrorReports
import Foundation

/// The bytes of a file as they lie on the disk, a few at a time.
@safe final class FileBytes {
    /// The size of the file in bytes.
    let byteCount: Int
    private let descriptor: Int32
    private let place: Place

    /// Opens a file.
    init(path: String, byteCount: Int, at place: Place) throws(HDF5Error) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        self.byteCount = byteCount
        self.place = place
        guard descriptor >= 0 else { throw fault(errno) }
    }

    deinit { close(descriptor) }

    /// Bytes that lie within the file.
    ///
    /// - Parameters:
    ///   - start: The first byte.
    ///   - count: How many.
    /// - Returns: Exactly as many.
    /// - Throws: ``HDF5Error`` when the file ends before.
    func read(_ start: Int, count: Int) throws(HDF5Error) -> [UInt8] {
        guard start >= 0, count >= 0, count <= byteCount, start <= byteCount - count else {
            throw HDF5Error(.damaged(reason: "it points beyond the end of the file"), at: place)
        }
        var done = 0
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let got = unsafe pread(
                    descriptor, buffer.baseAddress?.advanced(by: done), count - done,
                    off_t(start + done))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { break }
                done += got
            }
            initialized = done
        }
        guard failure == 0 else { throw fault(failure) }
        guard bytes.count == count else { throw HDF5Error(.truncated, at: place) }
        return bytes
    }

    private func fault(_ errorNumber: Int32) -> HDF5Error {
        if let fault = MachineFault(errorNumber: errorNumber, .reading, at: place.file) {
            return HDF5Error(.machine(fault), at: place)
        }
        return HDF5Error(
            .unreadable(reason: unsafe String(cString: strerror(errorNumber))), at: place)
    }
}

extension [UInt8] {
    /// A little-endian number, as HDF5 stores its structures; `nil` when it does not lie within.
    func number<Number: FixedWidthInteger>(_ position: Int, as type: Number.Type) -> Number? {
        let width = Number.bitWidth / 8
        guard position >= 0, position <= count - width else { return nil }
        var number: Number = 0
        for index in (position..<position + width).reversed() {
            number = (width == 1 ? 0 : number << 8) | Number(truncatingIfNeeded: self[index])
        }
        return number
    }
}
