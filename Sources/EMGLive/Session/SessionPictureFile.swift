package import Decoding
private import Files
package import Foundation

/// A picture of a protocol, read once so that a page may show it.
package struct SessionPictureFile: Sendable, Hashable {
    /// The largest picture that is shown, in bytes.
    private static let largest = 4 << 20

    /// What kind of picture, as HTTP says it.
    package let contentType: String
    /// All of the file's bytes.
    package let bytes: [UInt8]

    /// Reads a picture.
    ///
    /// - Parameters:
    ///   - path: The path from the protocol's folder.
    ///   - folder: The protocol's folder.
    /// - Throws: `DecodingError` for a file that is not there, too large, outside the folder or no
    ///   picture.
    package init(_ path: String, in folder: URL) throws(DecodingError) {
        let url = folder.appending(path: path).resolvingSymlinksInPath()
        let place = url.path(percentEncoded: false)
        let top = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        guard place.hasPrefix(top.hasSuffix("/") ? top : top + "/") else {
            throw DecodingError(
                .unsupported("a picture outside the protocol's folder"), at: path,
                hint: "put a copy of it beside the protocol")
        }
        let size = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        guard size?.isRegularFile == true, let count = size?.fileSize, count <= Self.largest else {
            throw DecodingError(
                .inputOutput(
                    reason: "is no file of at most \(Self.largest >> 20) MB that can be read"),
                at: place, hint: FilesError.readingHint)
        }
        do {
            bytes = Array(try Data(contentsOf: url))
        } catch {
            throw DecodingError(FilesError(.looking, error, at: url))
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            contentType = "image/png"
        } else if let text = String(validating: bytes, as: UTF8.self), text.contains("<svg") {
            contentType = "image/svg+xml"
        } else {
            throw DecodingError(
                .malformed(expected: "a PNG or SVG picture", found: "something else"), at: place)
        }
    }
}

extension SessionProtocol {
    /// The pictures of the protocol that are files, by their paths.
    ///
    /// - Parameter folder: The protocol's folder.
    /// - Returns: The pictures.
    /// - Throws: `DecodingError` for the first one that cannot be shown.
    package func pictures(
        in folder: URL
    ) throws(DecodingError) -> [String: SessionPictureFile] {
        var pictures: [String: SessionPictureFile] = [:]
        for movement in classes {
            guard case .file(let path) = movement.picture else { continue }
            pictures[path] = try SessionPictureFile(path, in: folder)
        }
        return pictures
    }
}
