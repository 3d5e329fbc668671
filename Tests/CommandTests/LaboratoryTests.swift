import EMGArchive
import EMGSignal
import Foundation
import SeededRandom
import TaskDraws
import TestSupport
import Testing

/// A laboratory's own package adds a kind of each thing, a file each, and its command goes the
/// whole way with them.
@Suite(
    "A package of a laboratory", .serialized,
    .enabled(if: LaboratoryPackage.canBuild, "needs swift on PATH"))
struct LaboratoryTests {
    /// Every kind that the package adds: how it is listed, which schema has it, and what of the
    /// settings below names it.
    private static let kinds = [
        (list: "stages", name: "mu_law", schema: "pipeline"),
        (list: "features", name: "myop", schema: "features"),
        (list: "split-rules", name: "last_seconds", schema: "collection"),
        (list: "label-rules", name: "quorum", schema: "collection"),
        (list: "normalizations", name: "median", schema: "collection"),
        (list: "augmentations", name: "channel_dropout", schema: "collection"),
        (list: "task-variations", name: "loose_electrode", schema: "collection"),
        (list: "models", name: "bottleneck", schema: "training"),
        (list: "learners", name: "annealed_maml", schema: "training"),
        (list: "inner-optimizers", name: "decaying_descent", schema: "training"),
        (list: "outer-optimizers", name: "sign", schema: "training"),
    ]

    private static let settings = [
        "pipeline": """
        stages:
          - band_pass: {low_hz: 20, high_hz: 80}
          - mu_law: {maximum: 300}

        """,
        "collection": """
        window: {length: 40, stride: 10, label_rule: {quorum: {share: 0.75}}}
        split: {rule: last_seconds, last_seconds: 2.5}
        normalization: median
        augmentation: [{kind: channel_dropout}]
        variation: [{kind: loose_electrode, share: 0.2}]
        splits: {test: 1, validation: 1}

        """,
        "training": """
        algorithm: annealed_maml
        algorithm_settings: {first_order_epochs: 1}
        model: {name: bottleneck, width: 3}
        inner: {optimizer: decaying_descent, decay: 0.05, learning_rate: 0.01, epochs: 1, batch_size: 32}
        outer: {optimizer: sign, learning_rate: 0.001}
        meta_epochs: 2
        baselines: {pretrained: {epochs: 1}}

        """,
        "experiment": """
        name: whole
        convert: {inputs: lab, format: lablog}
        filter: pipeline.yaml
        build: collection.yaml
        train: training.yaml

        """,
    ]

    /// Logs of three patients: three gestures in turn, each with its own amplitude in each channel.
    private func makeLogs(in folder: URL) throws {
        let logs = folder.appending(path: "lab")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        for patient in 1...3 {
            var generator = SeededGenerator(seed: UInt64(patient))
            var text = """
                LABLOG 1
                subject: P\(patient)
                session: 2024-03-01
                task: grasp
                rate_hz: 200
                unit: uV
                channels: FCR ECR BIC
                ---

                """
            for sample in 0..<1_400 {
                let gesture = sample / 100 % 3
                let cells = (0..<3).map { channel in
                    let amplitude = channel == gesture ? 90.0 : 15
                    return String(format: "%.3f", amplitude * generator.nearlyNormal())
                }
                text +=
                    cells.joined(separator: " ") + " " + ["rest", "open", "close"][gesture] + "\n"
            }
            try Data(text.utf8).write(to: logs.appending(path: "take\(patient).txt"))
        }
        for (name, text) in Self.settings {
            try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml"))
        }
    }

    private func succeed(_ arguments: [String], in folder: URL) throws -> String {
        let run = try LaboratoryPackage.run(arguments, in: folder)
        try #require(run.status == 0, "\(arguments): \(run.output)")
        return run.output
    }

    @Test("it goes from its own files to a trained model through YAML, by its own kinds")
    func wholeWay() throws {
        let folder = try TemporaryFolder()
        let place = folder.url
        try makeLogs(in: place)
        for arguments in [
            ["convert", "lab", "--output", "archive"],
            ["filter", "archive", "--pipeline", "pipeline.yaml", "--output", "conditioned"],
            ["build", "conditioned", "--config", "collection.yaml", "--output", "study"],
            ["verify", "study.json", "--archive", "conditioned"], ["audit", "study.json"],
            ["train", "study.json", "--config", "training.yaml", "--output", "run"],
            ["evaluate", "run", "study.json"],
        ] {
            _ = try succeed(arguments, in: place)
        }
        let manifest = try CollectionManifest(contentsOf: place.appending(path: "study.json"))
        #expect(
            manifest.tasks.map(\.id).sorted()
                == ["P1", "P2", "P3"].map { "\($0)/2024-03-01/grasp" })
        #expect(manifest.classes == ["rest", "open", "close"])
        #expect(manifest.split.rule == "last_seconds")
        #expect(manifest.window.labelRule.name == "quorum")
        #expect(manifest.window.labelRule.parameters == ["share": .number(0.75)])
        #expect(manifest.normalization.method == "median")
        #expect(manifest.variation.map(\.name) == ["loose_electrode"])
        #expect(manifest.tasks.allSatisfy { $0.draw.gains.count { $0 == 0.2 } == 1 })
        #expect(manifest.conditioning.contains { $0.operation == "filter.mu-law" })
        let results = try String(
            contentsOf: place.appending(path: "run/results.csv"), encoding: .utf8)
        #expect(results.hasPrefix("task,random,pretrained,"))
        // Who lacks a kind that is needed is reported which.
        let other = try CommandRun(["train", "study.json", "--output", "other"], in: place)
        #expect(other.status == 1)
        #expect(other.problems.contains("found \"channel_dropout\""), "\(other.problems)")
    }

    @Test("one experiment does the same, and again only what has changed")
    func experiment() throws {
        let folder = try TemporaryFolder()
        try makeLogs(in: folder.url)
        _ = try succeed(["run", "experiment.yaml", "--output", "work"], in: folder.url)
        let again = try succeed(["run", "experiment.yaml", "--output", "work"], in: folder.url)
        #expect(again.contains("up to date"), "\(again)")
    }

    @Test("its feature is computed as it says")
    func feature() throws {
        let folder = try TemporaryFolder()
        try makeLogs(in: folder.url)
        _ = try succeed(["convert", "lab", "--output", "archive"], in: folder.url)
        _ = try succeed(
            [
                "window", "archive", "--length", "50", "--stride", "50", "--features",
                "myop:60,mav", "--label-rule", "quorum", "--output", "f.csv",
            ], in: folder.url)
        let lines = try String(
            contentsOf: folder.url.appending(path: "f.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(lines[0].prefix(5) == ["recording", "start", "label", "FCR.MYOP", "FCR.MAV"])
        let log = try String(
            contentsOf: folder.url.appending(path: "lab/take1.txt"), encoding: .utf8)
        let samples = log.split(separator: "\n").dropFirst(8).map {
            Float($0.split(separator: " ")[0]) ?? .nan
        }
        for row in lines.dropFirst() where row[0].hasPrefix("P1/") {
            let start = try #require(Int(row[1]))
            let share = samples[start..<start + 50].count { abs($0) > 60 }
            #expect(Double(row[3]) == Double(share) / 50)
        }
    }

    @Test("every kind is listed, in the schema, and meant by what is nearly its name")
    func named() throws {
        let folder = try TemporaryFolder()
        try makeLogs(in: folder.url)
        let readers = try succeed(["formats"], in: folder.url)
        #expect(readers.contains("lablog"))
        for kind in Self.kinds {
            let list = try succeed(["kinds", kind.list], in: folder.url)
            #expect(list.contains("\n\(kind.name) "), "\(kind.name)")
            let schema = try succeed(["schema", kind.schema], in: folder.url)
            #expect(schema.contains("\"\(kind.name)\""), "\(kind.name)")
            // The program that does not know them has none of them.
            let own = try CommandRun(["schema", kind.schema])
            #expect(!own.output.contains("\"\(kind.name)\""), "\(kind.name)")
        }
        let window = ["window", "archive", "--length", "9", "--stride", "9", "--output", "x.csv"]
        let feature = try LaboratoryPackage.run(
            window + ["--features", "mav,myoop"], in: folder.url)
        #expect(feature.status == 2)
        #expect(feature.output.contains("did you mean \"myop\"?"), "\(feature.output)")
        let format = try LaboratoryPackage.run(
            ["convert", "lab", "--output", "a", "--format", "labblog"], in: folder.url)
        #expect(format.status == 1)
        #expect(format.output.contains("one of the formats lablog"), "\(format.output)")
    }

    @Test(
        "a misspelled name of a kind is corrected",
        arguments: [
            ("mu_law", ["filter", "archive", "--pipeline", "wrong.yaml", "--dry-run"], "pipeline"),
            (
                "last_seconds,", ["build", "archive", "--config", "wrong.yaml", "--print-config"],
                "collection"
            ),
            (
                "quorum", ["build", "archive", "--config", "wrong.yaml", "--print-config"],
                "collection"
            ),
            (
                "median", ["build", "archive", "--config", "wrong.yaml", "--print-config"],
                "collection"
            ),
            (
                "channel_dropout",
                ["build", "archive", "--config", "wrong.yaml", "--print-config"],
                "collection"
            ),
            (
                "bottleneck", ["train", "x.json", "--config", "wrong.yaml", "--print-config"],
                "training"
            ),
            (
                "annealed_maml", ["train", "x.json", "--config", "wrong.yaml", "--print-config"],
                "training"
            ),
            (
                "decaying_descent",
                ["train", "x.json", "--config", "wrong.yaml", "--print-config"],
                "training"
            ),
            ("sign,", ["train", "x.json", "--config", "wrong.yaml", "--print-config"], "training"),
        ])
    func misspelled(name: String, command: [String], file: String) throws {
        let folder = try TemporaryFolder()
        let right = try #require(Self.settings[file])
        // The last letter but one is left out: mu_law becomes mu_lw.
        let plain = name.replacing(",", with: "")
        let wrong = name.replacing(plain, with: plain.dropLast(2) + plain.suffix(1))
        let text = right.replacing(name, with: wrong)
        #expect(text != right)
        try Data(text.utf8).write(to: folder.url.appending(path: "wrong.yaml"))
        let run = try LaboratoryPackage.run(command, in: folder.url)
        #expect(run.status == 1)
        #expect(run.output.contains("did you mean \"\(plain)\"?"), "\(run.output)")
        #expect(run.output.contains("wrong.yaml:"), "\(run.output)")
    }

    @Test("its own usage texts have its own name")
    func usage() throws {
        let folder = try TemporaryFolder()
        #expect(try succeed(["help", "kinds"], in: folder.url).contains("USAGE: mylab kinds"))
    }

    /// (w · x)² / 2 at w = (0.5, 0.25), x = (3, 4) has the derivative 2.5 x; a sine of amplitude 1
    /// has the power 0.5.
    @Test("the engines are of use each by itself")
    func engines() throws {
        let run = try Shell.run("'\(LaboratoryPackage.program("engines").path())'")
        #expect(run.status == 0)
        #expect(run.output == "gradient [7.5, 10.0]\npower left 0.5\n")
    }
}
