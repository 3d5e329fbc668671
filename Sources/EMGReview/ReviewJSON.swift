private import EMGTasks

/// A JSON value that the server sends.
package enum ReviewJSON: Sendable, Hashable, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number; what is not finite is sent as null.
    case number(Double)
    case text(String)
    case list([ReviewJSON])
    case object([Member])

    /// A named value.
    package struct Member: Sendable, Hashable {
        let key: String
        let value: ReviewJSON
    }

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: ReviewJSON...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, ReviewJSON)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }

    /// Texts in order.
    static func texts(_ values: [String]) -> ReviewJSON { .list(values.map { .text($0) }) }

    /// The text, without line breaks.
    package var text: String {
        var result = ""
        write(to: &result)
        return result
    }

    private func write(to result: inout String) {
        switch self {
        case .null: result += "null"
        case .boolean(let value): result += value ? "true" : "false"
        case .integer(let value): result += String(value)
        case .number(let value): result += value.isFinite ? "\(value)" : "null"
        case .text(let value): result += JSONString.text(value)
        case .list(let values):
            result += "["
            for (index, value) in values.enumerated() {
                if index > 0 { result += "," }
                value.write(to: &result)
            }
            result += "]"
        case .object(let members):
            result += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { result += "," }
                result += JSONString.text(member.key) + ":"
                member.value.write(to: &result)
            }
            result += "}"
        }
    }
}
