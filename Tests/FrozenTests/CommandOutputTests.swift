import Foundation
import TestSupport
import Testing

/// What every command says and how it ends, on the way from raw recordings to a report.
@Suite("Frozen: output of commands")
struct CommandOutputTests {
    /// Small enough for seconds; one epoch, so that no last bit decides which one is selected.
    private static let training = """
        model: {name: dnn, hidden: [8]}
        inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
        meta_epochs: 1
        baselines: {pretrained: {epochs: 1}}
        threads: 1

        """
    private static let collection = """
        seed: 3
        window: {length: 40, stride: 40}
        splits: {test: 1, validation: 1}

        """
    private static let experiment = """
        convert: {inputs: sample-data/roam}
        build: collection.yaml
        train: training.yaml
        report: {title: Small}

        """

    /// Commands in the order in which they run; each list is held in a file of its own.
    private static let stories: [(name: String, commands: [String], OutputNormalizer.Fractions)] = [
        ("formats", ["formats"], .exact),
        (
            "synth",
            [
                "synth --patients 1 --conditions 1 --seed 5 --output lab",
                "synth --patients 0 --output lab2", "synth --style other --output lab2",
                "synth --style bipolar --mains 40 --output lab2",
                "synth --patients 1 --output lab",
            ], .exact
        ),
        (
            "inspect",
            [
                "inspect sample-data/roam", "inspect sample-data/roam/2024_03_04_p1 --json",
                "inspect sample-data/bipolar", "inspect sample-data/bipolar/2024_03_04_p1 --json",
                "inspect sample-data/sessions --json", "inspect bad --json", "inspect bad",
                "inspect sample-data/roam bad --summary", "inspect bad --summary --json",
                "inspect bad/empty.csv", "inspect missing.csv",
                "inspect sample-data/roam --format edf", "inspect sample-data --format surprise",
                "inspect sample-data/roam/2024_03_04_p1 --template surprise",
                "inspect sample-data/roam/2024_03_04_p1 --missing surprise",
            ], .rounded
        ),
        (
            "convert",
            [
                "convert sample-data/roam --output archive",
                "convert sample-data/roam --output archive",
                "convert sample-data/sessions --output days --json",
                "convert sample-data/bipolar --output raw", "convert bad --output none",
                "convert bad sample-data/roam/2024_03_04_p1 --output some",
                "convert bad --output none --json",
                "convert sample-data/roam/2024_03_04_p1 --output edf --to edf",
                "convert sample-data/roam/2024_03_04_p1 --output bdf --to bdf",
                "convert sample-data/roam/2024_03_04_p1 --output csv --to csv --json",
                "convert sample-data/roam --output x --layout a/b",
                "convert sample-data/roam --output x --rate -1",
                "convert sample-data/roam --output x --repair 100",
                "convert sample-data/roam --output training.yaml",
            ], .rounded
        ),
        (
            "filter",
            [
                "filter --list-presets", "filter raw --preset pyemgpipeline --dry-run",
                "filter raw --preset neurokit2 --dry-run", "filter raw --preset surprise --dry-run",
                "filter raw --pipeline sample-data/experiments/pipeline.yaml --output clean",
                "filter raw --pipeline sample-data/experiments/pipeline.yaml --output raw",
                "filter archive --pipeline sample-data/experiments/pipeline.yaml --output none",
                "filter raw --output x", "filter raw --pipeline missing.yaml --output x",
                "filter sample-data --preset biosppy --output x",
            ], .rounded
        ),
        (
            "build",
            [
                "build archive --config collection.yaml --output study",
                "build archive --config collection.yaml --output study",
                "build archive --config collection.yaml --output study --force",
                "build clean --config sample-data/experiments/envelope-collection.yaml"
                    + " --output envelopes",
                "build archive --config sample-data/experiments/collection.yaml --output dense",
                "build archive --config collection.yaml --edits edits.json --output edited",
                "build archive --config folds.yaml --output folds",
                "build archive splits.test=[p9] --config collection.yaml --output x",
                "build archive splits.test=6 --config collection.yaml --output x",
                "build archive window.length=100000 --config collection.yaml --output x",
                "build raw --config collection.yaml --output x",
                "build bad --config collection.yaml --output x",
                "build archive --config collection.yaml",
            ], .rounded
        ),
        (
            "collections",
            [
                "show study.json", "show study.json p6/2024_03_19_p6/111",
                "show study.json p7/surprise", "show study.json p6/2024_03_19_p6/11",
                "show edited.json", "show envelopes.json",
                "show bad/empty.csv", "audit study.json", "audit study.json --json",
                "audit missing.json", "audit training.yaml --json",
                "verify study.json --archive archive", "verify study.json --archive archive --json",
                "verify study.json --archive days", "verify study.json --archive days --json",
                "verify edited.json --archive archive",
                "verify edited.json --archive archive --edits edits.json --json",
                "collections export study.json", "collections export study.json --output x.txt",
                "collections import bad/empty.csv",
            ], .rounded
        ),
        (
            "window",
            [
                "window archive --length 40 --stride 40 --output raw.csv",
                "window archive --length-ms 200 --stride-ms 200 --features mav,rms,wl,zc:0.01,ssc"
                    + " --output features.csv",
                "window archive --length 40 --stride 40 --materialize --output all.npy",
                "window archive --length 40 --stride 40 --features mavv --output x.csv",
                "window archive --length 40 --stride 40 --output x.txt",
                "window archive --length 0 --stride 40 --output x.csv",
                "window archive --output x.csv",
            ], .rounded
        ),
        (
            "train",
            [
                "train study.json --config training.yaml --output trained",
                "train study.json --config training.yaml --output trained",
                "train study.json --config training.yaml --output quiet --quiet",
                "train study.json --config training.yaml --output lines --json",
                "train study.json --config training.yaml --output sweep --sweep seed=1,2 --quiet",
                "collect sweep", "collect sweep --json", "collect sweep missing", "collect lab",
                "train study.json --resume trained", "train dense.json --resume trained",
                "train study.json model.name=cnn --config training.yaml --output x --quiet",
                "train study.json --resume lab",
            ], .masked
        ),
        (
            "evaluate",
            [
                "evaluate trained study.json", "evaluate trained study.json --json",
                "evaluate trained study.json --lda --steps 2 --output scored",
                "evaluate trained study.json --split train",
                "evaluate trained study.json --split train --allow-seen",
                "evaluate trained study.json --split surprise", "evaluate trained envelopes.json",
                "evaluate lab study.json", "evaluate training.yaml study.json",
                "compare trained", "compare trained quiet --json", "compare sweep --metric all",
                "compare sweep --output table.md", "compare sweep --metric surprise",
                "compare lab", "compare trained --confidence 2",
                "report trained --output page.html", "report sweep --output pages.html",
                "report trained --figures pictures --format svg --output other.html",
                "report lab --output x.html", "report trained --format gif --output x.html",
            ], .masked
        ),
        (
            "run",
            [
                "run experiment.yaml --dry-run", "run experiment.yaml --output whole --quiet",
                "run experiment.yaml --output whole", "run experiment.yaml --output whole --json",
                "run experiment.yaml train.seed=4 --output whole --dry-run",
                "run training.yaml",
            ], .masked
        ),
        (
            "sinusoids",
            [
                "sinusoids --iterations 2 --tasks-per-step 2 --test-tasks 600",
                "sinusoids --iterations 0", "sinusoids --dimensions 4",
                "sinusoids --regimes surprise", "sinusoids --test-tasks 5",
            ], .masked
        ),
        (
            "review",
            [
                "review missing", "review archive --port 70000",
                "review archive --edits collection.yaml",
                "review archive --config missing.yaml", "review lab",
            ], .exact
        ),
    ]

    @Test("every command, from the sample data to a report")
    func wholeWay() throws {
        let workspace = try Workspace()
        try workspace.write(
            Self.collection.replacing(/splits:.*/, with: "design: {rule: leave_one_patient_out}"),
            to: "folds.yaml")
        try workspace.write(Self.training, to: "training.yaml")
        try workspace.write(Self.collection, to: "collection.yaml")
        try workspace.write(Self.experiment, to: "experiment.yaml")
        try workspace.write(EditFile.text, to: "edits.json")
        try workspace.write("", to: "bad/empty.csv")
        try workspace.write("surprise\n\u{0}\u{1}", to: "bad/noise.bin")
        try workspace.write("gt,timestamps,emg0\n0,0.0,1\n0,0.01\n", to: "bad/p1_111.csv")
        var produced: [String: String] = [:]
        for (name, commands, fractions) in Self.stories {
            produced["\(name).txt"] = try commands.map {
                try workspace.transcript(
                    $0.split(separator: " ").map(String.init), fractions: fractions)
            }.joined()
        }
        try GoldenFolder.commands.check(produced)
        try GoldenFolder.artifacts.check(try Artifacts(of: workspace).texts)
    }

    @Test(
        "the golden folders are those that tests write",
        .disabled(if: GoldenFolder.isRecording, "folders are being written"))
    func folders() throws {
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: GoldenFolder.place.path(percentEncoded: false))
        #expect(kept.sorted() == GoldenFolder.allCases.map(\.rawValue).sorted())
    }
}
