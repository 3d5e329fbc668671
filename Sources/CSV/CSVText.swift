/// Rows of a CSV file (RFC 4180) to be written.
package enum CSVText {
    /// A field, in quotation marks when it must be.
    ///
    /// - Parameters:
    ///   - field: Its text.
    ///   - always: Whether it stands in quotation marks in any case.
    /// - Returns: The field as it stands in a row.
    package static func field(_ field: String, always: Bool = false) -> String {
        guard always || field.utf8.contains(where: special.contains) else { return field }
        var result = "\"".unicodeScalars
        for scalar in field.unicodeScalars {
            if scalar == "\"" { result.append(scalar) }
            result.append(scalar)
        }
        return String(result) + "\""
    }

    /// What ends fields and records, and quotes: bytes, as a mark that combines with a comma makes
    /// another character of it, but not for a reader.
    private static let special: [UInt8] = Array(",\"\n\r".utf8)

    /// A row with its line break.
    package static func line(_ fields: [String]) -> String {
        fields.map { field($0) }.joined(separator: ",") + "\n"
    }

    /// A number; nothing for what is not one.
    package static func number(_ value: Double?) -> String {
        value.map { $0.isFinite ? "\($0)" : "" } ?? ""
    }
}
