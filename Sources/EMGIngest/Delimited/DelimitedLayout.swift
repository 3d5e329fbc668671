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
    package enum Preamble: String, Sendable, Hashable, CaseIterable {
        /// Lines that begin with the comment mark, if any.
        case comments
        /// Lines of any kind, up to the first row of numbers and its header.
        case text
        /// The head of AcqKnowledge: the interval, the number of channels, a name and a unit each.
        case acqKnowledge = "acqknowledge"
        /// The header of OpenSignals: comments, the second one JSON.
        case openSignals = "opensignals"
        /// The list of signals that Delsys' EMGworks writes, a time column for each signal.
        case trigno
    }

    /// How such files are known without being named.
    package struct Signature: Sendable, Hashable {
        /// How the text may begin; empty when that does not say.
        package var begins: [String] = []
        /// Columns that the header line must have, in any order; empty when that does not say.
        package var header: [String] = []
        /// Lines that must be there, in any order; empty when that does not say.
        package internal(set) var lines: [TextPattern] = []
    }

    /// What becomes of a table that begins again.
    package enum Blocks: Sendable, Hashable {
        /// All are one recording, which is cut where they join.
        case joined
        /// Each is a recording.
        case each
        /// The one of that number, from 1.
        case number(Int)
    }

    /// What stands between thousands.
    package enum ThousandsMark: String, Sendable, Hashable, CaseIterable {
        case comma, point, apostrophe, blank
    }

    /// The unit of times.
    package enum ClockUnit: Sendable, Hashable {
        /// So many seconds.
        case seconds(Double)
        /// Numbers of samples.
        case samples
        /// The time of day, with or without the date.
        case wallClock
    }

    /// What numbers have before their decimals.
    package enum DecimalMark: String, Sendable, Hashable, CaseIterable {
        case point
        case comma
        /// A comma when the first row has commas inside its cells and no point.
        case automatic = "auto"
    }

    /// The column of time stamps, or one for each channel or group of channels.
    struct Clock: Sendable, Hashable {
        /// The column.
        var column: Column?
        /// Columns, each for the channels between it and the next.
        var columns: [Column] = []
        /// The unit of their numbers; `nil` for what the header says, else seconds.
        var unit: ClockUnit?
    }

    /// A counter of samples.
    struct Counter: Sendable, Hashable {
        /// The column.
        var column = Column.number(1)
        /// How many bits it has before it wraps; `nil` when the numbers themselves tell.
        var bits: Int?
    }

    /// The encoding of the text; `nil` to find it out.
    package internal(set) var encoding: TextEncoding?
    package internal(set) var delimiter = Delimiter.automatic
    package internal(set) var decimalMark = DecimalMark.point
    package internal(set) var comment: String?
    package internal(set) var skippedLines = 0
    package internal(set) var hasHeader = true
    /// How many rows behind the header hold units, counts or the like and no samples.
    package internal(set) var skippedRows = 0
    /// What cells hold, beside nothing and `nan`, when a value is missing.
    var missing: [String] = []
    /// What the rows of the header are; empty for names, or nothing without a header.
    var headerRows: [HeaderRow] = []
    /// The forms of the names of columns, with `{name}` and `{unit}`.
    var nameForms: [TextPattern] = []
    package internal(set) var preamble = Preamble.comments
    /// What the lines before the table say.
    var stated = StatedLayout()
    /// How the first line of the table begins; empty for the first line that is left.
    var startsAt: [TextPattern] = []
    /// Lines behind the table.
    var endsAt: [TextPattern] = []
    /// The column whose values make blocks of the rows of one table.
    var blockColumn: Column?
    /// What becomes of a table that begins again; `nil` to refuse it.
    var blocks: Blocks?
    /// How a comment behind the cells of a row begins.
    var rowComment: String?
    var thousands: ThousandsMark?
    /// Columns that nobody needs.
    var ignored: [Column] = []
    /// Whether cells behind the last column are ignored.
    var ignoresExtraCells = false
    /// What numbers are multiplied by; one for all or one for each channel.
    var scale: [Double] = []
    /// What is added then.
    var offset: [Double] = []
    package internal(set) var channels: [Column] = []
    var clock: Clock?
    var sampleCounter: Counter?
    package internal(set) var labels: LabelSource?
    /// Columns that are continuous quantities to be inferred from the samples.
    package internal(set) var targets: [TemplateTarget<Column>] = []
    /// Whether all files of a folder that the path fits are one recording.
    package internal(set) var isPieces = false
    /// A file beside the pieces that names the classes, as LibEMG writes it.
    package internal(set) var classFile: String?
    /// A table of events beside or in the file, whose labels its rows have.
    var events: EventLayout?
    /// Whether a last line without a line end is left out.
    package internal(set) var hasWholeLinesOnly = false
    package internal(set) var signature: Signature?

    /// Columns of numbers below a header, found from the first rows.
    package init() {}

    /// What cells hold, beside nothing and `nan`, when a value is missing.
    package var missingTokens: Set<[UInt8]> { Set(missing.map { Array($0.utf8) }) }
    /// The column of time stamps.
    package var time: Column? { clock?.column }
    /// The column of labels.
    package var label: Column? { labels?.column }
    /// What the rows of the header are, one after the other.
    var header: [HeaderRow] {
        (headerRows.isEmpty ? (hasHeader ? [.names] : []) : headerRows)
            + Array(repeating: .skip, count: skippedRows)
    }
    /// The column that counts samples.
    package var counter: Column? { sampleCounter?.column }
    /// How many bits it has before it wraps; `nil` when the numbers themselves tell.
    package var counterBits: Int? { sampleCounter?.bits }
}
