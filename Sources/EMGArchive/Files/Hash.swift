import Digests
import ErrorReports
import Files
import Foundation
import HDF5

/// SHA-256 digests as texts.
enum Hash {
    /// Whether a text is 64 lower-case hexadecimal digits.
    static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// The digest and size of a file, read piece by piece.
    static func ofFile(_ url: URL) throws(ArchiveError) -> (sha256: String, bytes: Int) {
        do {
            return try SHA256.digest(ofFile: url)
        } catch {
            throw ArchiveError(
                "reading", error, .reading, at: url, hint: FilesError.readingHint)
        }
    }
}
