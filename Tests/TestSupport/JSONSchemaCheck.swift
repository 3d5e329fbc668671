import Foundation

/// A JSON Schema of the repository, applied by Python's `jsonschema`.
public enum JSONSchemaCheck {
    /// The schema or the program cannot be used.
    public struct Failure: Error, CustomStringConvertible {
        /// What the program printed.
        public let description: String
    }

    private static let program = """
        import json, jsonschema, sys
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for text in json.load(open(sys.argv[2])):
            print(int(validator.is_valid(json.loads(text))))
        """

    /// Which JSON texts fit a schema.
    ///
    /// - Parameters:
    ///   - texts: JSON texts.
    ///   - name: The schema's file in `schemas/`, which has to be a schema itself.
    /// - Returns: Whether each fits, in order.
    /// - Throws: ``Failure`` when the schema is none, or a text is no JSON.
    public static func fits(_ texts: [String], schema name: String) throws -> [Bool] {
        let folder = try TemporaryFolder()
        let list = folder.url.appending(path: "texts.json")
        try JSONEncoder().encode(texts).write(to: list)
        let schema = SharedMaterial.packageFolder.appending(path: "schemas/\(name)")
        let result = try Python.run(
            program,
            arguments: [schema.path(percentEncoded: false), list.path(percentEncoded: false)])
        let answers = result.output.split(separator: "\n").map { $0 == "1" }
        guard result.status == 0, answers.count == texts.count else {
            throw Failure(description: result.output)
        }
        return answers
    }
}
