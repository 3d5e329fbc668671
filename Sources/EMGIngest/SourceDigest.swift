private import Digests
internal import Foundation

/// The digest that stands for a source's bytes.
enum SourceDigest {
    /// The SHA-256 of a file.
    static func of(_ url: URL) throws(IngestError) -> String {
        let file = try SourceFileReader(url)
        var hash = SHA256()
        while true {
            let piece = try file.next(1 << 20)
            if piece.isEmpty { return hash.finish() }
            hash.update(piece.bytes)
        }
    }

    /// The SHA-256 of a file's bytes; for several files that of a text with one line for each:
    /// its digest, two blanks and its name, as `sha256sum` prints them.
    ///
    /// - Parameters:
    ///   - files: The files of a source.
    ///   - first: The digest of the first one, when it is known already.
    /// - Returns: The digest, as 64 hexadecimal digits.
    /// - Throws: ``IngestError`` when a file cannot be read.
    static func of(_ files: [URL], first: String? = nil) throws(IngestError) -> String {
        var digests: [String] = []
        for (index, file) in files.enumerated() {
            if index == 0, let first { digests.append(first) } else { digests.append(try of(file)) }
        }
        guard files.count > 1 else { return digests.first ?? "" }
        var hash = SHA256()
        for (file, digest) in zip(files, digests) {
            let line = Data("\(digest)  \(file.lastPathComponent)\n".utf8)
            hash.update(line.bytes)
        }
        return hash.finish()
    }
}
