public import Documents
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
    public static func isCurrent(_ path: String, generated value: DocumentValue) throws -> Bool {
        try isCurrent(path, generated: layout(value, "") + "\n")
    }

    /// Whether the part of a file between `<!-- fields NAME -->` and `<!-- end -->` is what is
    /// generated; `false` when there is no such part.
    public static func isCurrent(
        _ path: String, region name: String, generated text: String
    ) throws -> Bool {
        let url = SharedMaterial.packageFolder.appending(path: path)
        let whole = try String(contentsOf: url, encoding: .utf8)
        guard let start = whole.range(of: "<!-- fields \(name) -->\n"),
            let end = whole.range(
                of: "<!-- end -->", range: start.upperBound..<whole.endIndex)
        else { return false }
        return try isCurrent(
            path, generated: whole[..<start.upperBound] + text + whole[end.lowerBound...])
    }

    private static func layout(_ value: DocumentValue, _ lead: String) -> String {
        let inner = lead + "  "
        switch value.content {
        case .array(let values) where !values.isEmpty:
            let lines = values.map { inner + layout($0, inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(lead)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map {
                let key = DocumentValue(.string($0.key)).canonicalJSON
                return "\(inner)\(key): \(layout($0.value, inner))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(lead)}"
        default: return value.canonicalJSON
        }
    }
}
