import Foundation
import Parallel
import TestSupport
import Testing

/// What settings resolve to: every default and where each value comes from.
@Suite("Frozen: resolved configurations")
struct ConfigurationTests {
    /// The commands that read settings, each with the settings in place of the words `FILE`.
    private static let readers = [
        ["build", "archive", "--config", "FILE", "--print-config"],
        ["train", "study.json", "--config", "FILE", "--print-config"],
        ["run", "FILE", "--print-config"],
        ["filter", "raw", "--pipeline", "FILE", "--dry-run"],
    ]

    @Test("settings of sample-data and of the documentation resolve to the same texts")
    func resolved() throws {
        let workspace = try Workspace()
        var files: [String] = []
        let samples = "sample-data/experiments"
        for name in try Self.names(in: workspace.url.appending(path: samples), ending: ".yaml") {
            files.append("\(samples)/\(name)")
        }
        for (name, text) in try Self.examples() {
            // Beside the settings of sample-data, which examples name.
            try workspace.write(text, to: "\(samples)/\(name)")
            files.append("\(samples)/\(name)")
        }
        _ = try workspace.transcript(
            ["convert", "sample-data/bipolar/2024_03_04_p1", "--output", "raw"])
        var produced: [String: String] = [:]
        for file in files {
            let texts = try Self.readers.map { words in
                try workspace.transcript(
                    words.map { $0 == "FILE" ? file : $0 }, fractions: Self.fractions(words))
            }
            let name = file.split(separator: "/").last.map(String.init) ?? file
            produced[name + ".txt"] = texts.joined()
        }
        for (name, cases) in Self.changes {
            produced[name] = try cases.map { try workspace.transcript($0) }.joined()
        }
        try GoldenFolder.configurations.check(produced)
    }

    /// The response of a filter is computed.
    private static func fractions(_ words: [String]) -> OutputNormalizer.Fractions {
        words.first == "filter" ? .rounded : .exact
    }

    private static func names(in folder: URL, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(ending) }.sorted()
    }

    /// The YAML blocks of the documentation, by names that tell the page and the place in it.
    private static func examples() throws -> [(name: String, text: String)] {
        let docs = SharedMaterial.packageFolder.appending(path: "docs")
        let pages = try FileManager.default.subpathsOfDirectory(
            atPath: docs.path(percentEncoded: false)
        ).filter { $0.hasSuffix(".md") && !$0.hasPrefix("decisions/") }.sorted()
        return try pages.flatMap { page in
            let text = try String(contentsOf: docs.appending(path: page), encoding: .utf8)
            let stem = page.replacing("/", with: "-").replacing(".md", with: "")
            return text.matches(of: /```yaml\n([^`]*)```/).enumerated().map {
                ("docs-\(stem)-\($0.offset + 1).yaml", String($0.element.output.1))
            }
        }
    }

    private static let build = [
        "build", "archive", "--config", "sample-data/experiments/collection.yaml", "--print-config",
    ]
    private static let train = [
        "train", "study.json", "--config", "sample-data/experiments/training.yaml",
        "--print-config",
    ]
    private static let run = ["run", "sample-data/experiments/roam.yaml", "--print-config"]
    private static let bareTrain = ["train", "study.json", "--print-config"]

    /// Settings given on the command line, right and wrong ones.
    private static let changes: [String: [[String]]] = [
        "overrides-build.txt": [
            ["window.length=60"], ["window.length=60", "window.stride=6", "seed=7"],
            ["splits.test=[p5, p6]"], ["splits={test: 1, validation: 2}"],
            ["split.rule=fraction"], ["split={rule: fraction, support_fraction: 0.5}"],
            ["augmentation=[{kind: gain, range: 0.1}]"], ["normalization=none"],
            ["quality.exclude=[]"], ["window.lenght=60"], ["window.length=long"],
            ["window.length=0"], ["window"], ["=5"], ["window.length="], ["window..length=5"],
            ["window.length.more=5"], ["seed=1", "seed=2"], ["normalization=standart"],
            ["split.rule=first_cycel"], ["splits.test=-1"], ["surprise=1"], ["seed=[1"],
        ].map { build + $0 },
        "overrides-train.txt": [
            ["inner.learning_rate=1e-2"], ["algorithm=reptile", "seed=3"],
            ["algorithm=anil"], ["algorithm=meta_sgd"], ["algorithm=implicit_maml"],
            ["model={name: dnn, hidden: []}"], ["model.hidden=[1, 2, 3]"], ["model.name=cnn"],
            ["outer.schedule.kind=cosine"], ["baselines.pretrained=null"], ["baselines.lda=false"],
            ["sampling.regime=sequential"], ["seeds=[1, 2]"], ["inner.optimizer=sgd"],
            ["algorithm=mamll"], ["inner.lerning_rate=1"], ["inner.learning_rate=fast"],
            ["inner.learning_rate=-1"], ["meta_epochs=1.5"], ["model.name=transformer"],
            ["model.hidden=[0]"], ["threads=0"], ["inner=5"],
        ].map { train + $0 } + [bareTrain, bareTrain + ["algorithm=maml"]],
        "overrides-run.txt": [
            ["train.seed=9"], ["build.window.length=20", "train.model.hidden=[8]"],
            ["report=false"], ["convert.rate_hz=100"], ["filter.phase=causal"], ["name=other"],
            ["sweep.train.seed=[1, 2]"], ["build.window.lenght=20"], ["trian.seed=9"],
            ["train=5"], ["build=missing.yaml"],
        ].map { run + $0 },
        "sweeps.txt": [
            ["seed=1,2,3"], ["inner.learning_rate=1e-3,1e-4", "seed=1,2"],
            ["model.hidden=[16],[64,32]"], ["seed=1"], ["seed="], ["seed"], ["sed=1,2"],
            ["seed=1,1"], ["seed=1,two"], ["seed=1,2", "seed=3,4"], ["inner.lerning_rate=1,2"],
            ["seed=1,-2"],
        ].map { train + ["--sweep"] + $0 } + [
            train + ["--sweep", "seed=1,2", "--shard", "1/2"],
            train + ["--sweep", "seed=1,2", "--shard", "3/2"],
            train + ["--sweep", "seed=1,2", "--shard", "one"], train + ["--shard", "1/2"],
            run + ["--sweep", "train.seed=1,2", "build.window.length=20,40"],
            run + ["--sweep", "seed=1,2"], run + ["--sweep", "train.sed=1,2"],
            ["run", "sample-data/experiments/roam.yaml", "--dry-run"],
            ["run", "sample-data/experiments/scaling.yaml", "--dry-run"],
            ["run", "sample-data/experiments/roam.yaml", "--dry-run", "--sweep", "train.seed=1,2"],
        ],
    ]
}
