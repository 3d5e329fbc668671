package import Documents
import Foundation

/// Texts of the repository that are generated from the code.
///
/// With `MYOTASK_RECORD_GOLDENS=1` they are written anew instead of compared.
public enum CommittedText {
    private static var isRecording: Bool {
        ProcessInfo.processInfo.environment["MYOTASK_RECORD_GOLDENS"] == "1"
    }

    /// Whether a file is what is generated.
    ///
    /// - Parameters:
    ///   - path: The file's path in the repository.
    ///   - text: What is generated.
    /// - Returns: Whether they are the same.
    /// - Throws: When the file cannot be read or written.
    public static func isCurrent(_ path: String, generated text: String) throws -> Bool {
        let url = SharedMaterial.packageFolder.appending(path: path)
        if isRecording { try Data(text.utf8).write(to: url) }
        return try String(contentsOf: url, encoding: .utf8) == text
    }

    /// Whether a JSON file is what is generated.
    package static func isCurrent(_ path: String, generated value: DocumentValue) throws -> Bool {
        try isCurrent(path, generated: value.json(.indented))
    }

    /// Whether the part of a file between `<!-- MARK NAME -->` and `<!-- end -->` is what is
    /// generated; `false` when there is no such part.
    ///
    /// - Parameters:
    ///   - path: The file's path in the repository.
    ///   - mark: What the part is: `fields` for a table of them, `file` for the text of another.
    ///   - name: The part's name.
    ///   - text: What is generated.
    /// - Returns: Whether they are the same.
    /// - Throws: When the file cannot be read or written.
    public static func isCurrent(
        _ path: String, mark: String = "fields", region name: String, generated text: String
    ) throws -> Bool {
        let url = SharedMaterial.packageFolder.appending(path: path)
        let whole = try String(contentsOf: url, encoding: .utf8)
        guard let start = whole.range(of: "<!-- \(mark) \(name) -->\n"),
            let end = whole.range(
                of: "<!-- end -->", range: start.upperBound..<whole.endIndex)
        else { return false }
        return try isCurrent(
            path, generated: whole[..<start.upperBound] + text + whole[end.lowerBound...])
    }
}
