package import Documents

/// What the lines before a table say, by their words.
///
/// Each is found under a key — `key: value`, `key=value`, a first cell, a member of JSON, or a key
/// above its value — or by the form of a whole line, with `{}` where the value stands.
package struct StatedLayout: Described, Hashable {
    /// The sampling rate in hertz.
    var rate: [String] = []
    /// The time between samples, with its unit; seconds when it has none.
    var interval: [String] = []
    /// The unit of all samples.
    var unit: [String] = []
    /// The names of the columns, as many as there are.
    var names: [String] = []
    /// The units of the columns, as many as there are.
    var units: [String] = []
    /// The sampling rates of the columns in hertz, as many as there are.
    var rates: [String] = []
    /// The form of a line for each channel.
    var channel: TextPattern?
    /// How many rows there are.
    var rows: [String] = []

    /// Nothing is stated.
    package init() {}

    package static let fields: Fields<Self> = [
        Field("rate_hz", \.rate, .statements, "The sampling rate in hertz."),
        Field(
            "interval", \.interval, .statements,
            "The time between samples, with its unit behind it: `0.5 msec`; seconds without one."),
        Field("unit", \.unit, .statements, "The unit of all samples."),
        Field(
            "names", \.names, .statements,
            "The names of the columns, divided like rows; the first is that of the first column."),
        Field("units", \.units, .statements, "The units of the columns, likewise."),
        Field(
            "rates_hz", \.rates, .statements,
            "The sampling rates of the columns in hertz, likewise."),
        Field(
            optional: "channel", \.channel,
            .textPattern(
                ["name", "unit", "rate_hz"],
                "the form of a line with {name}, and {unit} and {rate_hz} where they stand there"),
            "The form of a line for each channel, `Channel *: {name}, {rate_hz} Hz`, in the order of "
                + "the last columns.", absence: .leftOut),
        Field("rows", \.rows, .statements, "How many rows there are; another number is told."),
    ]

    /// Whether anything is.
    var isEmpty: Bool { self == StatedLayout() }
}

extension FieldFormat<[String]> {
    /// Keys or forms of lines, of which the first that is there counts.
    fileprivate static var statements: FieldFormat {
        let one = FieldFormat<String>.name.mapped(
            { text, cursor throws(DocumentError) in
                guard !text.contains("{") || TextPattern(text, captures: [""]) != nil,
                    !text.isEmpty
                else {
                    throw cursor.error(
                        expected: "a key, or the form of a line with {} where the value stands")
                }
                return text
            }, back: { $0 })
        return .oneOrMore(of: one)
    }
}

extension FieldFormat<TextPattern> {
    /// A pattern for a text.
    ///
    /// - Parameters:
    ///   - captures: The names that captures may have.
    ///   - expected: What must stand there, for errors.
    ///   - isGreedy: Whether captures end as late as they may.
    /// - Returns: The format.
    static func textPattern(
        _ captures: Set<String>, _ expected: String, isGreedy: Bool = false
    ) -> FieldFormat {
        FieldFormat(
            .form(TextForm("pattern", length: 1 ... .max)),
            read: { cursor throws(DocumentError) in
                guard
                    let pattern = TextPattern(
                        try cursor.name(), captures: captures, isGreedy: isGreedy)
                else {
                    throw cursor.error(expected: expected)
                }
                return pattern
            },
            write: { .string($0.text) })
    }

    /// A pattern for a line: `*` and `?` and plain characters.
    static var line: FieldFormat {
        textPattern([], "the text of a line, with * for any text in it")
    }
}
