private import ErrorReports
package import Foundation

/// Reads a regular file from front to back in pieces.
package struct SourceFileReader: ~Copyable {
    /// The size of the file when it was opened, in bytes.
    package let byteCount: Int

    private let handle: FileHandle
    private let location: SourceLocation

    /// Opens a file.
    ///
    /// - Parameter url: A regular file or a link to one; a folder, a pipe or a device is refused,
    ///   as reading one may never end.
    /// - Throws: ``IngestError`` when it cannot be opened.
    package init(_ url: URL) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        let opened = try Self.open(url, location: location)
        self.location = location
        handle = opened.handle
        byteCount = opened.byteCount
    }

    private static func open(
        _ url: URL, location: SourceLocation
    ) throws(IngestError) -> (handle: FileHandle, byteCount: Int) {
        let target = url.resolvingSymlinksInPath()
        do {
            let values = try FileManager.default.attributesOfItem(
                atPath: target.path(percentEncoded: false))
            if values[.type] as? FileAttributeType == .typeRegular {
                let byteCount = (values[.size] as? NSNumber)?.intValue ?? 0
                return (try FileHandle(forReadingFrom: target), byteCount)
            }
        } catch {
            throw fault(error, at: location)
        }
        throw IngestError(
            .unreadable(reason: "it is not a regular file"), at: location,
            hint: "a folder is searched, not read; a pipe or device cannot be read")
    }

    /// The next bytes; empty at the end of the file.
    ///
    /// - Parameter count: How many at most.
    /// - Returns: The bytes.
    /// - Throws: ``IngestError`` when they cannot be read.
    package func next(_ count: Int) throws(IngestError) -> Data {
        do {
            return try handle.read(upToCount: count) ?? Data()
        } catch {
            throw Self.fault(error, at: location)
        }
    }

    deinit {
        // A file that was only read has nothing to lose when closing it fails.
        try? handle.close()
    }

    /// Whether a path without links leads to a regular file; what cannot be looked at counts as
    /// one, so that reading it tells why.
    package static func isRegular(_ url: URL) -> Bool {
        let values = try? FileManager.default.attributesOfItem(
            atPath: url.path(percentEncoded: false))
        guard let type = values?[.type] as? FileAttributeType else { return true }
        return type == .typeRegular
    }

    /// The first bytes of a file.
    package static func prefix(of url: URL, count: Int) throws(IngestError) -> [UInt8] {
        let file = try SourceFileReader(url)
        return [UInt8](try file.next(count))
    }

    /// What an error of Foundation means: the machine's fault, or that of a file.
    package static func fault(_ error: any Error, at location: SourceLocation) -> IngestError {
        if let fault = MachineFault(error, .reading, at: location.file) {
            return IngestError(fault)
        }
        return IngestError(.unreadable(reason: SystemReason.of(error)), at: location)
    }
}
