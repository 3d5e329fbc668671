package import Documents
package import PrintableText

/// How delimited text is laid out.
package struct DelimitedLayout: Sendable, Hashable {
    /// What stands between columns.
    package enum Delimiter: Sendable, Hashable {
        /// One byte.
        case byte(UInt8)
        /// Any number of blanks and tabs.
        case blanks
        /// The first line with numbers tells: tab, semicolon, comma or blanks.
        case automatic
    }

    /// Which column is meant.
    package enum Column: Sendable, Hashable, CustomStringConvertible {
        /// By name, `*` for any text and `?` for one character, blanks and case ignored.
        case named(String)
        /// By number, from 1.
        case number(Int)

        package var description: String {
            switch self {
            case .named(let name): name
            case .number(let number): "column \(number)"
            }
        }
    }

    /// What stands before the table.
    package enum Preamble: Sendable, Hashable {
        /// Lines that begin with the comment mark, if any.
        case comments
        /// The header of OpenSignals: comments, the second one JSON.
        case openSignals
        /// The list of signals that Delsys' EMGworks writes, a time column for each signal.
        case trigno
    }

    /// How such files are known without being named.
    package struct Signature: Sendable, Hashable {
        /// How the text may begin; empty when that does not say.
        package let begins: [String]
        /// Columns that the header line must have, in any order; empty when that does not say.
        package let header: [String]
    }

    /// What numbers have before their decimals.
    package enum DecimalMark: Sendable, Hashable {
        case point
        case comma
        /// A comma when the first row has commas inside its cells and no point.
        case automatic
    }

    /// The encoding of the text; `nil` to find it out.
    package let encoding: TextEncoding?
    package let delimiter: Delimiter
    package let decimalMark: DecimalMark
    package let comment: String?
    package let skippedLines: Int
    package let hasHeader: Bool
    /// How many rows behind the header hold units, counts or the like and no samples.
    package let skippedRows: Int
    /// What cells hold, beside nothing and `nan`, when a value is missing.
    package let missingTokens: Set<[UInt8]>
    package let preamble: Preamble
    package let channels: [Column]
    package let time: Column?
    /// Seconds in one unit of the time column.
    package let timeUnit: Double
    package let counter: Column?
    /// How many bits it has before it wraps; `nil` when the numbers themselves tell.
    package let counterBits: Int?
    package let label: Column?
    /// Columns that are continuous quantities to be inferred from the samples.
    package let targets: [TemplateTarget<Column>]
    /// Whether all files of a folder that the path fits are one recording.
    package let isPieces: Bool
    /// A file beside the pieces that names the classes, as LibEMG writes it.
    package let classFile: String?
    package let signature: Signature?

    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "encoding", "delimiter", "decimal", "comment", "skip_lines", "header", "skip_rows",
            "preamble", "channels", "missing", "time", "counter", "label", "targets", "pieces",
            "class_file", "recognize",
        ])
        encoding = try object.optional("encoding")?.choice([
            "utf-8": .utf8, "utf-16": .utf16, "iso-8859-1": .latin1, "latin-1": .latin1,
            "cp1252": .windows1252, "windows-1252": .windows1252, "cp437": .codePage437,
            "mac-roman": TextEncoding.macRoman,
        ])
        delimiter =
            try object.optional("delimiter")?.choice([
                "comma": .byte(UInt8(ascii: ",")), "tab": .byte(UInt8(ascii: "\t")),
                "semicolon": .byte(UInt8(ascii: ";")), "blanks": .blanks,
                "auto": Delimiter.automatic,
            ]) ?? .automatic
        decimalMark =
            try object.optional("decimal")?.choice([
                "point": .point, "comma": .comma, "auto": DecimalMark.automatic,
            ]) ?? .point
        comment = try object.optional("comment")?.string()
        skippedLines = try object.optional("skip_lines")?.integer(in: 0...100_000) ?? 0
        hasHeader = try object.optional("header")?.boolean() ?? true
        skippedRows = try object.optional("skip_rows")?.integer(in: 0...1_000) ?? 0
        var tokens: Set<[UInt8]> = []
        for token in try object.optional("missing")?.array() ?? [] {
            tokens.insert(Array(try token.name().utf8))
        }
        missingTokens = tokens
        preamble =
            try object.optional("preamble")?.choice([
                "comments": Preamble.comments, "opensignals": .openSignals, "trigno": .trigno,
            ]) ?? .comments
        channels = try Self.columns(object.optional("channels"))
        let time = try object.optional("time")?.object(allowing: ["column", "unit"])
        self.time = try time.map { (time) throws(DocumentError) in
            try Self.column(time.required("column"))
        }
        timeUnit = try time?.optional("unit")?.timeUnit() ?? 1
        let counter = try object.optional("counter")?.object(allowing: ["column", "bits"])
        self.counter = try counter.map { (counter) throws(DocumentError) in
            try Self.column(counter.required("column"))
        }
        counterBits = try counter?.optional("bits")?.integer(in: 1...62)
        label = try object.optional("label").map { (cursor) throws(DocumentError) in
            try Self.column(cursor)
        }
        targets = try TemplateTarget.all(object.optional("targets"), "columns") {
            (cursor) throws(DocumentError) in try Self.columns(cursor)
        }
        if preamble == .trigno, let targets = object.optional("targets") {
            throw targets.error(
                expected: "no targets", hint: "signals of EMGworks have rates of their own")
        }
        isPieces = try object.optional("pieces")?.choice(["folder": true, "none": false]) ?? false
        classFile = try object.optional("class_file")?.name()
        signature = try object.optional("recognize").map { (cursor) throws(DocumentError) in
            let object = try cursor.object(allowing: ["begins", "header"])
            var header: [String] = []
            if let list = object.optional("header") {
                for name in try list.array() { header.append(try name.name()) }
            }
            return Signature(begins: try Self.texts(object.optional("begins")), header: header)
        }
    }

    /// A text or a list of texts.
    private static func texts(_ cursor: DocumentCursor?) throws(DocumentError) -> [String] {
        guard let cursor else { return [] }
        guard case .array = cursor.value.content else { return [try cursor.string()] }
        var texts: [String] = []
        for text in try cursor.array() { texts.append(try text.string()) }
        return texts
    }

    private static func columns(_ cursor: DocumentCursor?) throws(DocumentError) -> [Column] {
        guard let cursor else { return [] }
        var list = [cursor]
        if case .array = cursor.value.content { list = try cursor.array() }
        var result: [Column] = []
        for entry in list {
            if case .object = entry.value.content {
                let range = try entry.object(allowing: ["from", "to"])
                let first = try range.required("from").integer(in: 1...100_000)
                let last = try range.required("to").integer(in: first...100_000)
                result += (first...last).map { .number($0) }
            } else {
                result.append(try column(entry))
            }
        }
        return result
    }

    private static func column(_ cursor: DocumentCursor) throws(DocumentError) -> Column {
        if case .integer = cursor.value.content {
            return .number(try cursor.integer(in: 1...100_000))
        }
        return .named(try cursor.name())
    }
}
