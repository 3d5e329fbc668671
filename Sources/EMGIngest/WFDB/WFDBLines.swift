internal import Foundation
internal import PrintableText

/// The lines of a header that are not blank, comments set apart.
struct WFDBLines {
    /// The comments met so far, without their marks.
    private(set) var comments: [String] = []

    private let lines: [Substring]
    private var position = 0

    init(_ bytes: [UInt8]) {
        lines = ForeignText.decode(bytes).split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// The next line that says something, and its number.
    mutating func next() -> (text: Substring, line: Int)? {
        while position < lines.count {
            let text = lines[position].drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
            position += 1
            if text.first == "#" {
                let comment = text.drop { $0 == "#" || $0 == " " || $0 == "\t" }
                if !comment.isEmpty { comments.append(String(comment)) }
            } else if text.contains(where: { $0 != " " && $0 != "\t" }) {
                return (text, position)
            }
        }
        return nil
    }
}
