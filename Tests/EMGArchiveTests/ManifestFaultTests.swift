import Documents
import EMGArchive
import Files
import Foundation
import HDF5
import TestSupport
import Testing

/// A good manifest, spoiled in one way each.
@Suite("Faulty manifests")
struct ManifestFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Applied to the text, one after another; each changes the first place it fits.
        let edits: [(String, String)]
        /// The path of the error, empty for a fault of syntax.
        let path: String
        /// What the message says, in part.
        let message: String
        /// Whether the JSON Schema sees it too.
        let isInSchema: Bool

        init(
            _ testDescription: String, _ edits: [(String, String)], path: String, message: String,
            schema: Bool = true
        ) {
            self.testDescription = testDescription
            self.edits = edits
            self.path = path
            self.message = message
            isInSchema = schema
        }

        func apply(to text: String) throws -> String {
            var text = text
            for (old, new) in edits {
                let place = try #require(text.range(of: old), "no \(old)")
                text.replaceSubrange(place, with: new)
            }
            return text
        }
    }

    private static func tensorPath(_ what: String, _ path: String, _ message: String) -> Fault {
        Fault(
            "tensors' path: \(what)", [("\"small.h5\"", "\"\(path)\"")], path: "$.tensors.path",
            message: message)
    }

    private static let zeros = String(repeating: "0", count: 63)
    private static let firstID = "\"id\" : \"p1/s/131\""
    private static let firstSupport = """
        "ranges" : [
                  [
                    0,
                    40
                  ]
                ]
        """

    static let faults: [Fault] = [
        tensorPath("traversal", "../../etc/passwd", "it leaves the folder"),
        tensorPath("traversal inside", "a/../../b.h5", "it leaves the folder"),
        tensorPath("absolute", "/etc/passwd", "it begins outside the folder"),
        tensorPath("a user's home", "~/a.h5", "it begins outside the folder"),
        tensorPath("a file URL", "file:///etc/passwd", "it is a URL"),
        tensorPath("a web address", "https://example.org/a.h5", "it is a URL"),
        tensorPath("a drive", "C:a.h5", "it is a URL or a drive"),
        tensorPath("a backslash", "a\\\\..\\\\b.h5", "it has a backslash"),
        tensorPath("NUL", "small.h5\\u0000.txt", "it has a control character"),
        tensorPath("empty", "", "it is empty"),
        tensorPath("the folder itself", ".", "it names a folder"),
        tensorPath("a folder by its slash", "a/", "it names a folder"),
        Fault(
            "tensors' path: a list", [("\"path\" : \"small.h5\"", "\"path\" : [\"small.h5\"]")],
            path: "$.tensors.path", message: "expected a text, found a list of 1"),
        Fault(
            "the same task twice",
            [
                ("\"id\" : \"p2/s/131\"", "\"id\" : \"p1/s/131\""),
                ("\"patient\" : \"p2\"", "\"patient\" : \"p1\""),
                ("\"path\" : \"/tasks/p2/s/131\"", "\"path\" : \"/tasks/p1/s/131\""),
            ], path: "$.tasks[1].id", message: "found the id of $.tasks[0]", schema: false),
        Fault(
            "an id that is not made of its parts", [(firstID, "\"id\" : \"p1/s/132\"")],
            path: "$.tasks[0].id", message: "expected \"p1/s/131\"", schema: false),
        Fault(
            "a tensor path that is another task's",
            [("\"/tasks/p1/s/131\"", "\"/tasks/p2/s/131\"")],
            path: "$.tasks[0].tensor.path", message: "expected \"/tasks/p1/s/131\"",
            schema: false),
        Fault(
            "an unknown member", [("\"seed\" : 45,", "\"seed\" : 45, \"samplingrate\" : 200,")],
            path: "$", message: "did you mean \"sampling_rate_hz\"?"),
        Fault(
            "an unknown member of a task",
            [("\"sample_count\" : 100,", "\"sample_count\" : 100, \"gender\" : 1,")],
            path: "$.tasks[0]", message: "unknown member \"gender\""),
        Fault(
            "a sampling rate as a text",
            [("\"sampling_rate_hz\" : 200.0", "\"sampling_rate_hz\" : \"200\"")],
            path: "$.sampling_rate_hz", message: "expected a number, found \"200\""),
        Fault(
            "sampling rate 0", [("\"sampling_rate_hz\" : 200.0", "\"sampling_rate_hz\" : 0")],
            path: "$.sampling_rate_hz", message: "found 0"),
        Fault(
            "a huge sampling rate",
            [("\"sampling_rate_hz\" : 200.0", "\"sampling_rate_hz\" : 1e12")],
            path: "$.sampling_rate_hz", message: "expected a rate above 0"),
        Fault(
            "effective rate -1",
            [("\"effective_rate_hz\" : 49.5", "\"effective_rate_hz\" : -1")],
            path: "$.tasks[0].effective_rate_hz", message: "expected a rate above 0"),
        Fault(
            "a task that is a text", [("\"tasks\" : [", "\"tasks\" : [ \"p0/s/131\",")],
            path: "$.tasks[0]", message: "expected an object, found \"p0/s/131\""),
        Fault(
            "a version as a text", [("\"format_version\" : 1", "\"format_version\" : \"1\"")],
            path: "$.format_version", message: "expected a whole number"),
        Fault(
            "a newer version", [("\"format_version\" : 1", "\"format_version\" : 2")],
            path: "$.format_version", message: "expected 1, found 2"),
        Fault(
            "no version", [("  \"format_version\" : 1,\n", "")], path: "$",
            message: "\"format_version\" is missing"),
        Fault(
            "another format", [("\"myotask.collection\"", "\"bids\"")], path: "$.format",
            message: "expected \"myotask.collection\""),
        Fault(
            "a hash that is none", [("\"sha256\" : \"\(zeros)1\"", "\"sha256\" : \"\(zeros)G\"")],
            path: "$.tasks[0].source.sha256", message: "expected a SHA-256"),
        Fault(
            "an escape sequence as a patient",
            [("\"patient\" : \"p1\"", "\"patient\" : \"p1\\u001b[31m\"")],
            path: "$.tasks[0].patient", message: "found \"p1\\u{1B}[31m\""),
        Fault(
            "a patient that leaves the folder",
            [("\"patient\" : \"p1\"", "\"patient\" : \"..\"")],
            path: "$.tasks[0].patient", message: "expected a name that can be a file's"),
        Fault(
            "a range outside the recording",
            [(firstSupport, firstSupport.replacing("40", with: "101"))],
            path: "$.tasks[0].support.ranges[0][1]", message: "from 0 to 100, found 101",
            schema: false),
        Fault(
            "a range before the recording",
            [(firstSupport, firstSupport.replacing("0,", with: "-1,"))],
            path: "$.tasks[0].support.ranges[0][0]", message: "found -1"),
        Fault(
            "an empty range", [(firstSupport, firstSupport.replacing("0,", with: "40,"))],
            path: "$.tasks[0].support.ranges[0]", message: "found 40 and 40", schema: false),
        Fault(
            "a range of one number", [(firstSupport, "\"ranges\" : [[40]]")],
            path: "$.tasks[0].support.ranges[0]", message: "expected [start, end]"),
        Fault(
            "ranges out of order", [(firstSupport, "\"ranges\" : [[20, 40], [0, 10]]")],
            path: "$.tasks[0].support.ranges[1]", message: "found [0, 10]", schema: false),
        Fault(
            "support and query overlap", [(firstSupport, "\"ranges\" : [[0, 51]]")],
            path: "$.tasks[0].query.ranges[0]", message: "apart from the support's [0, 51]",
            schema: false),
        Fault(
            "support inside the query", [(firstSupport, "\"ranges\" : [[80, 81]]")],
            path: "$.tasks[0].query.ranges[1]", message: "apart from the support's [80, 81]",
            schema: false),
        Fault(
            "support and query nearer than the guard", [(firstSupport, "\"ranges\" : [[0, 41]]")],
            path: "$.tasks[0].query.ranges[0]", message: "expected 10 samples or more",
            schema: false),
        Fault(
            "too few class counts",
            [
                (
                    "\"windows_per_class\" : [\n          1,\n          1,\n          1",
                    "\"windows_per_class\" : [\n          2,\n          1"
                )
            ],
            path: "$.tasks[0].query.windows_per_class",
            message: "expected one count for each of 3 classes", schema: false),
        Fault(
            "class counts that do not add up", [("\"windows\" : 3", "\"windows\" : 4")],
            path: "$.tasks[0].query.windows_per_class",
            message: "expected counts that add up to 4 windows", schema: false),
        Fault(
            "more windows of a class than windows", [("\"windows\" : 3", "\"windows\" : 0")],
            path: "$.tasks[0].query.windows_per_class[0]", message: "from 0 to 0, found 1",
            schema: false),
        Fault(
            "an offset too many", [("\"offset\" : [", "\"offset\" : [ 1,")],
            path: "$.tasks[0].normalization.offset",
            message: "expected one number for each of 2 channels", schema: false),
        Fault(
            "scale 0", [("1e-05", "0")], path: "$.tasks[0].normalization.scale[1]",
            message: "found 0"),
        Fault(
            "a scaling fitted on everything",
            [("\"fitted_on\" : \"support\"", "\"fitted_on\" : \"all\"")],
            path: "$.normalization.fitted_on", message: "leaks"),
        Fault(
            "a scaling without a name", [("\"standard\"", "\"\"")],
            path: "$.normalization.method", message: "printable characters"),
        Fault(
            "an id in two lists", [("\"validation\" : [", "\"validation\" : [ \"p1/s/131\"")],
            path: "$.splits.validation[0]", message: "found the id of $.splits.train[0]",
            schema: false),
        Fault(
            "an id twice in a list", [("\"test\" : [", "\"test\" : [ \"p2/s/131\",")],
            path: "$.splits.test[1]", message: "found the id of $.splits.test[0]"),
        Fault(
            "an id in no list",
            [("\"train\" : [\n      \"p1/s/131\"\n    ]", "\"train\" : []")],
            path: "$.tasks[0].id", message: "one of the lists of $.splits", schema: false),
        Fault(
            "an unknown id in a list", [("\"validation\" : [", "\"validation\" : [ \"p3/s/131\"")],
            path: "$.splits.validation[0]", message: "expected the id of a task",
            schema: false),
        Fault(
            "a class twice", [("\"open\",\n    \"close\"", "\"open\",\n    \"open\"")],
            path: "$.classes[2]", message: "a class name that no other has"),
        Fault(
            "a channel twice", [("\"name\" : \"emg1\"", "\"name\" : \"emg0\"")],
            path: "$.channels[1].name", message: "a channel name that no other has"),
        Fault(
            "a window of 0 samples", [("\"length\" : 10", "\"length\" : 0")],
            path: "$.window.length", message: "at least 1"),
        Fault(
            "a seed below 0", [("\"seed\" : 45", "\"seed\" : -1")], path: "$.seed",
            message: "at least 0"),
        Fault(
            "a step without software",
            [
                (
                    ",\n      \"software\" : \"myotask 0.1.0\"\n    }\n  ],\n  \"format\"",
                    "\n    }\n  ],\n  \"format\""
                )
            ],
            path: "$.conditioning[0]", message: "\"software\" is missing"),
    ]

    /// Faults of syntax: the schema never gets to see them.
    static let syntaxFaults: [Fault] = [
        Fault(
            "garbage after the document", [("\n}\n", "\n}\nx")], path: "",
            message: "expected the end of the document"),
        Fault("a comma too many", [("\n}\n", ",\n}\n")], path: "", message: "double quotes"),
        Fault("single quotes", [("\"seed\"", "'seed'")], path: "", message: "double quotes"),
        Fault(
            "a huge exponent", [("\"seed\" : 45", "\"seed\" : 1e999999999")], path: "",
            message: "a number that fits double precision"),
        Fault(
            "a member twice", [("\"seed\" : 45", "\"seed\" : 45, \"seed\" : 46")], path: "",
            message: "\"seed\" stands twice"),
    ]

    @Test("a fault is named with its line, path and remedy", arguments: faults + syntaxFaults)
    func refused(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let text = try fault.apply(to: String(contentsOf: url, encoding: .utf8))
        try AtomicFile.write(Array(text.utf8), to: url)
        let error = try #require(
            #expect(throws: DocumentError.self) { try CollectionManifest(contentsOf: url) })
        #expect(error.path == fault.path)
        #expect(error.position != nil)
        #expect(
            error.description.contains(fault.message), Comment(rawValue: error.description))
        #expect(!error.description.contains("\u{1B}"))
        #expect(throws: DocumentError.self) { try CollectionFile.open(url) }
    }

    @Test("the line is the one of the fault")
    func line() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let text = try String(contentsOf: url, encoding: .utf8)
            .replacing("\"seed\" : 45", with: "\"seed\" : true")
        try AtomicFile.write(Array(text.utf8), to: url)
        let error = #expect(throws: DocumentError.self) { try CollectionManifest(contentsOf: url) }
        let line = text.split(separator: "\n").firstIndex { $0.contains("seed") }
        #expect(error?.position?.line == line.map { $0 + 1 })
    }

    @Test("bytes that are no manifest at all are refused with a position")
    func notAManifest() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let good = Array(try Data(contentsOf: url))
        let invalid = Array("{\"a\": \"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8)
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        for bytes in [
            [], Array("null".utf8), Array("[]".utf8), invalid, deep,
            Array(good.prefix(good.count / 2)),
        ] {
            try AtomicFile.write(bytes, to: url)
            let error = #expect(throws: DocumentError.self) {
                try CollectionManifest(contentsOf: url)
            }
            #expect(error?.position != nil)
        }
        // Cut anywhere but in the white space at its end, it is not whole.
        for length in stride(from: 0, to: good.count - 2, by: 61) {
            try AtomicFile.write(Array(good.prefix(length)), to: url)
            #expect(throws: DocumentError.self) { try CollectionManifest(contentsOf: url) }
        }
    }

    @Test("no tasks are refused")
    func noTasks() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        var manifest = try CollectionManifest(contentsOf: url)
        manifest.tasks = []
        manifest.splits = .init(train: [], validation: [], test: [])
        try manifest.write(to: url)
        let error = #expect(throws: DocumentError.self) { try CollectionManifest(contentsOf: url) }
        #expect(error?.path == "$.tasks")
    }

    @Test("a hash of the tensors that is wrong is refused when hashes are verified")
    func wrongHash() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        var manifest = try CollectionManifest(contentsOf: url)
        manifest.tensors.sha256 = String(repeating: "0", count: 64)
        try manifest.write(to: url)
        let collection = try CollectionFile.open(url)
        let error = #expect(throws: ArchiveError.self) { try collection.verifyHashes() }
        #expect(error?.location.file.hasSuffix("small.h5") == true)
        guard case .hashMismatch = error?.kind else {
            Issue.record("expected a hash mismatch, got \(String(describing: error))")
            return
        }
    }

    @Test(
        "the JSON Schema accepts a good manifest and sees every fault that a schema can",
        .enabled(
            if: Python.has(module: "jsonschema"), "needs a python3 that has jsonschema"))
    func schema() throws {
        let folder = try TemporaryFolder()
        let url = try SyntheticCollection.write(in: folder.url)
        let good = try String(contentsOf: url, encoding: .utf8)
        var manifest = try CollectionManifest(contentsOf: url)
        manifest.seed = .max
        manifest.tensors.path = "./a/.hidden/b..h5"
        var texts = [good, try manifest.json()]
        for fault in Self.faults where fault.isInSchema {
            texts.append(try fault.apply(to: good))
        }
        let answers = try JSONSchemaCheck.fits(texts, schema: "task-collection.schema.json")
        #expect(answers.prefix(2) == [true, true])
        let names = Self.faults.filter(\.isInSchema).map(\.testDescription)
        #expect(answers.count == names.count + 2)
        for (name, isValid) in zip(names, answers.dropFirst(2)) {
            #expect(!isValid, "\(name) passes the schema")
        }
    }
}
