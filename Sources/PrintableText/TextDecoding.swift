/// Decodes the texts of one file, piece by piece, in one encoding.
///
/// Somebody may have declared the encoding. When nobody did, the first text that is not ASCII
/// tells: it is UTF-8, or it is Windows-1252, which has the characters of ISO 8859-1. A file in
/// which a later text says otherwise is refused, so that no name is read in two ways; bytes that
/// nobody asks for, in comments and unused columns, do not matter.
package struct TextDecoding: Sendable, Hashable {
    /// Texts of one file contradict each other, or what was declared.
    package struct Conflict: Error, Hashable {
        /// What the text should be.
        package let expected: String
        /// What it is.
        package let found: String
        /// What to do.
        package let hint: String
    }

    /// What was declared; `nil` for nothing.
    package let declared: TextEncoding?
    /// What texts beyond ASCII were read as; `nil` while there were none.
    package private(set) var found: TextEncoding?
    /// The line of the first of them, from 1.
    package private(set) var line = 0

    /// Starts a file.
    ///
    /// - Parameter declared: Its encoding; UTF-16 for a file that is turned into UTF-8 while it is
    ///   read.
    package init(declared: TextEncoding?) {
        self.declared = declared
    }

    /// Decodes a text.
    ///
    /// - Parameters:
    ///   - bytes: The text, whole.
    ///   - line: The line it stands on, from 1.
    /// - Returns: The text.
    /// - Throws: ``Conflict`` when it is of another encoding than the file.
    package mutating func decode(
        _ bytes: ArraySlice<UInt8>, line: Int
    ) throws(Conflict) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            return TextEncoding.utf8.decode(bytes) ?? ""
        }
        let utf8 = TextEncoding.utf8.decode(bytes)
        switch declared {
        case .utf8, .utf16:
            guard let utf8 else {
                throw Conflict(
                    expected: "text in UTF-8, as is declared", found: "bytes that are none",
                    hint: "say \"encoding: cp1252\" in the template if it comes from Windows")
            }
            return utf8
        case let encoding?: return encoding.decode(bytes) ?? ""
        case nil: break
        }
        let isUTF8 = utf8 != nil
        guard found == nil || (found == .utf8) == isUTF8 else {
            throw Conflict(
                expected: "text in one encoding",
                found: "\(isUTF8 ? "bytes that are not" : "text in") UTF-8 in line \(self.line) "
                    + "and \(isUTF8 ? "text in" : "bytes that are not") UTF-8 here",
                hint: "say which it is in a template: \"encoding: utf-8\" or \"encoding: cp1252\"")
        }
        if found == nil { self.line = line }
        if let utf8 {
            found = .utf8
            return utf8
        }
        // Where ISO 8859-1 has controls, Windows has characters; the others are the same.
        if found != .windows1252 {
            found = bytes.contains { 0x80..<0xA0 ~= $0 } ? .windows1252 : .latin1
        }
        return TextEncoding.windows1252.decode(bytes) ?? ""
    }

    /// What was assumed of a file that is not UTF-8 and whose encoding nobody declared; `nil` when
    /// nothing was.
    package var assumption: String? {
        guard declared == nil, let found, found != .utf8 else { return nil }
        return "the text is not UTF-8 and is read as \(found.title); "
            + "\"encoding\" in a template says another"
    }
}
