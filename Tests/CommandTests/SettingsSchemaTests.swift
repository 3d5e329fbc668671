import Documents
import EMGIngest
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
        try Data(value.json().utf8).write(to: instance)
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
            ("pipeline", "pipeline"), ("training", "training"), ("quick-training", "training"),
            ("roam", "experiment"), ("bipolar", "experiment"), ("cross-patient", "experiment"),
            ("cross-session", "experiment"), ("training-patients", "experiment"),
            ("window-length", "experiment"), ("support-size", "experiment"),
            ("scaling", "experiment"),
        ])
    func samples(file: String, schema: String) throws {
        let url = SharedMaterial.packageFolder.appending(
            path: "sample-data/experiments/\(file).yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(try fault(of: text, in: schema) == nil)
        #expect(try fault(of: text + "\nsurprise: 1\n", in: schema)?.contains("surprise") == true)
    }

    @Test(
        "the templates that come along, and one with every key, fit the schema of templates",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func templates() throws {
        let texts = SourceTemplate.texts.map(\.text) + [Self.delimited, Self.hdf5, Self.matlab]
        for text in texts {
            // What the schema takes, the program takes too.
            _ = try SourceTemplate(text, document: "template", name: "template")
            #expect(try fault(of: text, in: "source-template") == nil)
            #expect(try fault(of: text + "\nsurprise: 1\n", in: "source-template") != nil)
        }
        for wrong in ["name: nothing\n", "hdf5: {samples: /emg}\nmatlab: {}\n"] {
            #expect(throws: DocumentError.self) {
                try SourceTemplate(wrong, document: "template", name: "template")
            }
            #expect(try fault(of: wrong, in: "source-template") != nil)
        }
    }

    private static let delimited = """
        name: our-lab
        description: semicolon tables of our recorder
        path: ["{patient}/{session}/{condition}_{run}.txt", "{patient}_{label}.txt"]
        identity: {condition: grasps}
        unit: mV
        rate_hz: 1000
        classes: {0: rest, 1: fist}
        unlabeled: [9]
        delimited:
          delimiter: semicolon
          decimal: comma
          comment: "%"
          skip_lines: 2
          header: true
          preamble: comments
          channels: ["emg*", 3, {from: 5, to: 8}]
          time: {column: t, unit: ms}
          counter: {column: n, bits: 12}
          label: class
          pieces: none
          class_file: metadata.json
          recognize: {begins: "%", header: [t, n]}
        """

    private static let hdf5 = """
        hdf5:
          samples: /emg
          members: [emg]
          axis: samples-first
          rate: /emg@rate
          time: time
          time_unit: ms
          unit: V
          scale: 1e-6
          offset: /emg@offset
          channels: [a, b]
          labels: {from: /labels, classes: {0: rest, 1: fist}}
          events: {start: /events/start, stop: /events/stop, name: /events/name}
          identity: {patient: /@subject, session: "1"}
        """

    private static let matlab = """
        matlab:
          emg: data
          label: movement
          repetition: trial
          time: {variable: t, unit: ms}
          rate: fs
          subject: person
          exercise: part
          samples: columns
        """
}
