internal import Documents
internal import Foundation

/// The file `metadata.json` that LibEMG's training window writes beside its recordings: for each
/// file the number of its class and the name that was shown to the person.
///
/// The names in LibEMG's own list of classes stand in another order than the numbers in the
/// files: only this file tells which is which.
enum LibEMGMetadata {
    /// The names of the classes by number; nothing when there is no such file.
    static func classNames(_ url: URL) throws(IngestError) -> [String: String] {
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return [:]
        }
        var names: [String: String] = [:]
        do throws(DocumentError) {
            for (_, cursor) in try Document(contentsOf: url).cursor.object().entries {
                guard case .object = cursor.value.content else { continue }
                let entry = try cursor.object()
                guard let number = entry.optional("class_idx"),
                    let name = entry.optional("class_name")
                else { continue }
                let key = String(try number.integer())
                let text = try name.string()
                guard names[key] == nil || names[key] == text else {
                    throw name.error(
                        expected: "\"\(names[key] ?? "")\" as elsewhere for class \(key)",
                        found: "\"\(text)\"")
                }
                names[key] = text
            }
        } catch {
            throw IngestError(
                .malformed(expected: "LibEMG's list of classes", found: error.fault),
                at: SourceLocation(
                    file: url.relativePath, line: error.position?.line,
                    column: error.position?.column,
                    object: error.path.isEmpty ? nil : error.path),
                hint: "a template without \"class_file\" names the classes itself (classes: …)")
        }
        return names
    }
}
