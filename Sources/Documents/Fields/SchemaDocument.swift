/// The JSON Schema of a kind of document, as it stands in a file of `schemas/`.
package struct SchemaDocument: Sendable, Hashable {
    /// The file's name: `training.schema.json`.
    package let name: String
    /// What the documents are.
    package let title: String
    /// What they are for, in sentences.
    package let documentation: String
    /// What may stand in them.
    package let schema: ValueSchema
    /// What ``ValueSchema/defined(_:)`` means.
    package let definitions: [String: ValueSchema]

    /// Creates a schema.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - title: What the documents are.
    ///   - documentation: What they are for.
    ///   - schema: What may stand in them.
    ///   - definitions: What ``ValueSchema/defined(_:)`` means in it.
    package init(
        name: String, title: String, documentation: String, schema: ValueSchema,
        definitions: [String: ValueSchema] = [:]
    ) {
        self.name = name
        self.title = title
        self.documentation = documentation
        self.schema = schema
        self.definitions = definitions
    }

    /// The schema with its head.
    package var document: DocumentValue {
        let head: KeyValuePairs = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://myotask.invalid/schemas/\(name)",
            "title": title, "description": documentation,
        ]
        let members = head.map {
            DocumentValue.Member(key: $0.key, value: DocumentValue(.string($0.value)))
        }
        guard case .object(let body) = schema.jsonSchema.content else { return schema.jsonSchema }
        guard !definitions.isEmpty else { return .object(members + body) }
        let defined = DocumentValue.object(sorted: definitions.mapValues(\.jsonSchema))
        return .object(members + body + [DocumentValue.Member(key: "$defs", value: defined)])
    }
}
