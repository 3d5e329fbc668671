/// How a JSON text is laid out: its blanks, its line breaks and the order of members.
///
/// Every style of a value reads as the same value.
package struct JSONStyle: Sendable, Hashable {
    /// What stands between a name and its value.
    package var colon = ":"
    /// What stands between values on one line.
    package var comma = ","
    /// Blanks a level, each value on a line of its own; `nil` for one line.
    package var indentation: Int?
    /// Whether members stand in the order of their names, not of the value.
    package var sortsMembers = false
    /// Whether characters beyond ASCII are written as `\uXXXX`.
    package var isASCII = false
    /// Whether the text ends with a line break.
    package var endsWithNewline = false
    /// Values that stand on one line although others do not: their members' names from the top,
    /// joined by points, `*` for any name and for the elements of a list.
    package var onOneLine: Set<String> = []
    /// Members that stand on the line of the member before, named in the same way.
    package var continuing: Set<String> = []

    /// One line without blanks: `{"b":1,"a":[2,3]}`.
    package static let compact = JSONStyle()

    /// One line without blanks, members by name: the same text for the same settings, whatever
    /// their order.
    package static let canonical = JSONStyle(sortsMembers: true)

    /// One line that people read: `{"b": 1, "a": [2, 3]}`.
    package static let spaced = JSONStyle(colon: ": ", comma: ", ")

    /// A line for each value, two blanks a level.
    package static let indented = JSONStyle(
        colon: ": ", comma: ", ", indentation: 2, endsWithNewline: true)

    /// A line for each value, two blanks a level, members by name, as Foundation's encoder lays
    /// them out. Unlike its texts, these do not change with a version of Foundation, and a number
    /// keeps its point (`20.0`), so that it is read back as what it was.
    package static let sorted = JSONStyle(
        colon: " : ", indentation: 2, sortsMembers: true, endsWithNewline: true)

    /// A line for each value but for some.
    ///
    /// - Parameters:
    ///   - onOneLine: Values that stand on one line each, as `tasks.*`.
    ///   - continuing: Members that stand on the line of the member before, as `inner.epochs`.
    /// - Returns: The style.
    package static func indented(
        onOneLine: Set<String>, continuing: Set<String> = []
    ) -> JSONStyle {
        var style = indented
        style.onOneLine = onOneLine
        style.continuing = continuing
        return style
    }
}
