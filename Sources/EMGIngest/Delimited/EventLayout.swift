internal import Documents
internal import Foundation

/// Where a table of events stands, whose labels the rows of delimited text have.
package struct EventLayout: Sendable, Hashable {
    /// The name of a file beside the text, with `{name}` for the text's own; `nil` for a table in
    /// the text itself.
    var file: String?
    /// The line of the text that names the columns of the table.
    var startsAt: [TextPattern] = []
    /// Which columns mean what.
    var table = LabelTableLayout()
    /// Whether times are those of the column of times, and do not count from the first row.
    var isOnClock = false
    /// Whether the file is a table of BIDS.
    var isBIDS = false

    /// The file beside another one; `nil` when it is not there, or the table is in the text.
    func url(beside text: URL) -> URL? {
        guard let file else { return nil }
        let name = text.deletingPathExtension().lastPathComponent
        let url = text.deletingLastPathComponent().appending(
            path: file.replacing("{name}", with: name))
        return FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) ? url : nil
    }
}

extension FieldFormat<EventLayout> {
    /// The name of a file in the form of BIDS, or an object that says more.
    static var eventLayout: FieldFormat {
        let fields: Fields<EventLayout> = [
            Field(
                optional: "file", \.file, .sideFile,
                "The name of a file in the same folder, `{name}` being that of the text without its "
                    + "extension.", absence: .leftOut),
            Field(
                "starts_at", \.startsAt, .oneOrMore(of: .line),
                "In place of `file`: the line of the text itself that names the columns of the "
                    + "table, which ends with a blank line."),
            Field(
                optional: "onset", \.table.onset, .name,
                "The column of begins; found by its name when left out, like the others.",
                absence: .leftOut),
            Field(
                optional: "duration", \.table.duration, .name, "The column of durations.",
                absence: .leftOut),
            Field(
                optional: "end", \.table.end, .name, "The column of ends, in place of durations.",
                absence: .leftOut),
            Field(
                optional: "label", \.table.label, .name, "The column of labels.",
                absence: .leftOut),
            Field(
                optional: "unit", \.table.unit, .choice,
                "What times are counted in; what the names of the columns say, or seconds, when "
                    + "left out. `samples` are rows.", absence: .leftOut),
            Field(
                "on_clock", \.isOnClock, .boolean,
                "Whether times are those of the text's column of times, and do not count from its "
                    + "first row."),
        ]
        let object = FieldFormat.object(fields, into: EventLayout())
        let name = FieldFormat<String>.sideFile
        return FieldFormat(
            schema: { .either([name.schema($0), object.schema($0)]) },
            read: { cursor throws(DocumentError) in
                guard case .object = cursor.value.content else {
                    return EventLayout(file: try name.read(cursor), isBIDS: true)
                }
                let layout = try object.read(cursor)
                guard (layout.file == nil) != layout.startsAt.isEmpty else {
                    throw cursor.error(
                        expected: "file or starts_at",
                        found: layout.file == nil ? "neither" : "both")
                }
                if layout.table.duration != nil, layout.table.end != nil,
                    let end = try cursor.object().optional("end")
                {
                    throw end.error(expected: "duration or end", found: "both")
                }
                return layout
            },
            write: { layout in
                layout.isBIDS ? .string(layout.file ?? "") : object.write(layout)
            })
    }
}

extension FieldFormat<String> {
    /// The name of a file in the same folder.
    static var sideFile: FieldFormat {
        FieldFormat(
            .form(TextForm("name of a file", pattern: "^[^/\\\\]*[^/\\\\.][^/\\\\]*$")),
            read: { cursor throws(DocumentError) in
                let name = try cursor.string()
                guard !name.contains(where: { "/\\".contains($0) }),
                    name.contains(where: { $0 != "." })
                else {
                    throw cursor.error(
                        expected: "the name of a file in the same folder, such as "
                            + "{name}_events.tsv")
                }
                return name
            },
            write: { .string($0) })
    }
}
