package import Documents

extension TrainingConfiguration {
    /// The JSON Schema of configurations: `schemas/training.schema.json`.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The schema.
    package static func schemaDocument(with kinds: Kinds = Kinds()) -> SchemaDocument {
        SchemaDocument(
            name: "training.schema.json", title: "MyoTask training configuration",
            documentation: "What `myotask train` does with a task collection; written as YAML. "
                + "Everything may be left out.",
            schema: .object(schema(with: kinds)))
    }
}
