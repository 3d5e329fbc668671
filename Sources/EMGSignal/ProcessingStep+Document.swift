package import Documents

extension ProcessingStep {
    /// The step as a value of a document.
    package var document: DocumentValue {
        .object([
            "operation": .string(operation), "parameters": parameters.document,
            "software": .string(software),
        ])
    }
}

extension [String: ProcessingStep.Value] {
    /// The parameters as an object, in the order of their names.
    package var document: DocumentValue { .object(sorted: mapValues(\.document)) }
}

extension ProcessingStep.Value {
    /// The parameter as a value of a document.
    package var document: DocumentValue {
        switch self {
        case .number(let number): .number(number)
        case .integer(let number): .integer(number)
        case .text(let text): .string(text)
        case .flag(let flag): .boolean(flag)
        case .list(let values): .array(values.map(\.document))
        }
    }
}
