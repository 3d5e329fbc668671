import Foundation
import TestSupport
import Testing

/// A folder of texts that the program wrote once and must go on writing.
///
/// With `MYOTASK_RECORD_GOLDENS=1` the texts are written anew instead of compared; `git diff`
/// then shows what has changed.
enum GoldenFolder: String, CaseIterable {
    case artifacts
    case commands
    case configurations
    case usage
    case wrongDocuments = "wrong-documents"

    /// Where all of them are.
    static let place = SharedMaterial.packageFolder.appending(path: "Tests/FrozenTests/Golden")

    /// Whether texts are written instead of compared.
    static var isRecording: Bool {
        ProcessInfo.processInfo.environment["MYOTASK_RECORD_GOLDENS"] == "1"
    }

    private var url: URL { Self.place.appending(path: rawValue) }

    /// Compares all that was produced with all that the folder holds.
    ///
    /// - Parameter produced: Each file's text by its name; a text that the folder lacks and a
    ///   file that is not produced any more are failures.
    /// - Throws: When the folder cannot be read or written.
    func check(_ produced: [String: String]) throws {
        let manager = FileManager.default
        if Self.isRecording {
            try? manager.removeItem(at: url)
            try manager.createDirectory(at: url, withIntermediateDirectories: true)
            for (name, text) in produced {
                try Data(text.utf8).write(to: url.appending(path: name))
            }
        }
        let kept = (try? manager.contentsOfDirectory(atPath: url.path(percentEncoded: false))) ?? []
        for name in Set(kept).subtracting(produced.keys).sorted() {
            Issue.record("Golden/\(rawValue)/\(name) is not produced any more")
        }
        for (name, text) in produced.sorted(by: { $0.key < $1.key }) {
            guard let bytes = try? Data(contentsOf: url.appending(path: name)) else {
                Issue.record("Golden/\(rawValue)/\(name) is not there: record it and review it")
                continue
            }
            let golden = String(decoding: bytes, as: UTF8.self)
            guard let difference = TextDifference(from: golden, to: text) else { continue }
            Issue.record("Golden/\(rawValue)/\(name) differs\n\(difference.excerpt)")
        }
    }
}
