import Documents
import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Descriptions of a model's input")
struct InputDescriptionTests {
    private static func manifest(
        count: Int = 3, change: (inout CollectionManifest) throws -> Void = { _ in }
    ) throws -> CollectionManifest {
        let entries = try (1...count).map { patient in
            let id = try SyntheticCollection.identity(patient).id
            return try SyntheticCollection.entry(
                patient,
                at: CollectionManifest.TensorLocation(
                    path: "/tasks/\(id)", sha256: String(repeating: "\(patient)", count: 64)))
        }
        var manifest = try SyntheticCollection.manifest(
            entries: entries,
            tensors: CollectionManifest.TensorFile(
                path: "small.h5", sha256: String(repeating: "a", count: 64), bytes: 1))
        manifest.splits = CollectionManifest.Partition(
            train: [entries[0].id], validation: [entries[1].id],
            test: entries.dropFirst(2).map(\.id))
        try change(&manifest)
        return manifest
    }

    @Test("what is written is read back, with and without grid, targets and bad channels")
    func roundTrip() throws {
        let plain = InputDescription(try Self.manifest())
        let rich = InputDescription(
            try Self.manifest { manifest in
                manifest.grid = CollectionManifest.Grid(rows: 1, columns: 2)
                manifest.targets = CollectionManifest.Targets(
                    columns: [.init(name: "angle", unit: "deg")], rule: .mean)
                manifest.tasks[2].quality = [
                    QualityInterval(
                        range: SampleRange(start: 0, end: 100), channel: 1, kind: .markedBad),
                    QualityInterval(
                        range: SampleRange(start: 0, end: 99), channel: 0, kind: .markedBad),
                ]
            })
        #expect(rich.badChannels == ["emg1"])
        for input in [plain, rich] {
            let bytes = Array(input.json.utf8)
            #expect(try InputDescription(Document(json: bytes, name: "input")) == input)
            let pretty = Array(input.prettyJSON.utf8)
            #expect(try InputDescription(Document(json: pretty, name: "input.json")) == input)
        }
        #expect(plain.windowSeconds == 0.05)
        #expect(plain.json.contains(#""window_seconds":0.05"#))
    }

    @Test(
        "the schema of runs' input takes what is written, and refuses what the reader refuses",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func schema() throws {
        let rich = InputDescription(
            try Self.manifest { manifest in
                manifest.grid = CollectionManifest.Grid(rows: 1, columns: 2)
                manifest.targets = CollectionManifest.Targets(
                    columns: [.init(name: "angle", unit: "deg")], rule: .mean)
                manifest.quality = QualityPolicy()
                manifest.tasks[2].quality = [
                    QualityInterval(
                        range: SampleRange(start: 0, end: 100), channel: 1, kind: .markedBad)
                ]
            })
        let good = [InputDescription(try Self.manifest()).prettyJSON, rich.prettyJSON, rich.json]
        var wrong: [String] = []
        let members = [
            "format", "format_version", "collection", "classes", "channels", "sampling_rate_hz",
            "window", "window_seconds", "normalization", "conditioning", "training", "validation",
        ]
        // No member may go, and none may come.
        for member in members + ["people", "tensors_sha256"] {
            wrong.append(rich.json.replacingOccurrences(of: "\"\(member)\":", with: "\"else\":"))
        }
        wrong.append(
            rich.json.replacingOccurrences(of: "\"format_version\":1", with: "\"format_version\":2")
        )
        wrong.append(
            rich.json.replacingOccurrences(
                of: "\"label_rule\":\"last\"", with: "\"label_rule\":\"\""))
        for text in wrong {
            #expect(throws: DocumentError.self) {
                try InputDescription(Document(json: Array(text.utf8), name: "input"))
            }
        }
        let answers = try JSONSchemaCheck.fits(good + wrong, schema: "run-input.schema.json")
        #expect(
            answers == good.map { _ in true } + wrong.map { _ in false }, "\(answers)")
    }

    @Test("people stand in it as hashes that other programs can make, and never by name")
    func people() throws {
        let input = InputDescription(try Self.manifest())
        // printf 'myotask.person\np1' | sha256sum
        let hash = "4eb9eae49bf631a77b8848994792884bd73679308842e70f7050dd0cb59075fa"
        #expect(input.training.people == [hash])
        #expect(input.training.sources == [String(repeating: "0", count: 63) + "1"])
        #expect(input.validation.people == [PeopleAndSources.person("p2")])
        #expect(!input.json.contains("p1") && !input.json.contains("p2"))
        // One name in two normal forms is one person.
        #expect(
            PeopleAndSources.person("Mu\u{308}ller") == PeopleAndSources.person("M\u{FC}ller"))
    }

    /// What a model was made for whose input went through one step.
    private func input(
        _ parameters: [String: ProcessingStep.Value]
    ) throws -> InputDescription {
        InputDescription(
            try Self.manifest {
                $0.conditioning = [
                    ProcessingStep(
                        operation: "filter.normalize", parameters: parameters, software: "myotask")
                ]
            })
    }

    @Test("what a step found in one recording is no part of what the model was made for")
    func findings() throws {
        let one = try input([
            "method": .text("mvc"), "percentile": .number(95), "values": .list([.number(1)]),
            "source": .text("p1/s/mvc"), "reference_recording": .text("p1/s/mvc"),
            "reference_source_sha256": .text("0"), "edge_transient_samples": .integer(3),
        ])
        #expect(one == (try input(["method": .text("mvc"), "percentile": .number(95)])))
        let stated = try input(["method": .text("mvc"), "values": .list([.number(2)])])
        #expect(stated.conditioning[0].parameters["values"] == .list([.number(2)]))
    }

    @Test("parameters that earlier versions named otherwise are the same settings")
    func earlierNames() throws {
        let earlier = try input([
            "corners_hz": .list([.number(20), .number(450)]),  // earlier name
            "untrusted_edge_samples": .integer(9),  // earlier name
        ])
        #expect(earlier == (try input(["cutoffs_hz": .list([.number(20), .number(450)])])))
    }

    @Test("a file of several people distinguishes nobody; one recording under two names does")
    func sharedSources() throws {
        let file = String(repeating: "f", count: 64)
        let archive = try Self.manifest { manifest in
            for index in manifest.tasks.indices {
                manifest.tasks[index].source = SourceFile(name: "all.h5", sha256: file)
            }
        }
        #expect(InputDescription(archive).training.sources.isEmpty)
        let twice = try Self.manifest { manifest in
            for index in [0, 2] {
                manifest.tasks[index].source = SourceFile(name: "p.csv", sha256: file)
                manifest.tasks[index].tensor.sha256 = String(repeating: "e", count: 64)
            }
        }
        #expect(InputDescription(twice).training.sources == [file])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let found: String
        let replacement: String
        let mentions: String
        var testDescription: String { mentions }

        init(_ found: String, _ replacement: String, _ mentions: String) {
            self.found = found
            self.replacement = replacement
            self.mentions = mentions
        }
    }

    @Test(
        "a description that anyone may have made is checked, member by member",
        arguments: [
            Fault(#""myotask.input""#, #""myotask.model""#, "$.format"),
            Fault(#""format_version":1"#, #""format_version":2"#, "or newer"),
            Fault(#""sampling_rate_hz":200.0"#, #""sampling_rate_hz":0"#, "a rate above 0"),
            Fault(#""sampling_rate_hz":200.0"#, #""sampling_rate_hz":400"#, "length and rate"),
            Fault(#""length":10"#, #""length":0"#, "at least 1"),
            Fault(#""length":10"#, #""length":9223372036854775807"#, "length and rate"),
            Fault(#""name":"emg1""#, #""name":"emg0""#, "that no other has"),
            Fault(#""name":"emg1""#, #""name":"\u001b[31m""#, "printable"),
            Fault(#""relax","open""#, #""relax","relax""#, "that no other has"),
            Fault(#""method":"standard""#, #""method":"""#, "$.normalization.method"),
            Fault(#""people":["#, #""people":["p1","#, "SHA-256"),
            Fault(#""label_rule":"last""#, #""label_rule":7"#, "label_rule"),
            Fault(#""conditioning":["#, #""conditioning":[null,"#, "$.conditioning[0]"),
            Fault(#""classes":"#, #""extra":1,"classes":"#, "extra"),
            Fault(#""format":"#, #""grid":{"rows":3,"columns":3},"format":"#, "each of 2 channels"),
            Fault(#""format":"#, #""bad_channels":["emg7"],"format":"#, "the name of a channel"),
        ])
    func faults(_ fault: Fault) throws {
        let text = InputDescription(try Self.manifest()).json
        #expect(text.contains(fault.found))
        let changed = text.replacingOccurrences(of: fault.found, with: fault.replacement)
        let error = #expect(throws: DocumentError.self) {
            try InputDescription(Document(json: Array(changed.utf8), name: "input"))
        }
        #expect(
            error.map { "\($0)".contains(fault.mentions) } == true, "\(String(describing: error))")
    }

    @Test(
        "a hundred thousand names are read in no time to speak of, and are refused when one repeats"
    )
    func manyNames() throws {
        let input = InputDescription(
            try Self.manifest { manifest in
                manifest.channels = (0..<100_000).map { Channel(name: "e\($0)", unit: "uV") }
            })
        let text = input.json
        #expect(
            try InputDescription(Document(json: Array(text.utf8), name: "input")).channels.count
                == 100_000)
        let changed = text.replacingOccurrences(of: #""name":"e99999""#, with: #""name":"e0""#)
        #expect(throws: DocumentError.self) {
            try InputDescription(Document(json: Array(changed.utf8), name: "input"))
        }
    }
}
