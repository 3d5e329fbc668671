package import Foundation

extension SHA256 {
    /// The digest and size of a file, read piece by piece.
    ///
    /// - Parameter url: The file.
    /// - Returns: The digest as 64 lower-case hexadecimal digits, and the file's bytes.
    /// - Throws: What opening or reading the file throws.
    package static func digest(
        ofFile url: URL
    ) throws -> (sha256: String, bytes: Int) {
        let file = try FileHandle(forReadingFrom: url)
        // A file that was only read has nothing to lose when closing it fails.
        defer { try? file.close() }
        var hash = SHA256()
        var count = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(piece.bytes)
            count += piece.count
        }
        return (hash.finish(), count)
    }
}
