import Documents
import FewShotBenchmark
import TestSupport
import Testing

@Suite("The schema of protocols")
struct BenchmarkSchemaTests {
    @Test("the committed schema and the table of the documentation are generated")
    func isCurrent() throws {
        let schema = BenchmarkProtocol.schemaDocument()
        #expect(
            try CommittedText.isCurrent(
                "schemas/benchmark.schema.json", generated: schema.document))
        guard case .object(let members) = schema.schema else {
            Issue.record("a protocol is an object")
            return
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/meta-learning/benchmark.md", region: "benchmark",
                generated: FieldTable(members).markdown))
    }
}
