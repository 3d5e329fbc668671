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
    }
}
