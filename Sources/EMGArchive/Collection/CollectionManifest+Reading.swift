public import Documents
public import Foundation

extension CollectionManifest {
    /// Reads a manifest and checks it, as far as that is possible without opening the tensors.
    ///
    /// - Parameter url: The file, `NAME.json`.
    /// - Throws: ``Documents/DocumentError`` with the line and path of the first fault; also when
    ///   the tensors' path is a folder or a link that leaves the manifest's folder.
    public init(contentsOf url: URL) throws(DocumentError) {
        let reader = try ManifestReader(try Document(contentsOf: url))
        self = try reader.manifest()
        let file = tensorsURL(manifest: url)
        let cursor = try reader.tensorPathCursor()
        guard file.isInside(url.deletingLastPathComponent()) else {
            throw cursor.error(
                expected: "a file in the manifest's folder",
                hint: "it is a link to a place outside: copy the file instead")
        }
        var isFolder: ObjCBool = false
        if unsafe FileManager.default.fileExists(
            atPath: file.path(percentEncoded: false), isDirectory: &isFolder), isFolder.boolValue
        {
            throw cursor.error(expected: "a file", hint: "it is a folder: name the file in it")
        }
    }

    /// Reads a manifest from a document and checks it, without looking at the disk.
    ///
    /// - Parameter document: The document.
    /// - Throws: ``Documents/DocumentError`` with the line and path of the first fault.
    public init(_ document: Document) throws(DocumentError) {
        self = try ManifestReader(document).manifest()
    }

    /// Where the tensors of a manifest are.
    ///
    /// - Parameter url: The manifest's own file.
    /// - Returns: The HDF5 file, in the same folder or below it.
    public func tensorsURL(manifest url: URL) -> URL {
        url.deletingLastPathComponent().appending(
            path: tensors.path, directoryHint: .notDirectory)
    }
}
