private import Digests
private import EMGSignal
private import Files
internal import Foundation

extension ArrayManifest.DataFile {
    /// A source with its digest: a file, or a folder's images.
    init(source url: URL) throws {
        let name = url.standardizedFileURL.lastPathComponent
        guard Folder.exists(at: url) else {
            let digest = try FileDigest(of: url)
            self.init(path: name, sha256: digest.sha256, bytes: digest.bytes)
            return
        }
        var lines = ""
        var bytes = 0
        for path in try ImageFolder.paths(in: url) {
            let digest = try FileDigest(of: url.appending(path: path, directoryHint: .notDirectory))
            lines += "\(digest.sha256)  \(path)\n"
            bytes += digest.bytes
        }
        self.init(path: name, sha256: SHA256.digest(of: Array(lines.utf8)), bytes: bytes)
    }
}
