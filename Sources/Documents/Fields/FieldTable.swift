/// The members of an object as a table of Markdown: key, value, default, meaning.
package struct FieldTable: Sendable {
    private let object: ObjectSchema

    /// Creates a table.
    ///
    /// - Parameter object: What may stand in the object. Objects in it have rows of their own,
    ///   with their path as key.
    package init(_ object: ObjectSchema) {
        self.object = object
    }

    /// The table, ending in a line break.
    package var markdown: String {
        let head = "| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
        return head + rows(of: object, at: "").joined()
    }

    private func rows(of object: ObjectSchema, at path: String) -> [String] {
        object.properties.flatMap { property in
            let key = path + property.key
            if case .object(let inner) = property.schema { return rows(of: inner, at: key + ".") }
            return [row(key, property)]
                + property.schema.innerObjects.flatMap { rows(of: $0.object, at: key + $0.path) }
        }
    }

    private func row(_ key: String, _ property: ObjectSchema.Property) -> String {
        let standard =
            if property.isRequired {
                "needed"
            } else if let value = property.standard, !value.isEmpty {
                "`\(value.yamlLine)`"
            } else {
                ""
            }
        let cells = ["`\(key)`", property.schema.words, standard, property.documentation]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
}

extension DocumentValue {
    /// Whether there is nothing in it to show as a default.
    fileprivate var isEmpty: Bool {
        switch content {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .boolean, .integer, .number: false
        }
    }
}

extension ValueSchema {
    /// The objects that stand there among other values or in a list, with what leads to them.
    fileprivate var innerObjects: [(path: String, object: ObjectSchema)] {
        switch self {
        case .object(let object): [(".", object)]
        case .list(let element, _, _): element.innerObjects.map { ("[]" + $0.path, $0.object) }
        case .either(let schemas): schemas.flatMap(\.innerObjects)
        default: []
        }
    }

    /// What may stand there, in a few words of Markdown.
    package var words: String {
        switch self {
        case .anything: "anything"
        case .null: "`null`"
        case .boolean: "`true` or `false`"
        case .integer(let minimum, let maximum):
            "whole number" + Self.range(minimum.map { "\($0)" }, maximum.map { "\($0)" })
        case .number(let minimum?, let maximum, true):
            "number above \(minimum.plain)" + (maximum.map { ", at most \($0.plain)" } ?? "")
        case .number(let minimum, let maximum, _):
            "number" + Self.range(minimum?.plain, maximum?.plain)
        case .text: "text"
        case .form(let form): form.name
        case .constant(let value): "`\(value.yamlLine)`"
        case .choice(let names): Self.either(names.map { "`\($0)`" })
        case .list(let element, _, _): "list of: \(element.words)"
        case .object: "object"
        case .map(let element, _, _): "names, each with: \(element.words)"
        case .tagged(let tag, _, let kinds):
            "object with `\(tag)`: " + Self.either(kinds.map { "`\($0.name)`" })
        case .keyed(let kinds): "one of " + kinds.map { "`\($0.name)`" }.joined(separator: ", ")
        case .either(let schemas): Self.either(schemas.map(\.words))
        case .defined(let name): name
        case .document(let name): "object of [\(name)](\(name))"
        }
    }

    private static func range(_ least: String?, _ most: String?) -> String {
        switch (least, most) {
        case (let least?, let most?): " from \(least) to \(most)"
        case (let least?, nil): " of at least \(least)"
        case (nil, let most?): " of at most \(most)"
        case (nil, nil): ""
        }
    }

    private static func either(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or \(last)"
    }
}

extension Double {
    /// The shortest text that reads back as the number, without a fraction of zero.
    fileprivate var plain: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
