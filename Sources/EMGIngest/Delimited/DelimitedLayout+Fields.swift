package import Documents
internal import PrintableText

extension DelimitedLayout: Described {
    /// The members in a template.
    package static let fields: Fields<Self> = [
        Field(
            optional: "encoding", \.encoding,
            .choice([
                "utf-8": .utf8, "utf-16": .utf16, "iso-8859-1": .latin1, "latin-1": .latin1,
                "cp1252": .windows1252, "windows-1252": .windows1252, "cp437": .codePage437,
                "mac-roman": TextEncoding.macRoman,
            ]),
            "The encoding of the text; when left out, UTF-8, UTF-16 with its byte order mark, or "
                + "else Windows-1252 with a warning.", absence: .leftOut),
        Field(
            "delimiter", \.delimiter,
            .choice([
                "auto": .automatic, "comma": .byte(UInt8(ascii: ",")),
                "tab": .byte(UInt8(ascii: "\t")), "semicolon": .byte(UInt8(ascii: ";")),
                "blanks": Delimiter.blanks,
            ]),
            "What stands between columns; `blanks` is any number of blanks and tabs, `auto` what "
                + "the first line with numbers tells."),
        Field(
            "decimal", \.decimalMark, .choice,
            "What stands before decimals; `auto` is a comma when the first row has commas inside "
                + "its cells and no point."),
        Field(
            optional: "comment", \.comment, .text, "Lines that begin with it are left out.",
            absence: .leftOut),
        Field(
            "skip_lines", \.skippedLines, .integer(in: 0...100_000),
            "How many lines stand before the table."),
        Field("header", \.hasHeader, .boolean, "Whether the first line names the columns."),
        Field(
            "skip_rows", \.skippedRows, .integer(in: 0...1_000),
            "How many rows behind the header hold units, counts or the like and no samples."),
        Field(
            "preamble", \.preamble, .choice,
            "What stands before the table: lines of `comment`, the header of OpenSignals, or the "
                + "list of signals of Delsys' EMGworks (Trigno)."),
        Field(
            "channels", \.channels, .columns,
            "The columns of samples; all that are nothing else when left out. A pattern with `*` "
                + "may fit nothing where another fits."),
        Field(
            "missing", \.missing, .list(of: .name),
            "What cells hold, beside nothing and `nan`, when a value is missing."),
        Field(
            optional: "time", \.clock,
            .object(
                [
                    Field("column", \.column, .column, "Which.", isRequired: true),
                    Field("unit", \.unit, .timeUnit, "The unit of its numbers."),
                ], into: Clock()),
            "The column of time stamps.", absence: .leftOut),
        Field(
            optional: "counter", \.sampleCounter,
            .object(
                [
                    Field("column", \.column, .column, "Which.", isRequired: true),
                    Field(
                        optional: "bits", \.bits, .integer(in: 1...62),
                        "How many bits it has before it wraps; the numbers tell when left out.",
                        absence: .leftOut),
                ], into: Counter()),
            "A counter of samples that wraps: what is missing is found by it.",
            absence: .leftOut),
        Field(
            optional: "label", \.label, .column, "The column of labels.", absence: .leftOut),
        Field(
            "targets", \.targets,
            TemplateTarget.format(
                "columns", .columns, "Its columns; an empty cell is unknown."),
            "Continuous quantities to be inferred from the samples, such as joint angles."),
        Field(
            "pieces", \.isPieces, .choice(["none": false, "folder": true]),
            "`folder`: all files of a folder that the path fits are one recording."),
        Field(
            optional: "class_file", \.classFile, .name,
            "A file beside the pieces that names the classes, as LibEMG writes it.",
            absence: .leftOut),
        Field(
            optional: "events", \.events, .sideFile,
            "A table of events beside the file in the form of BIDS (`onset`, `duration`, "
                + "`trial_type`), whose labels the rows have; `{name}` is the name of the file "
                + "without its extension, as in `{name}_events.tsv`. A file without one has no "
                + "labels.", absence: .leftOut),
        Field(
            "whole_lines", \.hasWholeLinesOnly, .boolean,
            "Whether a last line without a line end is left out: a program that writes while it "
                + "records may be stopped within one."),
        Field(
            optional: "recognize", \.signature,
            .object(
                [
                    Field(
                        "begins", \.begins, .oneOrMore(of: .text),
                        "How the text begins; of several any."),
                    Field(
                        "header", \.header, .list(of: .name),
                        "Columns that the header line has, in any order."),
                ], into: Signature()),
            "How such files are known without being named.", absence: .leftOut),
    ]

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if preamble == .trigno, !targets.isEmpty, let list = object.optional("targets") {
            throw list.error(
                expected: "no targets", hint: "signals of EMGworks have rates of their own")
        }
        if let cursor = object.optional("events"), label != nil || isPieces {
            throw cursor.error(
                expected: "no events",
                hint: label != nil
                    ? "labels are in a column or in a table of events, not in both"
                    : "pieces of a folder have their labels in their names")
        }
    }
}

extension FieldFormat<String> {
    /// The name of a file in the same folder.
    fileprivate static var sideFile: FieldFormat {
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

extension FieldFormat<DelimitedLayout.Column> {
    private static var place: ValueSchema { .integer(minimum: 1, maximum: 100_000) }

    /// A column by name or by number.
    static var column: FieldFormat {
        FieldFormat(
            .either([.text, place]),
            read: { cursor throws(DocumentError) in
                if case .integer = cursor.value.content {
                    return .number(try cursor.integer(in: 1...100_000))
                }
                return .named(try cursor.name())
            },
            write: { column in
                switch column {
                case .named(let name): .string(name)
                case .number(let number): .integer(number)
                }
            })
    }
}

extension FieldFormat<[DelimitedLayout.Column]> {
    /// Columns by names, patterns, numbers and ranges of numbers: one of them or a list.
    static var columns: FieldFormat {
        let column = FieldFormat<DelimitedLayout.Column>.column
        let either = FieldFormat(
            schema: { .either([column.schema($0), .object(ColumnRange.schema(with: $0))]) },
            read: { cursor throws(DocumentError) in
                guard case .object = cursor.value.content else { return [try column.read(cursor)] }
                return try ColumnRange(cursor).columns
            },
            write: { .array($0.map(column.write)) })
        let lists = FieldFormat<[[DelimitedLayout.Column]]>.oneOrMore(of: either)
        return FieldFormat(
            schema: lists.schema,
            read: { cursor throws(DocumentError) in try lists.read(cursor).flatMap(\.self) },
            write: either.write)
    }
}

/// Columns from one number to another.
private struct ColumnRange: Described {
    var first = 1
    var last = 1

    static let fields: Fields<Self> = [
        Field("from", \.first, .integer(in: 1...100_000), "The first.", isRequired: true),
        Field(
            "to", schema: { _ in .integer(minimum: 1, maximum: 100_000) }, "The last.",
            isRequired: true,
            read: { cursor, range throws(DocumentError) in
                range.last = try cursor.integer(in: range.first...100_000)
            }, write: { .integer($0.last) }),
    ]

    var columns: [DelimitedLayout.Column] { (first...last).map { .number($0) } }
}
