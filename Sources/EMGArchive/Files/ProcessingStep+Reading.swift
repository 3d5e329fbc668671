import Documents
import EMGSignal

extension ProcessingStep {
    /// Reads a step of a history.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["operation", "parameters", "software"])
        let operation = try object.required("operation").string()
        var parameters: [String: Value] = [:]
        for (key, cursor) in try object.required("parameters").object().entries {
            parameters[key] = try Value(cursor)
        }
        self.init(
            operation: operation, parameters: parameters,
            software: try object.required("software").string())
    }

    /// Whether every number in it is finite, as JSON needs.
    var isFinite: Bool { parameters.values.allSatisfy(\.isFinite) }
}

extension ProcessingStep.Value {
    /// Reads a parameter.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        switch cursor.value.content {
        case .boolean(let value): self = .flag(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let value): self = .text(value)
        case .array:
            var values: [Self] = []
            for element in try cursor.array() { values.append(try Self(element)) }
            self = .list(values)
        case .null, .object:
            throw cursor.error(expected: "a number, text, true, false or a list")
        }
    }

    /// Whether every number in it is finite.
    var isFinite: Bool {
        switch self {
        case .number(let value): value.isFinite
        case .list(let values): values.allSatisfy(\.isFinite)
        case .integer, .text, .flag: true
        }
    }
}
