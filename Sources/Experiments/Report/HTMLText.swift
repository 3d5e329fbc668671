private import PrintableText

/// Pieces of a page; every text from files is escaped here.
enum HTMLText {
    /// A text as it stands between tags and in attributes.
    static func escaped(_ text: String, limit: Int = 400) -> String {
        var result = ""
        for scalar in text.printable(limit: limit).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A table that scrolls in itself.
    ///
    /// - Parameters:
    ///   - rows: The head and the rows; the first cell of each row is its title.
    ///   - label: What it is, for screen readers.
    /// - Returns: The table.
    static func table(_ rows: [[String]], label: String) -> String {
        guard let head = rows.first else { return "" }
        // A column of numbers stands to the right.
        let isNumeric = head.indices.map { column in
            column > 0
                && rows.dropFirst().allSatisfy { row in
                    row[column].first.map { "+−–<0123456789".contains($0) } ?? true
                }
        }
        func cell(_ text: String, _ column: Int, _ tag: String, _ scope: String = "") -> String {
            let style = isNumeric[column] ? " class=\"n\"" : ""
            return "<\(tag)\(scope)\(style)>\(escaped(text))</\(tag)>"
        }
        var text = """
            <div class="scroll" role="region" tabindex="0" aria-label="\(escaped(label))"><table>
            <thead><tr>
            """
        text += head.enumerated().map { cell($1, $0, "th", " scope=\"col\"") }.joined()
        text += "</tr></thead><tbody>\n"
        for row in rows.dropFirst() {
            text += "<tr>"
            for (column, value) in row.enumerated() {
                text +=
                    column == 0
                    ? cell(value, column, "th", " scope=\"row\"") : cell(value, column, "td")
            }
            text += "</tr>\n"
        }
        return text + "</tbody></table></div>\n"
    }

    /// What is shown when it is asked for, or until it is closed.
    static func details(
        _ summary: String, _ content: String, style: String = "", isOpen: Bool = false
    ) -> String {
        let attribute = (style.isEmpty ? "" : " class=\"\(style)\"") + (isOpen ? " open=\"\"" : "")
        return "<details\(attribute)><summary>\(escaped(summary))</summary>\n\(content)</details>\n"
    }
}
