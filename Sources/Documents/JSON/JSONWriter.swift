/// Writes values as JSON (RFC 8259).
///
/// A number is the shortest text that reads as the same number, and keeps a point or an exponent;
/// JSON has no number for what is not finite, which is written as `null`.
struct JSONWriter {
    private let style: JSONStyle
    private let onOneLine: [[Substring]]
    private let continuing: [[Substring]]
    private(set) var text = ""

    init(_ style: JSONStyle) {
        self.style = style
        onOneLine = style.onOneLine.map { $0.split(separator: ".") }
        continuing = style.continuing.map { $0.split(separator: ".") }
    }

    /// Writes a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - place: The names of the members it is in.
    ///   - level: How many values it is in; `nil` on one line.
    mutating func write(_ value: DocumentValue, at place: [Substring], level: Int?) {
        let level = Self.matches(onOneLine, place) ? nil : level
        switch value.content {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        case .number(let number): text += number.isFinite ? "\(number)" : "null"
        case .string(let string): text += JSONString.quoted(string, isASCII: style.isASCII)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                separate(index, level: level, continues: false)
                write(value, at: inner(of: place, "*"), level: level.map { $0 + 1 })
            }
            close("]", level: values.isEmpty ? nil : level)
        case .object(let members):
            text += "{"
            let ordered = style.sortsMembers ? Self.sorted(members) : members
            for (index, member) in ordered.enumerated() {
                let inner = inner(of: place, member.key)
                separate(index, level: level, continues: Self.matches(continuing, inner))
                text += JSONString.quoted(member.key, isASCII: style.isASCII) + style.colon
                write(member.value, at: inner, level: level.map { $0 + 1 })
            }
            close("}", level: members.isEmpty ? nil : level)
        }
    }

    /// By Unicode scalars, which is an order that does not change with a version of Unicode.
    private static func sorted(_ members: [DocumentValue.Member]) -> [DocumentValue.Member] {
        members.sorted {
            $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
        }
    }

    /// Places are needed for styles that name some.
    private func inner(of place: [Substring], _ name: String) -> [Substring] {
        onOneLine.isEmpty && continuing.isEmpty ? [] : place + [name[...]]
    }

    /// Whether a place is one of those named.
    private static func matches(_ names: [[Substring]], _ place: [Substring]) -> Bool {
        names.contains { names in
            names.count == place.count
                && zip(names, place).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }

    private mutating func separate(_ index: Int, level: Int?, continues: Bool) {
        guard let level, let width = style.indentation, !continues else {
            if index > 0 { text += style.comma }
            return
        }
        text += index > 0 ? ",\n" : "\n"
        text += String(repeating: " ", count: width * (level + 1))
    }

    private mutating func close(_ bracket: String, level: Int?) {
        if let level, let width = style.indentation {
            text += "\n" + String(repeating: " ", count: width * level)
        }
        text += bracket
    }
}

extension DocumentValue {
    /// The value as JSON.
    ///
    /// - Parameter style: How it is laid out.
    /// - Returns: The text, which reads as the same value.
    package func json(_ style: JSONStyle = .compact) -> String {
        var writer = JSONWriter(style)
        writer.write(self, at: [], level: style.indentation == nil ? nil : 0)
        return style.endsWithNewline ? writer.text + "\n" : writer.text
    }
}
