/// Words as a shell reads them.
package enum ShellText {
    /// A word that a POSIX shell reads as this text, whatever characters it has.
    ///
    /// - Parameter text: The text; a NUL, which no argument can have, ends nothing here.
    /// - Returns: The text itself where that is plain, else in single quotes.
    package static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                        || "@%+=:,./_-".unicodeScalars.contains(scalar))
            }
        guard !isPlain else { return text }
        return "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }

    /// A command as a line.
    package static func line(_ words: [String]) -> String {
        words.map(quoted).joined(separator: " ")
    }
}
