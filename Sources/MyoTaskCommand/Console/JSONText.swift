import Foundation

/// JSON for programs that read the command's output: members in snake_case, with units as `_hz`
/// and `_s`.
enum JSONText {
    /// A value as JSON with sorted members.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .custom { path in
            Key(path.last.map { snakeCase($0.stringValue) } ?? "")
        }
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// `standardErrorHertz` as `standard_error_hz`.
    private static func snakeCase(_ name: String) -> String {
        var text = ""
        for character in name {
            if character.isUppercase, !text.isEmpty { text += "_" }
            text += character.lowercased()
        }
        for (word, unit) in [("_hertz", "_hz"), ("_seconds", "_s")] where text.hasSuffix(word) {
            return text.dropLast(word.count) + unit
        }
        return text
    }
}
