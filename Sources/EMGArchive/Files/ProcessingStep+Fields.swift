package import Documents
import EMGSignal

extension ProcessingStep {
    /// The members of a step of a history.
    static let fields: Fields<Self> = [
        Field("operation", \.operation, .text, "What was done.", isRequired: true),
        Field(
            "parameters", \.parameters, .map(of: .parameter),
            "With which numbers, texts, truth values and lists of them, by name.", isRequired: true),
        Field("software", \.software, .text, "What did it, with its version.", isRequired: true),
    ]

    /// How a step stands in documents.
    static let format = FieldFormat.object(
        fields, into: ProcessingStep(operation: "", parameters: [:], software: ""))

    /// Reads a step of a history.
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        self = try Self.format.read(cursor)
    }

    var isFinite: Bool { parameters.values.allSatisfy(\.isFinite) }
}

extension FieldFormat<[ProcessingStep]> {
    /// A history: steps, oldest first.
    static var steps: FieldFormat { .list(of: ProcessingStep.format) }
}

extension FieldFormat<ProcessingStep.Value> {
    /// A parameter of a step.
    static var parameter: FieldFormat {
        FieldFormat(
            .defined(ProcessingStep.Value.definition.name),
            read: { cursor throws(DocumentError) in try ProcessingStep.Value(cursor) },
            write: \.document)
    }

    /// A parameter that is no list.
    static var plainParameter: FieldFormat {
        FieldFormat(
            .either(ProcessingStep.Value.plainSchemas),
            read: { cursor throws(DocumentError) in
                if case .array = cursor.value.content {
                    throw cursor.error(expected: "a number, text, true or false")
                }
                return try ProcessingStep.Value(cursor)
            },
            write: \.document)
    }
}

extension ProcessingStep.Value {
    fileprivate static let plainSchemas: [ValueSchema] = [
        .number(minimum: nil, maximum: nil, above: false), .text, .boolean,
    ]

    /// What schemas of documents with steps define: a list may hold lists.
    package static let definition: (name: String, schema: ValueSchema) = (
        "parameter",
        .either(
            plainSchemas + [.list(of: .defined("parameter"), count: 0 ... .max, isUnique: false)])
    )

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

    var isFinite: Bool {
        switch self {
        case .number(let value): value.isFinite
        case .list(let values): values.allSatisfy(\.isFinite)
        case .integer, .text, .flag: true
        }
    }
}
