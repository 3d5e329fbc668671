package import Documents

extension CollectionConfiguration {
    /// The JSON Schema of configurations.
    ///
    /// - Parameter kinds: What packages outside have added: split rules, designs, augmentations.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "collection.schema.json", title: "MyoTask collection configuration",
            documentation:
                "What `myotask build` should make of a recording archive; written as YAML.",
            schema: .object(schema(with: kinds)))
    }
}
