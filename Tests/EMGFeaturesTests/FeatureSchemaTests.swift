import Documents
import EMGFeatures
import TestSupport
import Testing

@Suite("The schema and the table of features are generated")
struct FeatureSchemaTests {
    @Test("the committed schema is the generated one")
    func committed() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/features.schema.json", generated: FeatureList.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test("the table of the documentation is generated")
    func table() throws {
        var table = "| key | parameters (default) | unit | what it computes |\n"
        table += "| --- | --- | --- | --- |\n"
        for entry in Registry<any Feature>.standard.entries {
            let members = entry.schema(Kinds()).properties.map { property in
                let standard = property.standard.map { " (\($0.json(.canonical)))" }
                return "`\(property.key)`\(standard ?? "")"
            }
            let unit = type(of: entry.standard).unit.rawValue
            table += "| `\(entry.name)` | \(members.joined(separator: ", ")) | \(unit) | "
            table += entry.documentation.replacing("|", with: "\\|") + " |\n"
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/tasks/features.md", region: "features", generated: table),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }
}
