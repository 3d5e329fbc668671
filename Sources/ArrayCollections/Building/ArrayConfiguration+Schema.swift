package import Documents

extension ArrayConfiguration {
    /// The schema of the settings, `schemas/arrays.schema.json`.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "arrays.schema.json", title: "MyoTask settings of labeled arrays",
            documentation: "The file that myotask arrays --config reads; docs/arrays says more.",
            schema: .object(schema(with: Kinds())))
    }
}
