package import Documents
package import Foundation

/// Settings from a file with overrides of the command line.
package enum SettingsDocument {
    /// Reads settings.
    ///
    /// - Parameters:
    ///   - file: The file; `nil` for no settings but the overrides.
    ///   - overrides: Texts as `inner.learning_rate=1e-3`. In messages they are called
    ///     `override 1`, `override 2`, ….
    ///   - kinds: The kinds that packages outside have added.
    /// - Returns: The document, for the reader of the settings.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func read(
        _ file: URL?, overrides: [String], kinds: Kinds = Kinds()
    ) throws(DocumentError) -> Document {
        var values: [DocumentOverride] = []
        for (index, text) in overrides.enumerated() {
            values.append(try DocumentOverride(text, source: "override \(index + 1)"))
        }
        guard let file else {
            let empty = DocumentValue(.object([]), at: DocumentPosition(line: 1, column: 1))
            return try Document(name: "settings", root: empty, kinds: kinds).applying(values)
        }
        return try Document(contentsOf: file, kinds: kinds).applying(values)
    }
}
