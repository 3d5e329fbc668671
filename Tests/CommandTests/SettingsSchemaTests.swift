import Documents
import Foundation
import TestSupport
import Testing

@Suite("Schemas of settings")
struct SettingsSchemaTests {
    private static let program = """
        import json, sys, jsonschema
        schema, instance = (json.load(open(path)) for path in sys.argv[1:])
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(instance)
        """

    /// Validates a YAML text against a schema; `nil` when it fits, else what the validator says.
    private func fault(of yaml: String, in schema: String) throws -> String? {
        let folder = try TemporaryFolder()
        let instance = folder.url.appending(path: "instance.json")
        let value = try Document(yaml: yaml.utf8, name: schema).root
        try Data(value.json.utf8).write(to: instance)
        let url = SharedMaterial.packageFolder.appending(path: "schemas/\(schema).schema.json")
        let result = try Python.run(
            Self.program, arguments: [url.path(), instance.path()])
        return result.status == 0 ? nil : result.output
    }

    @Test(
        "the settings of sample-data fit their schemas, with a member too many they do not",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"),
        arguments: [
            ("collection", "collection"), ("envelope-collection", "collection"),
            ("pipeline", "pipeline"), ("training", "training"),
        ])
    func samples(file: String, schema: String) throws {
        let url = SharedMaterial.packageFolder.appending(
            path: "sample-data/experiments/\(file).yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(try fault(of: text, in: schema) == nil)
        #expect(try fault(of: text + "\nsurprise: 1\n", in: schema)?.contains("surprise") == true)
    }
}

extension DocumentValue {
    /// The value as JSON.
    fileprivate var json: String {
        switch content {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): Self.quoted(value)
        case .array(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ","))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let data = try? JSONEncoder().encode(text)
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
