internal import Documents
internal import Foundation

extension FieldFormat<TaskPattern> {
    /// A task's id or a pattern of ids.
    static var taskPattern: FieldFormat {
        FieldFormat<String>.name.mapped(
            { text, cursor throws(DocumentError) in
                guard let pattern = TaskPattern(text) else {
                    throw cursor.error(
                        expected: "patient/session/condition or a pattern of it",
                        hint: "one to three parts with slashes between them")
                }
                return pattern
            }, back: { (pattern: TaskPattern) in pattern.text })
    }
}

/// A file of tasks in a list of patterns.
private struct TaskFile: Described {
    var path = ""

    static let fields: Fields<Self> = [
        Field(
            "file", \.path, .text,
            "A session-condition list (.json) or a text with a pattern a line, beside the document.",
            isRequired: true)
    ]
}

extension FieldFormat<[TaskPattern]> {
    /// Patterns of ids, among them `{file: …}` for those of a file.
    ///
    /// - Parameter atLeastOne: Whether there must be one.
    /// - Returns: The format.
    static func taskPatterns(atLeastOne: Bool = false) -> FieldFormat {
        FieldFormat(
            schema: {
                .list(
                    of: .either([
                        FieldFormat<TaskPattern>.taskPattern.schema($0),
                        .object(TaskFile.schema(with: $0)),
                    ]), count: (atLeastOne ? 1 : 0) ... .max, isUnique: false)
            },
            read: { list throws(DocumentError) in
                var patterns: [TaskPattern] = []
                for element in try list.array() {
                    guard case .object = element.value.content else {
                        patterns.append(try FieldFormat<TaskPattern>.taskPattern.read(element))
                        continue
                    }
                    let folder = URL(filePath: list.document).deletingLastPathComponent()
                    let url = URL(filePath: try TaskFile(element).path, relativeTo: folder)
                    patterns += try TaskList.read(contentsOf: url.absoluteURL).patterns
                }
                guard !patterns.isEmpty || !atLeastOne else {
                    throw list.error(expected: "at least one name")
                }
                return patterns
            },
            write: { patterns in
                DocumentValue(.array(patterns.map(FieldFormat<TaskPattern>.taskPattern.write)))
            })
    }
}
