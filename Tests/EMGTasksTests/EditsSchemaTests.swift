import Documents
import EMGTasks
import TestSupport
import Testing

@Suite("The schema of edit files is generated")
struct EditsSchemaTests {
    @Test("the committed schema and table are the generated ones")
    func committed() throws {
        let schema = EditJournal.schemaDocument()
        #expect(
            try CommittedText.isCurrent("schemas/\(schema.name)", generated: schema.document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        guard case .object(let file) = schema.schema,
            case .list(.tagged(_, _, let actions), _, _)? = file.properties.last?.schema
        else {
            Issue.record("an edit file is an object with a list of decisions")
            return
        }
        let shared = ["number", "recording", "by", "at"]
        var table = "| action | members | meaning |\n| --- | --- | --- |\n"
        for action in actions {
            let members = action.object.properties.map(\.key).filter { !shared.contains($0) }
            let names = members.map { "`\($0)`" }.joined(separator: ", ")
            table += "| `\(action.name)` | \(names) | \(action.documentation) |\n"
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/review/edit-file.md", region: "actions", generated: table))
    }
}
