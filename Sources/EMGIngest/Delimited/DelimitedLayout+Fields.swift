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
            "header_rows", \.headerRows, .list(of: .choice),
            "What the rows of the header are, in place of `header` and `skip_rows`: `names`, "
                + "`groups` (names that hold until the next one, before `names`), `units`, "
                + "`rates_hz`, `rate_hz` (one for all), `counts` (of samples), `skip`, and as the "
                + "last one `text` (whatever comes before the first row of numbers)."),
        Field(
            "name_form", \.nameForms,
            .oneOrMore(
                of: .textPattern(
                    ["name", "unit"],
                    "the form of a name, such as \"{name} ({unit})\", with text between the two",
                    isGreedy: true)),
            "The form of the names of columns, such as `{name} ({unit})`; of several the first that "
                + "fits. A name that fits none is taken as it is."),
        Field(
            "preamble", \.preamble, .choice,
            "What stands before the table: lines of `comment`; `text`, lines of any kind up to the "
                + "first row of numbers and its header; the header of OpenSignals; the list of "
                + "signals of Delsys' EMGworks (Trigno); or the head of AcqKnowledge."),
        Field(object: "stated", \.stated, "What the lines before the table say."),
        Field(
            "starts_at", \.startsAt, .oneOrMore(of: .line),
            "The first line of the table, or of what stands before its header with `preamble: "
                + "text`: a pattern; of several any. Lines before it are no rows."),
        Field(
            "ends_at", \.endsAt, .oneOrMore(of: .lineOrBlank),
            "A line behind the table, with which reading ends: a pattern, or `\"\"` for a blank "
                + "line; of several any."),
        Field(
            optional: "blocks", \.blocks, .blocks,
            "What becomes of a table that begins again (`starts_at`): `joined`, one recording that "
                + "is cut where they join; `each`, a recording each; or a number, that one only. "
                + "Refused when left out.", absence: .leftOut),
        Field(
            optional: "block_column", \.blockColumn, .column,
            "A column, such as that of trials: where its value changes another block of `blocks` "
                + "begins.", absence: .leftOut),
        Field(
            optional: "row_comment", \.rowComment, .text,
            "How a comment behind the cells of a row begins.", absence: .leftOut),
        Field(
            "channels", \.channels, .columns,
            "The columns of samples; all that are nothing else when left out. A pattern with `*` "
                + "may fit nothing where another fits."),
        Field(
            "ignore", \.ignored, .columns,
            "Columns that nobody needs; those that are not there do not matter."),
        Field(
            "extra_cells", \.ignoresExtraCells, .choice(["refuse": false, "ignore": true]),
            "What becomes of cells behind the last column."),
        Field(
            "scale", \.scale, .oneOrMore(of: .number()),
            "What numbers are multiplied by; one for all or one for each channel."),
        Field("offset", \.offset, .oneOrMore(of: .number()), "What is added then."),
        Field(
            optional: "thousands", \.thousands, .choice,
            "What stands between thousands.", absence: .leftOut),
        Field(
            "missing", \.missing, .list(of: .name),
            "What cells hold, beside nothing and `nan`, when a value is missing."),
        Field(
            optional: "time", \.clock,
            .object(
                [
                    Field(
                        optional: "column", \.column, .column,
                        "Which; of several that a pattern fits the first.", absence: .leftOut),
                    Field(
                        "columns", \.columns, .columns,
                        "In place of `column`: a column of time for each channel or group of "
                            + "channels, which are those between it and the next. Channels of other "
                            + "rates are parts of their own."),
                    Field(
                        optional: "unit", \.unit, .clockUnit,
                        "The unit of its numbers, by default what the header says, else `s`; "
                            + "`days` as Excel counts them, `samples` for their number, `clock` for "
                            + "a time of day with or without the date.", absence: .leftOut),
                ], into: Clock()),
            "The column of time stamps, or several.", absence: .leftOut),
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
            optional: "label", \.labels, .labelSource,
            "The column of labels, or an object that says how they stand there. A pattern with `*` "
                + "may fit nothing: then there are none.", absence: .leftOut),
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
            optional: "events", \.events, .eventLayout,
            "A table of events, whose labels the rows have: the name of a file beside this one in "
                + "the form of BIDS (`onset`, `duration`, `trial_type`), `{name}` being the name of "
                + "the file without its extension, as in `{name}_events.tsv`; or an object for "
                + "tables of other forms and for one in the file itself. A file without one has no "
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
                    Field(
                        "lines", \.lines, .oneOrMore(of: .line),
                        "Patterns of lines near the beginning, all of which are there."),
                ], into: Signature()),
            "How such files are known without being named.", absence: .leftOut),
    ]
}
