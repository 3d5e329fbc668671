import Documents
import Foundation
import TestSupport
import Testing

/// A kind of document that people write, and the command that reads it.
struct DocumentKind: Sendable, CustomTestStringConvertible {
    /// The name of its schema and of its golden.
    let name: String
    /// What reads the document `wrong.yaml` from a folder beside `archive` and the others.
    let arguments: [String]
    /// Right values by key path, where the schema does not say one.
    var samples: [String: String] = [:]
    /// The name of the document.
    var file = "wrong.yaml"

    var testDescription: String { name }

    static let all = [
        DocumentKind(
            name: "collection",
            arguments: ["build", "../archive", "--config", "wrong.yaml", "--print-config"],
            samples: ["window.length": "40", "window.stride": "20", "seed": "1"]),
        DocumentKind(
            name: "training",
            arguments: ["train", "../study.json", "--config", "wrong.yaml", "--print-config"]),
        DocumentKind(
            name: "experiment", arguments: ["run", "wrong.yaml", "--dry-run"],
            samples: [
                "build": "../sample-data/experiments/collection.yaml",
                "convert.inputs": "../sample-data/roam",
            ]),
        DocumentKind(
            name: "pipeline",
            arguments: ["filter", "../archive", "--pipeline", "wrong.yaml", "--dry-run"],
            samples: ["stages": "[{low_pass: {cutoff_hz: 6, order: 2}}]"]),
        DocumentKind(
            name: "source-template",
            arguments: ["inspect", "../table.txt", "--template", "wrong.yaml"],
            samples: ["rate_hz": "1000"]),
        DocumentKind(
            name: "edits",
            arguments: [
                "build", "../archive", "--config", "../collection.yaml", "--edits", "wrong.json",
                "--output", "made",
            ],
            samples: [
                "decisions[0].recording": "p1/2024_03_04_p1/111", "decisions[0].by": "me",
                "decisions[0].at": "\"2024-03-04T05:06:07Z\"", "decisions[0].class": "open",
                "decisions[0].channel": "emg0", "decisions[0].end": "90",
            ], file: "wrong.json"),
        DocumentKind(
            name: "task-collection", arguments: ["show", "wrong.json"],
            samples: [
                "classes": "[a]", "splits.train": "[a/a/a]", "tasks[0].id": "a/a/a",
                "tasks[0].tensor.path": "/tasks/a/a/a", "tasks[0].sample_count": "100",
                "tasks[0].support.ranges": "[[0, 10]]", "tasks[0].query.ranges": "[[50, 60]]",
                "tasks[0].support.windows_per_class": "[1]",
                "tasks[0].query.windows_per_class": "[1]",
            ], file: "wrong.json"),
    ]

    /// The walk over its schema.
    func walk() throws -> SchemaWalk {
        let url = SharedMaterial.packageFolder.appending(path: "schemas/\(name).schema.json")
        let schema = try Document(contentsOf: url)
        return SchemaWalk(
            PlainValue(schema.root),
            samples: try samples.mapValues {
                PlainValue(try Document(yaml: $0.utf8, name: name).root)
            })
    }

    /// Texts that are wrong before any key is looked at.
    static let brokenTexts: [(name: String, text: [UInt8])] = [
        ("empty file", []),
        ("only a note", Array("# nothing\n".utf8)),
        ("a list at the root", Array("- 1\n- 2\n".utf8)),
        ("a number at the root", Array("5\n".utf8)),
        ("a tab", Array("seed: 1\nwindow:\n\tlength: 40\n".utf8)),
        ("a key twice", Array("seed: 1\nseed: 2\n".utf8)),
        ("a bracket that is not closed", Array("window: {length: 40\nseed: 1\n".utf8)),
        ("a quotation mark that is not closed", Array("name: \"a\nseed: 1\n".utf8)),
        ("a wrong depth", Array("window:\n    length: 40\n  stride: 2\n".utf8)),
        ("two documents", Array("seed: 1\n---\nseed: 2\n".utf8)),
        ("an alias", Array("seed: &a 1\nname: *a\n".utf8)),
        ("a merge key", Array("<<: {seed: 1}\n".utf8)),
        ("a key that is a list", Array("[1, 2]: 3\n".utf8)),
        ("a number that is too large", Array("seed: 1e999\n".utf8)),
        ("a whole number that is too large", Array("seed: 123456789012345678901234\n".utf8)),
        ("not UTF-8", Array("name: ".utf8) + [0xE4, 0x0A]),
        ("a zero byte", Array("seed: 1".utf8) + [0, 0x0A]),
        ("deep nesting", Array((String(repeating: "[", count: 2_000) + "\n").utf8)),
    ]
}
