import Documents
import Foundation
import TestSupport
import Testing

@Suite("YAML that is written")
struct YAMLWriterTests {
    @Test("a text is quoted unless every reader takes it for the same text")
    func words() throws {
        let plain: Set<String> = [
            "nan", "inf", "e1", "E", "e-1", "a/b.c-d_e",
        ]
        for word in RandomDocuments.words {
            let line = DocumentValue.string(word).yamlLine
            #expect(line == (plain.contains(word) ? word : DocumentValue.string(word).json()))
        }
    }

    @Test("a number has a point, without which it would be a text in YAML 1.1")
    func numbers() {
        #expect(
            DocumentValue.numbers([1e-5, 1e16, 0.5, 20]).yamlLine == "[1.0e-05, 1.0e+16, 0.5, 20.0]"
        )
    }

    @Test("blocks, lists of objects and comments are laid out")
    func layout() {
        let value = DocumentValue.object([
            "rate": .number(1_000), "names": .strings(["a", "no"]), "none": .object([]),
            "stages": .array([
                .object(["low": .object(["hz": .integer(20)]), "order": .integer(4)]), .null,
            ]),
        ])
        let text = value.yaml { path, _ in path.count == 1 ? "given" : nil }
        #expect(
            text == """
                rate: 1000.0      # given
                names: [a, "no"]  # given
                none: {}          # given
                stages:
                  - low:
                      hz: 20
                    order: 4
                  - null

                """)
    }

    @Test("what is written reads as the same value")
    func roundTrip() throws {
        var values = RandomDocuments(seed: 3)
        for _ in 0..<400 {
            let value = values.value()
            for text in [value.yaml(), value.yamlLine] {
                let again = try Document(yaml: text.utf8, name: "again").root
                #expect(again.json(.canonical) == value.json(.canonical), "\(text)")
            }
        }
    }

    @Test(
        "PyYAML, which reads YAML 1.1, reads the same value",
        .enabled(if: Python.has(module: "yaml"), "needs Python with PyYAML"))
    func python() throws {
        var values = RandomDocuments(seed: 5)
        let pairs = DocumentValue.array(
            (0..<300).map { _ in
                let value = values.value()
                return .strings([value.json(), value.yaml(), value.yamlLine])
            })
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "pairs.json")
        try Data(pairs.json().utf8).write(to: file)
        let result = try Python.run(
            """
            import json, sys, yaml
            for wanted, *texts in json.load(open(sys.argv[1], encoding="utf-8")):
                for text in texts:
                    found = yaml.safe_load(text)
                    # By their texts, as 1, 1.0 and True are equal in Python.
                    if json.dumps(found) != json.dumps(json.loads(wanted)):
                        sys.exit(f"{text!r}: {found!r}, not {wanted}")
            """, arguments: [file.path(percentEncoded: false)])
        #expect(result.status == 0, "\(result.output)")
    }
}
