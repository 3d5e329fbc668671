import Documents
import EMGArchive
import TestSupport
import Testing

@Suite("The schemas of manifests and of models' inputs are generated")
struct ManifestSchemaTests {
    @Test("the committed schemas are the generated ones")
    func committed() throws {
        for schema in [CollectionManifest.schemaDocument(), InputDescription.schemaDocument()] {
            #expect(
                try CommittedText.isCurrent("schemas/\(schema.name)", generated: schema.document),
                "record it with MYOTASK_RECORD_GOLDENS=1")
        }
    }

    @Test("the tables of members are generated")
    func tables() throws {
        guard case .object(let manifest) = CollectionManifest.schemaDocument().schema,
            case .object(let input) = InputDescription.schemaDocument().schema,
            let tasks = manifest.properties.first(where: { $0.key == "tasks" }),
            case .list(.object(let task), _, _) = tasks.schema
        else {
            Issue.record("a manifest is an object with a list of tasks")
            return
        }
        var outer = manifest
        outer.properties = manifest.properties.map { property in
            guard property.key == "tasks" else { return property }
            return ObjectSchema.Property(
                key: property.key,
                schema: .list(of: .defined("task"), count: 1 ... .max, isUnique: false),
                documentation: property.documentation, isRequired: true)
        }
        let page = "schemas/task-collection.md"
        #expect(
            try CommittedText.isCurrent(
                page, region: "manifest", generated: FieldTable(outer).markdown))
        #expect(
            try CommittedText.isCurrent(page, region: "task", generated: FieldTable(task).markdown))
        #expect(
            try CommittedText.isCurrent(
                "schemas/run-input.md", region: "input", generated: FieldTable(input).markdown))
    }
}
