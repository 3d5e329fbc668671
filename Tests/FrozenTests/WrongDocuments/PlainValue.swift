import Documents

/// A value of JSON without positions, to make documents of.
indirect enum PlainValue: Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([PlainValue])
    case object([Member])

    /// A named value; members keep their order.
    struct Member: Hashable {
        var key: String
        var value: PlainValue
    }

    /// Takes over a value that was read.
    init(_ value: DocumentValue) {
        switch value.content {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let values): self = .array(values.map { PlainValue($0) })
        case .object(let members):
            self = .object(members.map { Member(key: $0.key, value: PlainValue($0.value)) })
        }
    }

    /// A member of an object; setting `nil` removes it.
    subscript(key: String) -> PlainValue? {
        get {
            guard case .object(let members) = self else { return nil }
            return members.first { $0.key == key }?.value
        }
        set {
            guard case .object(var members) = self else { return }
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
            self = .object(members)
        }
    }

    /// The members, when it is an object.
    var members: [Member] { if case .object(let members) = self { members } else { [] } }
    /// The values, when it is a list.
    var values: [PlainValue] { if case .array(let values) = self { values } else { [] } }
    /// The text, when it is one.
    var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The number, when it is one.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The value in one line, which is both JSON and YAML.
    var line: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value):
            "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .array(let values): "[\(values.map(\.line).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\"\($0.key)\": \($0.value.line)" }.joined(separator: ", "))}"
        }
    }

    /// The value as a document: JSON with each member of the root on a line of its own.
    var document: String {
        guard case .object(let members) = self, !members.isEmpty else { return line + "\n" }
        let lines = members.map { "  \"\($0.key)\": \($0.value.line)" }
        return "{\n\(lines.joined(separator: ",\n"))\n}\n"
    }
}
