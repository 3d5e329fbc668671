internal import Documents

/// Where the labels of rows stand and how long they last.
package struct LabelSource: Sendable, Hashable {
    /// How long a label lasts.
    package enum Extent: String, Sendable, Hashable, CaseIterable {
        /// For its row.
        case row
        /// Until the next one.
        case untilNext = "until_next"
    }

    /// The column; `nil` for the comments behind rows.
    package internal(set) var column: DelimitedLayout.Column?
    var extent = Extent.row
    /// What cells without a label hold, beside nothing.
    var idle: [String] = []
    /// The forms of marks with which a label begins.
    var begins: [TextPattern] = []
    /// The forms of marks with which one ends.
    var ends: [TextPattern] = []
    /// The bits of a whole number that are the label.
    var mask: Int?
    /// What a voltage exceeds when a line is on.
    var above: Double?
    /// How many rows the shortest label lasts.
    var shortestRows = 1

    /// Whether each row has its own label, as it stands.
    var isPlain: Bool {
        extent == .row && begins.isEmpty && ends.isEmpty && mask == nil && above == nil
            && idle.isEmpty
    }

    static let captures: Set<String> = ["label"]
}

extension FieldFormat<LabelSource> {
    /// A column, or an object that says more.
    static var labelSource: FieldFormat {
        let column = FieldFormat<DelimitedLayout.Column>.column
        let form = FieldFormat<TextPattern>.textPattern(
            LabelSource.captures, "the text of a mark, with {label} where the label stands")
        let fields: Fields<LabelSource> = [
            Field(
                optional: "column", \.column, column,
                "Which; the comments behind rows (`row_comment`) when left out.",
                absence: .leftOut),
            Field(
                "lasts", \.extent, .choice,
                "How long a label lasts: its row, or until the next one."),
            Field(
                "idle", \.idle, .list(of: .name),
                "What cells hold, beside nothing, when there is no label."),
            Field(
                "begins", \.begins, .oneOrMore(of: form),
                "The text with which a label begins, `{label} start`; it lasts until one of `ends`, "
                    + "or the next of `begins`. Other texts are no marks."),
            Field(
                "ends", \.ends, .oneOrMore(of: form),
                "The text with which a label ends; with `{label}` it ends that label only."),
            Field(
                optional: "mask", \.mask, .integer(in: 1...(1 << 53)),
                "The bits of a whole number that are the label, moved down to the lowest of them.",
                absence: .leftOut),
            Field(
                optional: "above", \.above, .number(),
                "The label is 1 where the number is above that, else 0.", absence: .leftOut),
            Field(
                "shortest_rows", \.shortestRows, .integer(in: 1...1_000_000),
                "How many rows the shortest label lasts: while lines bounce or change one after "
                    + "another, the label before goes on."),
        ]
        let object = FieldFormat.object(fields, into: LabelSource())
        return FieldFormat(
            schema: { .either([column.schema($0), object.schema($0)]) },
            read: { cursor throws(DocumentError) in
                guard case .object = cursor.value.content else {
                    return LabelSource(column: try column.read(cursor))
                }
                let source = try object.read(cursor)
                if source.begins.isEmpty, !source.ends.isEmpty,
                    let ends = try cursor.object().optional("ends")
                {
                    throw ends.error(expected: "\"begins\" beside it", found: "\"ends\" alone")
                }
                if source.mask != nil, source.above != nil,
                    let above = try cursor.object().optional("above")
                {
                    throw above.error(
                        expected: "mask or above", found: "both",
                        hint: "a number has bits, a voltage has a threshold")
                }
                return source
            },
            write: { source in
                if let column = source.column, source == LabelSource(column: column) {
                    return FieldFormat<DelimitedLayout.Column>.column.write(column)
                }
                return object.write(source)
            })
    }
}
