internal import Documents
internal import PrintableText

extension FieldFormat<DelimitedLayout.ClockUnit> {
    /// The unit of a column of time.
    static var clockUnit: FieldFormat {
        .choice([
            "s": .seconds(1), "ms": .seconds(1e-3), "us": .seconds(1e-6), "ns": .seconds(1e-9),
            "min": .seconds(60), "h": .seconds(3_600), "days": .seconds(86_400),
            "samples": DelimitedLayout.ClockUnit.samples,
            "clock": DelimitedLayout.ClockUnit.wallClock,
        ])
    }
}

extension FieldFormat<DelimitedLayout.Blocks> {
    /// A word or a number.
    static var blocks: FieldFormat {
        let numbers = 1...1_000_000
        return FieldFormat(
            .either([
                .choice(["joined", "each"]),
                .integer(minimum: numbers.lowerBound, maximum: numbers.upperBound),
            ]),
            read: { cursor throws(DocumentError) in
                if case .integer = cursor.value.content {
                    return .number(try cursor.integer(in: numbers))
                }
                return try cursor.choice([("joined", .joined), ("each", .each)])
            },
            write: { blocks in
                switch blocks {
                case .joined: .string("joined")
                case .each: .string("each")
                case .number(let number): .integer(number)
                }
            })
    }
}

extension FieldFormat<TextPattern> {
    /// A pattern for a line, or nothing for a blank one.
    static var lineOrBlank: FieldFormat {
        FieldFormat(
            .text,
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                // Blanks fit a line with nothing else in it.
                guard let pattern = TextPattern(text.isEmpty ? " " : text, captures: []) else {
                    throw cursor.error(expected: "the text of a line, with * for any text in it")
                }
                return pattern
            },
            write: { .string($0.text == " " ? "" : $0.text) })
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
struct ColumnRange: Described {
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
