import ArrayCollections
import Documents
import Foundation
import TestSupport
import Testing

@Suite("Schemas of labeled arrays")
struct ArraySchemaTests {
    private static let documents = [
        (ArrayConfiguration.schemaDocument(), "docs/arrays/settings.md", "arrays"),
        (ArrayManifest.schemaDocument(), "schemas/array-collection.md", "manifest"),
    ]

    @Test("the committed schemas and tables of members are the generated ones")
    func committed() throws {
        for (schema, page, region) in Self.documents {
            #expect(
                try CommittedText.isCurrent("schemas/\(schema.name)", generated: schema.document),
                "record it with MYOTASK_RECORD_GOLDENS=1")
            guard case .object(let object) = schema.schema else {
                Issue.record("\(schema.name) is of an object")
                continue
            }
            #expect(
                try CommittedText.isCurrent(
                    page, region: region, generated: FieldTable(object).markdown), "\(page)")
        }
    }

    @Test(
        "manifests and the settings in them fit their schemas",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func fitting() throws {
        let folder = try TemporaryFolder()
        let collections = [
            try ArrayFixture.collection(in: folder.url) { $0.rotations = .all },
            try ArrayFixture.regression(in: folder.url) { $0.support = .rows(3) },
        ]
        #expect(
            try JSONSchemaCheck.fits(
                collections.map(\.manifest.json), schema: "array-collection.schema.json")
                == [true, true])
        #expect(
            try JSONSchemaCheck.fits(
                collections.map { $0.manifest.settings.document.json() },
                schema: "arrays.schema.json") == [true, true])
    }
}
