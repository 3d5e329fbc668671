public import Documents
private import Files
public import Foundation

extension CollectionManifest {
    /// Reads a manifest and checks it, as far as that is possible without opening the tensors.
    ///
    /// - Parameters:
    ///   - url: The file, `NAME.json`; `NAME` will do where there is no such file.
    ///   - kinds: What packages outside have added to the kinds that the manifest may name.
    /// - Throws: ``Documents/DocumentError`` with the line and path of the first fault; also when
    ///   the tensors' path is a folder or a link that leaves the manifest's folder.
    public init(contentsOf url: URL, kinds: Kinds = Kinds()) throws(DocumentError) {
        let url = Self.file(named: url)
        let document = try Document(contentsOf: url, keepingAsText: "tasks", kinds: kinds)
        try self.init(document)
        let file = tensorsURL(manifest: url)
        let tensors = try document.cursor.object().required("tensors")
        let cursor = try tensors.object().required("path")
        guard file.isInside(url.deletingLastPathComponent()) else {
            throw cursor.error(
                expected: "a file in the manifest's folder",
                hint: "it is a link to a place outside: copy the file instead")
        }
        if Folder.exists(at: file) {
            throw cursor.error(expected: "a file", hint: "it is a folder: name the file in it")
        }
    }

    /// The manifest that a name stands for, as in `myotask build -o NAME`.
    ///
    /// - Parameter url: `NAME.json` or `NAME`.
    /// - Returns: `NAME.json` where it is there and `NAME` is not, `url` otherwise.
    package static func file(named url: URL) -> URL {
        let manifest = url.appendingPathExtension("json")
        let isThere = { (url: URL) in
            FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
        }
        return !isThere(url) && isThere(manifest) ? manifest : url
    }

    /// Where the tensors of a manifest are.
    ///
    /// - Parameter url: The manifest's own file.
    /// - Returns: The HDF5 file, in the same folder or below it.
    package func tensorsURL(manifest url: URL) -> URL {
        url.deletingLastPathComponent().appending(
            path: tensors.path, directoryHint: .notDirectory)
    }
}
