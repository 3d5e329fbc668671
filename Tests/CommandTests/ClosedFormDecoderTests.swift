import Documents
import EMGArchive
import Foundation
import TestSupport
import Testing

@Suite("Decoders that adapt in closed form, by the command")
struct ClosedFormDecoderTests {
    /// A folder with an archive and a collection whose windows begin at every sample, as decisions
    /// of a stream may.
    private static func folder(stride: Int) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try Data(
            "window: {length: 40, stride: \(stride)}\nsplits: {test: 1}\nseed: 1\n".utf8
        ).write(to: folder.url.appending(path: "c.yaml"))
        for call in [
            "synth --patients 3 --conditions 1 --seed 6 --output lab",
            "convert lab --output archive", "build archive --config c.yaml --output study",
        ] {
            let run = try CommandRun(call.split(separator: " ").map(String.init), in: folder.url)
            #expect(run.status == 0, "\(call): \(run.problems)")
        }
        return folder
    }

    private static func train(_ settings: String, in folder: URL) throws {
        let text = """
            \(settings)
            model: {name: dnn, hidden: [8]}
            outer: {optimizer: adamw, learning_rate: 1.0e-3}
            meta_epochs: 1
            baselines: {random: false, pretrained: null}
            """
        try Data(text.utf8).write(to: folder.appending(path: "t.yaml"))
        let run = try CommandRun(
            ["train", "study.json", "--config", "t.yaml", "--output", "run"], in: folder)
        #expect(run.status == 0, "\(run.problems)")
    }

    @Test(
        arguments: [
            "algorithm: prototypes",
            "algorithm: prototypes\nalgorithm_settings: {distance: cosine, base: log_amplitude}",
            "algorithm: ridge", "algorithm: posterior\nalgorithm_settings: {turns: ring}",
        ])
    func `an adapted decoder has the accuracy of the table of training`(
        settings: String
    ) throws {
        let folder = try Self.folder(stride: 1)
        try Self.train(settings, in: folder.url)
        let table = try String(
            contentsOf: folder.url.appending(path: "run/results.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",") }
        let column = try #require(table[0].firstIndex(of: "meta"))
        let recording = "archive/\(table[1][0]).h5"
        let adapted = try CommandRun(
            [
                "adapt", "run/decoders/meta.myodec", recording, "--output", "own.myodec",
            ], in: folder.url)
        #expect(adapted.output.contains("The adapted parameters are better"), "\(adapted.problems)")
        let run = try CommandRun(
            ["evaluate", "own.myodec", recording, "--query", "--json"], in: folder.url)
        let metrics = try Document(json: Array(run.output.utf8), name: "output").cursor
            .object().required("metrics").object()
        #expect(try metrics.required("accuracy").number() == Double(table[1][column]))
    }

    @Test func `a run's folder gives each discriminant, and says what it has`() throws {
        let folder = try Self.folder(stride: 20)
        try Self.train("algorithm: first_order_maml", in: folder.url)
        func bundle(_ words: String) throws -> CommandRun {
            try CommandRun(
                ["bundle", "run"] + words.split(separator: " ").map(String.init), in: folder.url)
        }
        let calls = [
            "--method lda", "--method nearest_mean", "--method ridge --features time_domain",
            "--method others", "--method nearest_mean --turns ring --features time_domain",
        ]
        for (place, words) in calls.enumerated() {
            let run = try bundle("\(words) --output \(place).myodec")
            #expect(run.status == 0, "\(words): \(run.problems)")
            let method = words.split(separator: " ")[1]
            #expect(run.output.contains("\(method) decoder"), "\(run.output)")
        }
        // The one that training has written.
        func bytes(_ path: String) throws -> Data {
            try Data(contentsOf: folder.url.appending(path: path))
        }
        #expect(try bytes("0.myodec") == bytes("run/decoders/lda.myodec"))
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        let recording = "archive/\(try #require(try archive.recordings().last).id).h5"
        for place in calls.indices {
            let adapted = try CommandRun(
                [
                    "adapt", "\(place).myodec", recording, "--output", "own\(place).myodec",
                    "--force",
                ], in: folder.url)
            #expect(adapted.status == 0, "\(adapted.problems)")
            let evaluated = try CommandRun(
                ["evaluate", "own\(place).myodec", recording, "--query", "--json"], in: folder.url)
            #expect(evaluated.status == 0, "\(evaluated.problems)")
        }
        let unknown = try bundle("--method prototypes --output no.myodec")
        #expect(unknown.status == 1)
        #expect(
            unknown.problems.contains(
                "it has meta, pretrained, prior, lda, nearest_mean, ridge, others"))
        let stray = try bundle("--turns ring --output no.myodec")
        #expect(stray.status == 2)
        #expect(
            stray.problems.contains(
                "--turns is for --method prior, lda, nearest_mean, ridge, others"))
    }
}
