import Documents
import Foundation
import TestSupport
import Testing

@Suite("JSON for programs")
struct JSONNamesTests {
    /// What is run for each command, in an order in which the results are there.
    private static let calls = [
        "synth --patients 2 --conditions 1 --seed 3 --output lab --movements moves",
        "formats", "inspect lab", "convert lab --output archive",
        "filter archive --output filtered --pipeline p.yaml", "filter --list-presets",
        "filter archive --dry-run --pipeline p.yaml",
        "build archive --config c.yaml --output study", "show study.json", "audit study.json",
        "verify study.json --archive archive",
        "window archive --length 40 --stride 40 --output windows.csv",
        "convert lab --output shards --shard 1/1", "archive status shards", "archive merge shards",
        "archive merge shards --output merged",
        "window archive --length 40 --stride 40 --output parts.h5 --shard 1/1",
        "archive status parts.h5", "archive merge parts.h5",
        "label import archive moves --edits e.json",
        "label detect archive --class grip --edits e.json --accept",
        "label detect archive --against moves",
        "label paint archive p1 --start 1 --end 2 --class open --edits e.json",
        "label rename archive --patient p1 --to-patient p9 --edits e.json",
        "collections export study.json --output list.json",
        "collections import list.json --archive archive",
        "train study.json --config t.yaml --output run meta_epochs=1", "evaluate run study.json",
        "bundle run/decoders/meta.myodec",
        "adapt run/decoders/meta.myodec archive/p2/2024_03_07_p2/111.h5 --dry-run",
        "export run/decoders/meta.myodec --to onnx --output decoder.onnx",
        "predict run/decoders/meta.myodec archive --output predicted",
        "decode run/decoders/meta.myodec --from replay:archive/p1/2024_03_04_p1/111.h5 --as-fast-as-possible",
        "compare run", "report run --output report.html",
        "sinusoids --iterations 2 --tasks-per-step 2 --test-tasks 600",
        "run e.yaml --dry-run", "kinds", "kinds stages",
        "train study.json --config t.yaml --output sweep --sweep seed=1,2 meta_epochs=1",
        "collect sweep",
        "synth --style strokes --groups 3 --classes 3 --drawers 3 --output glyphs",
        "arrays glyphs --split group --test 1 --output strokes", "show strokes.json",
        "audit strokes.json", "verify strokes.json --archive glyphs",
        "synth --patients 4 --conditions 1 --seed 3 --output people",
        "convert people --output many", "benchmark cycle many --methods lda --output leaderboard",
    ]

    @Test("every command prints objects whose names are in snake_case")
    func names() throws {
        let folder = try TemporaryFolder()
        try "window: {length: 40, stride: 40}\nsplits: {test: 1}\nseed: 1\n".write(
            to: folder.url.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        try "stages: [{low_pass: {cutoff_hz: 6}}]\n".write(
            to: folder.url.appending(path: "p.yaml"), atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(
            at: SharedMaterial.packageFolder.appending(
                path: "sample-data/experiments/quick-training.yaml"),
            to: folder.url.appending(path: "t.yaml"))
        try "archive: archive\nbuild: c.yaml\n".write(
            to: folder.url.appending(path: "e.yaml"), atomically: true, encoding: .utf8)
        for call in Self.calls {
            let words = call.split(separator: " ").map(String.init)
            let run = try CommandRun(words + ["--json"], in: folder.url)
            let text = run.output
            let isStream = ["train", "run", "collect", "decode"].contains(words[0])
            let pieces = isStream ? text.split(separator: "\n").map(String.init) : [text]
            #expect(!text.isEmpty, "\(call)")
            for piece in pieces {
                let root = try Document(json: piece.utf8, name: call).root
                guard case .object = root.content else {
                    Issue.record("\(call): no object")
                    continue
                }
                for name in Self.names(in: root) {
                    #expect(name.wholeMatch(of: /[a-z0-9_]+/) != nil, "\(call): \(name)")
                }
            }
        }
    }

    /// Members that are named by the user or by values, not by the program.
    private static let maps: Set = [
        "windows_per_class", "windows_left_out", "windows_with_quality", "differs", "checks",
    ]

    private static func names(in value: DocumentValue) -> [String] {
        switch value.content {
        case .object(let members):
            members.flatMap { member in
                [member.key] + (maps.contains(member.key) ? [] : names(in: member.value))
            }
        case .array(let values): values.flatMap(names)
        default: []
        }
    }

    @Test("every command that takes --json is among them")
    func commands() throws {
        let help = try CommandRun(["--help"]).output
        let commands = help.split(separator: "\n").compactMap { line -> String? in
            guard let match = line.wholeMatch(of: #/  ([a-z]+)  +[A-Z].*/#) else { return nil }
            return String(match.output.1)
        }
        #expect(commands.count > 15)
        for command in commands where try CommandRun([command, "--help"]).output.contains("--json")
        {
            #expect(Self.calls.contains { $0.hasPrefix(command) }, "\(command)")
        }
    }
}
