package import Documents
package import Foundation

/// A file that names tasks: a session–condition list of the field (`.json`), or a text with a
/// pattern of ids a line, where `#` begins a comment.
///
/// ```
/// # everything of p1, and one condition of all others
/// p1
/// */*/131
/// ```
package struct TaskList: Sendable, Hashable {
    /// The patterns in the order of the file.
    package let patterns: [TaskPattern]

    /// Creates a list.
    package init(patterns: [TaskPattern]) {
        self.patterns = patterns
    }

    /// Reads a list.
    ///
    /// - Parameter url: The file; JSON when its name ends in `.json`.
    /// - Returns: The list.
    /// - Throws: `DocumentError` with the line of the fault.
    package static func read(contentsOf url: URL) throws(DocumentError) -> TaskList {
        if url.pathExtension.lowercased() == "json" {
            return TaskList(patterns: try SessionConditionList.read(contentsOf: url).patterns)
        }
        let name = url.path(percentEncoded: false)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            let exists = FileManager.default.fileExists(atPath: name)
            throw DocumentError(
                .unreadable(
                    reason: exists ? "no permission or an input error" : "there is no such file"),
                document: name, position: nil, hint: "check the path")
        }
        guard data.count <= Document.byteLimit, let text = String(validating: data, as: UTF8.self)
        else {
            throw DocumentError(
                .unreadable(reason: "it is no UTF-8 text"), document: name, position: nil,
                hint: "a list of tasks has one id or pattern a line")
        }
        return try TaskList(text: text, name: name)
    }

    /// Reads a list from a text.
    ///
    /// - Parameters:
    ///   - text: One pattern a line.
    ///   - name: Its name for messages.
    /// - Throws: `DocumentError` with the line of the fault.
    package init(text: String, name: String) throws(DocumentError) {
        var patterns: [TaskPattern] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let content = line.prefix { $0 != "#" }.trimmingBlanks
            guard !content.isEmpty else { continue }
            guard let pattern = TaskPattern(content) else {
                throw DocumentError(
                    .syntax(
                        expected: "patient/session/condition or a pattern of it",
                        found: "\"\(content.prefix(80))\""), document: name,
                    position: DocumentPosition(line: index + 1, column: 1),
                    hint: "one to three parts with slashes between them")
            }
            patterns.append(pattern)
        }
        self.init(patterns: patterns)
    }

    /// The list as text, a pattern a line.
    package var text: String { patterns.map { $0.text + "\n" }.joined() }
}

extension Substring {
    fileprivate var trimmingBlanks: String {
        let front = drop { $0 == " " || $0 == "\t" }
        return String(front.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
