internal import EMGSignal

/// A value of a side file in JSON.
indirect enum JSONValue: Sendable, Hashable {
    case string(String)
    case integer(Int)
    /// A finite number.
    case number(Double)
    case boolean(Bool)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The text with two blanks a level and a line end behind it; members in the order given.
    var text: String { text(indent: "") + "\n" }

    private func text(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .string(let value): return Self.quoted(value)
        case .integer(let value): return String(value)
        case .number(let value):
            return Int(exactly: value).map(String.init) ?? "\(value)"
        case .boolean(let value): return String(value)
        case .array(let values):
            if values.isEmpty { return "[]" }
            let lines = values.map { inner + $0.text(indent: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map { key, value in
                "\(inner)\(Self.quoted(key)): \(value.text(indent: inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        }
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension JSONValue {
    /// A parameter of a processing step.
    init(_ value: ProcessingStep.Value) {
        switch value {
        case .number(let number): self = .number(number)
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .string(text)
        case .flag(let flag): self = .boolean(flag)
        case .list(let values): self = .array(values.map(JSONValue.init))
        }
    }
}
