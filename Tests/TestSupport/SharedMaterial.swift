public import Foundation

/// Test material that lies beside a checkout and is not part of it: golden vectors of other
/// tools and real recordings.
///
/// A test that needs it is enabled by ``isPresent(_:)`` and says so, so that a clone without it
/// skips with a reason.
public enum SharedMaterial {
    /// The folder: `MYOTASK_SHARED` when set, `../shared` beside the package otherwise.
    public static var folder: URL {
        if let path = ProcessInfo.processInfo.environment["MYOTASK_SHARED"] {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return packageFolder.deletingLastPathComponent().appending(path: "shared")
    }

    /// The package's own folder.
    public static var packageFolder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// Whether a part of it, such as `golden/dsp`, is there.
    public static func isPresent(_ part: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: part).path())
    }

    /// The place of a part of it.
    public static func url(_ part: String) -> URL {
        folder.appending(path: part)
    }
}
