private import ErrorReports
import Foundation

/// What can be said of a file before libhdf5 sees it.
enum FileSignature {
    /// The bytes that every file has at byte 0, 512, 1024, 2048 or so on.
    static let bytes: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Makes sure that a file is a readable ordinary file with an HDF5 signature.
    ///
    /// Opening a pipe or a device would wait for ever or worse, so the kind is looked at first.
    /// The signature stands at byte 0, 512, 1024, 2048 and so on (a user block lies before it).
    ///
    /// - Returns: The file's size in bytes.
    static func check(_ url: URL, at place: Place) throws(HDF5Error) -> Int {
        let byteCount: Int
        let isSigned: Bool
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: url.resolvingSymlinksInPath().path(percentEncoded: false))
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                throw HDF5Error(
                    .unreadable(reason: isFolder ? "it is a folder" : "it is not a file"),
                    at: place)
            }
            byteCount = (attributes[.size] as? NSNumber)?.intValue ?? 0
            let file = try FileHandle(forReadingFrom: url)
            defer { file.closeFile() }
            isSigned = try hasSignature(file, byteCount: byteCount)
        } catch let error as HDF5Error {
            throw error
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw HDF5Error(.unreadable(reason: "there is no such file"), at: place)
        } catch let error as CocoaError where error.code == .fileReadNoPermission {
            throw HDF5Error(.unreadable(reason: "no permission"), at: place)
        } catch {
            if let fault = MachineFault(error, .reading, at: place.file) {
                throw HDF5Error(.machine(fault), at: place)
            }
            throw HDF5Error(.unreadable(reason: SystemReason.of(error)), at: place)
        }
        guard isSigned else { throw HDF5Error(.notHDF5, at: place) }
        return byteCount
    }

    private static func hasSignature(_ file: FileHandle, byteCount: Int) throws -> Bool {
        var offset = 0
        while offset + bytes.count <= byteCount {
            try file.seek(toOffset: UInt64(offset))
            if try file.read(upToCount: bytes.count).map(Array.init) == bytes { return true }
            offset = offset == 0 ? 512 : offset * 2
        }
        return false
    }
}
